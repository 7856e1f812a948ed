"""Questions as a call package writes them, checked before anything is published."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gabare.questionnaires import conditions
from gabare.questionnaires.choosing import OTHER
from gabare.questionnaires.enums import Comparison, Visibility
from gabare.questionnaires.kinds import REGISTRY, kind_of
from gabare.questionnaires.options import SLUG, is_localised

KEY_MAX, STEP_MAX = 60, 40


@dataclass(frozen=True)
class QuestionSpec:
    key: str
    kind: str
    step: str
    label: Mapping[str, str]
    help: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    condition: Mapping[str, Any] | None = None
    required: bool = False
    required_from: date | None = None
    frozen_from: date | None = None
    visibility: str = "public"


@dataclass(frozen=True)
class SpecProblem:
    """`field` is the name in the package: `kind`, `options.max`, `condition`…"""

    question: str
    field: str
    message: str
    remedy: str


def digest(specs: Sequence[QuestionSpec]) -> str:
    """The same for the same questions in the same order, however they were written."""
    data = [asdict(spec) for spec in specs]
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def check_specs(specs: Sequence[QuestionSpec]) -> list[SpecProblem]:
    """All the problems at once, in the order of the questions; none for a sound questionnaire."""
    problems: list[SpecProblem] = []
    earlier: dict[str, QuestionSpec] = {}
    all_keys = {spec.key for spec in specs}
    for spec in specs:
        problems += _check_key(spec, earlier)
        problems += _check_texts(spec)
        problems += _check_kind(spec)
        problems += _check_days(spec)
        problems += _check_condition(spec, earlier, specs, all_keys)
        earlier.setdefault(spec.key, spec)
    return problems


def _check_key(spec: QuestionSpec, earlier: Mapping[str, QuestionSpec]) -> Iterator[SpecProblem]:
    if not re.fullmatch(SLUG, spec.key) or len(spec.key) > KEY_MAX:
        yield SpecProblem(
            spec.key,
            "key",
            _("Cette clé n’est pas un identifiant."),
            _("Écrivez des minuscules sans accent, des chiffres, - ou _. Par exemple : titre"),
        )
    elif spec.key in earlier:
        yield SpecProblem(
            spec.key,
            "key",
            _("Deux questions ont la même clé."),
            _("Donnez à chacune la sienne : une clé, un sens."),
        )
    if not re.fullmatch(SLUG, spec.step) or len(spec.step) > STEP_MAX:
        yield SpecProblem(
            spec.key,
            "step",
            _("Cette question ne dit pas son étape."),
            _("Donnez « step », la clé d’une étape de l’appel."),
        )


def _check_texts(spec: QuestionSpec) -> Iterator[SpecProblem]:
    example = _("Par exemple : %(example)s")
    if not is_localised(spec.label):
        yield SpecProblem(
            spec.key,
            "label",
            _("Cette question n’a pas d’intitulé."),
            example % {"example": 'label = { fr = "Titre", en = "Title" }'},
        )
    if spec.help and not is_localised(spec.help):
        yield SpecProblem(
            spec.key,
            "help",
            _("L’aide doit être un texte par langue."),
            example % {"example": 'help = { fr = "En une phrase." }'},
        )
    if spec.visibility not in Visibility.values:
        yield SpecProblem(
            spec.key,
            "visibility",
            _("La visibilité « %(value)s » n’existe pas.") % {"value": spec.visibility},
            _("Choisissez parmi : %(values)s.") % {"values": ", ".join(Visibility.values)},
        )


def _check_kind(spec: QuestionSpec) -> Iterator[SpecProblem]:
    kind = REGISTRY.get(spec.kind)
    if kind is None:
        yield SpecProblem(
            spec.key,
            "kind",
            _("Le genre de question « %(kind)s » n’existe pas.") % {"kind": spec.kind},
            _("Choisissez parmi : %(kinds)s.") % {"kinds": ", ".join(REGISTRY)},
        )
        return
    for problem in kind.check_options(spec.options):
        yield SpecProblem(spec.key, problem.field, problem.message, problem.remedy)
    if not kind.stores and (spec.required or spec.required_from or spec.frozen_from):
        yield SpecProblem(
            spec.key,
            "required",
            _("Une explication n’attend pas de réponse."),
            _("Retirez %(names)s.") % {"names": "required, required_from, frozen_from"},
        )


def _check_days(spec: QuestionSpec) -> Iterator[SpecProblem]:
    if spec.required and spec.required_from:
        yield SpecProblem(
            spec.key,
            "required_from",
            _("Cette question est déjà obligatoire : la date ne sert à rien."),
            _("Retirez %(one)s ou %(other)s.") % {"one": "required", "other": "required_from"},
        )
    if spec.required_from and spec.frozen_from and spec.frozen_from <= spec.required_from:
        yield SpecProblem(
            spec.key,
            "frozen_from",
            _("Cette réponse serait figée avant d’être obligatoire."),
            _("Donnez à « frozen_from » une date après « required_from »."),
        )


def _check_condition(
    spec: QuestionSpec,
    earlier: Mapping[str, QuestionSpec],
    specs: Sequence[QuestionSpec],
    all_keys: set[str],
) -> Iterator[SpecProblem]:
    if spec.condition is None:
        return
    try:
        condition = conditions.parse(spec.condition)
    except conditions.Malformed as wrong:
        yield SpecProblem(spec.key, "condition", wrong.message, wrong.remedy)
        return
    for answer in conditions.compared(condition):
        if answer.question not in earlier or answer.question == spec.key:
            message, remedy = _not_earlier(spec.key, answer.question, specs, all_keys)
            yield SpecProblem(spec.key, "condition", message, remedy)
        elif misfit := _comparison_problem(earlier[answer.question], answer):
            yield SpecProblem(spec.key, "condition", misfit.message, misfit.remedy)


def _not_earlier(
    key: str, other: str, specs: Sequence[QuestionSpec], all_keys: set[str]
) -> tuple[str, str]:
    if other not in all_keys:
        return (
            _("La condition parle de « %(key)s », qui n’existe pas.") % {"key": other},
            _("Employez la clé d’une question posée plus haut."),
        )
    if circle := _circle(key, other, specs):
        return (
            _("Ces questions s’attendent l’une l’autre : %(circle)s.")
            % {"circle": " → ".join(circle)},
            _("Retirez l’une de ces conditions."),
        )
    return (
        _("La condition parle de « %(key)s », posée plus bas.") % {"key": other},
        _("Placez cette question après celle dont elle dépend."),
    )


def _circle(key: str, other: str, specs: Sequence[QuestionSpec]) -> list[str]:
    """The way from `key` through `other` back to `key`, where there is one."""
    graph = {spec.key: _waits_for(spec) for spec in specs}
    ways, seen = [[key, other]], {other}
    while ways:
        way = ways.pop()
        if way[-1] == key:
            return way
        for following in graph.get(way[-1], ()):
            if following == key or following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []


def _waits_for(spec: QuestionSpec) -> list[str]:
    if spec.condition is None:
        return []
    try:
        return [each.question for each in conditions.compared(conditions.parse(spec.condition))]
    except conditions.Malformed:
        return []


def _comparison_problem(
    question: QuestionSpec, answer: conditions.Answer
) -> conditions.Malformed | None:
    if question.kind not in REGISTRY:
        return None  # said already, at the question itself
    comparison = kind_of(question).comparison
    if wrong := conditions.type_problem(comparison, answer):
        return wrong
    choices = question.options.get("choices")
    if comparison is not Comparison.CHOICE or not isinstance(choices, list):
        return None
    known = [each.get("value") for each in choices if isinstance(each, Mapping)]
    known += [OTHER] if question.options.get("other") else []
    unknown = [str(value) for value in answer.values if value not in known]
    if not unknown:
        return None
    return conditions.Malformed(
        _("« %(key)s » n’a pas de choix « %(value)s ».")
        % {"key": question.key, "value": ", ".join(unknown)},
        _("Choisissez parmi : %(values)s.") % {"values": ", ".join(map(str, known))},
    )
