"""Checks of the questions: their own room knows kinds and conditions, the call knows its steps."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gabare.calls.packages.axes import Axes
from gabare.calls.packages.locator import Path
from gabare.calls.packages.shapes import RECORD_FIELDS, Axis, Package, Question
from gabare.calls.packages.sources import Report
from gabare.questionnaires.specs import QuestionSpec, SpecProblem, check_specs

# public field → kinds of question that can answer it
ANSWERED_BY = {
    "title": {"short_text"},
    "summary": {"short_text", "long_text"},
    "link": {"link"},
    "access": {"single_choice"},
    "audiences": {"multiple_choice"},
    "themes": {"multiple_choice"},
    "criteria": {"criteria"},
    "expectations": {"short_text", "long_text"},
}
EVERYWHERE = {"title", "summary", "criteria"}


def spec_of(question: Question) -> QuestionSpec:
    return QuestionSpec(
        key=question.key,
        kind=question.kind,
        step=question.step,
        label=question.label,
        help=question.help,
        options=question.options,
        condition=question.condition or None,
        required=question.required,
        required_from=question.required_from,
        frozen_from=question.frozen_from,
        visibility=question.visibility,
    )


def check_questions(package: Package, axes: Axes, report: Report) -> None:
    """A question that is inherited as it is bears its problems once, where it is written."""
    steps = [step.key for step in package.steps]
    told: dict[str, set[SpecProblem]] = {}
    for axis in package.axes:
        check_steps_of(axis, steps, axes, report)
        problems = check_specs([spec_of(question) for question in axis.questions])
        problems += untranslated_problems(axis, package.call.languages)
        told[axis.key] = {*problems}
        for problem in problems:
            if problem not in told.get(axis.inherits, set()):
                file, place = axes.places[axis.key, problem.question]
                field: Path = tuple(
                    int(part) if part.isdigit() else part for part in problem.field.split(".")
                )
                message = said(problem.question, problem.message)
                report.add(file, (*place, *field), message, problem.remedy)
    check_one_meaning(package.axes, axes, report)


def untranslated_problems(axis: Axis, languages: Sequence[str]) -> list[SpecProblem]:
    return [
        SpecProblem(
            question.key,
            ".".join(["options", *map(str, path)]),
            _("le texte manque dans une langue de l’appel"),
            _("l’écrire en : %(all)s") % {"all": ", ".join(languages)},
        )
        for question in axis.questions
        for path in untranslated(question.options, languages)
    ]


def said(key: str, message: str) -> str:
    return _("question « %(key)s » : %(message)s") % {"key": key, "message": message}


def check_steps_of(axis: Axis, steps: Sequence[str], axes: Axes, report: Report) -> None:
    """Questions stand in the order of the form, so that "earlier" means earlier for the reader."""
    highest = 0
    for question in axis.questions:
        file, place = axes.places[axis.key, question.key]
        if question.step not in steps[:-1]:
            report.add(
                file, (*place, "step"),
                said(question.key, _("l’étape « %(step)s » n’existe pas ou est la relecture")
                     % {"step": question.step}),
                _("écrire l’une de : %(steps)s") % {"steps": ", ".join(steps[:-1])},
            )  # fmt: skip
            continue
        rank = steps.index(question.step)
        if rank < highest:
            report.add(
                file, (*place, "step"),
                said(question.key, _("elle vient après une question d’une étape suivante")),
                _("la placer plus haut, ou dire « after »"),
            )  # fmt: skip
        highest = max(highest, rank)


def check_one_meaning(all_axes: Sequence[Axis], axes: Axes, report: Report) -> None:
    """The same key is the same question: answers compare from axis to axis."""
    kinds: dict[str, str] = {}
    for axis in all_axes:
        for question in axis.questions:
            if kinds.setdefault(question.key, question.kind) != question.kind:
                file, place = axes.places[axis.key, question.key]
                report.add(
                    file, (*place, "kind"),
                    said(question.key, _("elle est d’un autre genre dans un autre axe")),
                    _("lui donner le même genre, ou une autre clé"),
                )  # fmt: skip


def check_record(package: Package, report: Report) -> None:
    for name in RECORD_FIELDS:
        key = getattr(package.call.record, name)
        if not key:
            continue
        found = [q for axis in package.axes for q in axis.questions if q.key == key]
        asked = len(found) == len(package.axes) if name in EVERYWHERE else bool(found)
        place = ("record", name)
        if not asked:
            report.add(
                "call.toml", place,
                _("la question « %(key)s » n’est pas posée dans chaque axe") % {"key": key}
                if name in EVERYWHERE
                else _("la question « %(key)s » n’est posée dans aucun axe") % {"key": key},
                _("nommer une question qui l’est"),
            )  # fmt: skip
        elif any(question.kind not in ANSWERED_BY[name] for question in found):
            kinds = {"kinds": ", ".join(sorted(ANSWERED_BY[name]))}
            report.add(
                "call.toml", place,
                _("la question « %(key)s » n’a pas le genre voulu ici") % {"key": key},
                _("nommer une question de genre %(kinds)s") % kinds,
            )  # fmt: skip


def untranslated(options: Any, languages: Sequence[str], path: Path = ()) -> list[Path]:
    """Where, in a question's options, a localised text lacks one of the call's languages."""
    if isinstance(options, dict):
        if options and set(options) & set(languages):
            return [] if set(options) >= set(languages) else [path]
        members: Sequence[tuple[str | int, Any]] = list(options.items())
    elif isinstance(options, list):
        members = list(enumerate(options))
    else:
        return []
    return [
        found for key, value in members for found in untranslated(value, languages, (*path, key))
    ]
