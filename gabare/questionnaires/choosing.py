"""What the kinds that choose have in common: the choices on offer, and the « autre » of one's own.

A choice may be named by its value or by its label: imports and letters write labels.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gabare.foundation.localised import pick
from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused, one_line
from gabare.questionnaires.facts import Choice, Facts
from gabare.questionnaires.options import OptionProblem, Options, own_choices

OTHER = ":other"  # what a form and a condition say for « autre »; no choice may be called so
OTHER_MAX = 200
SOURCES = ("themes", "audiences", "criteria", "communes")


def offered(options: Options, facts: Facts) -> Sequence[Choice]:
    """The question's own choices, or those that the call gives."""
    source = options.get("source")
    return given(source, facts) if source else own_choices(options)


def given(source: str, facts: Facts) -> Sequence[Choice]:
    return facts.choices.get(source, ())


def find(choices: Sequence[Choice], name: str) -> str | None:
    """The value of the choice so named: by its value first, else by a label, accents aside."""
    if any(choice.value == name for choice in choices):
        return name
    folded = texts.fold(name)
    for choice in choices:
        if folded and folded in (texts.fold(label) for label in choice.label.values()):
            return choice.value
    return None


def clean_one(choices: Sequence[Choice], raw: Raw, *, other: bool) -> str | dict[str, str]:
    """`"value"` or `{"other": "text"}`; `Refused` for anything that is not on offer."""
    if isinstance(raw, Mapping):
        if not other:
            raise Refused(_("Cette question ne prend pas d’autre réponse que ses choix."))
        return {"other": one_line(raw.get("other"), highest=OTHER_MAX)}
    found = find(choices, texts.line(raw))
    if found is None:
        raise Refused(
            _("Le choix « %(choice)s » n’est pas dans la liste. Choisissez parmi les réponses.")
            % {"choice": texts.line(raw)[:80]}
        )
    return found


def other_text(raw: Raw) -> str:
    return texts.typed(raw.get("other")) if isinstance(raw, Mapping) else ""


def name_of(choices: Sequence[Choice], value: str | Mapping[str, str], language: str) -> str:
    """The label of a chosen value; the value itself when the choice is no longer offered."""
    if isinstance(value, Mapping):
        return str(value.get("other", ""))
    for choice in choices:
        if choice.value == value:
            return pick(choice.label, language)
    return value


def rows(
    choices: Sequence[Choice], chosen: Collection[str], language: str, name: str
) -> list[dict[str, Any]]:
    """The choices as a template shows them. The first one carries the field's own id."""
    return [
        {
            "id": f"id_{name}" if index == 0 else f"id_{name}--{index + 1}",
            "value": choice.value,
            "label": pick(choice.label, language),
            "hint": pick(choice.hint, language),
            "checked": choice.value in chosen,
        }
        for index, choice in enumerate(choices)
    ]


def source_problems(options: Options) -> list[OptionProblem]:
    if ("source" in options) == ("choices" in options):
        return [
            OptionProblem(
                "options.choices",
                _("Cette question doit dire ses choix, une fois."),
                _("Donnez « choices » (ses propres choix) ou « source » (ceux de l’appel)."),
            )
        ]
    return []
