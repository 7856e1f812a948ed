"""Options of a question: declared once, they give the check, the sentence and the schema."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires.facts import Choice

SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
Options = Mapping[str, Any]


@dataclass(frozen=True)
class OptionProblem:
    field: str
    message: str
    remedy: str


@dataclass(frozen=True)
class Option:
    """One option. `about` documents it for who writes a package; `example` is TOML."""

    name: str
    about: str
    expects: str | Promise
    example: str
    schema: Mapping[str, Any]
    accepts: Callable[[object], bool]

    def problem(self, value: object) -> OptionProblem | None:
        if self.accepts(value):
            return None
        message = _("L’option « %(name)s » attend %(expects)s.")
        return OptionProblem(
            f"options.{self.name}",
            message % {"name": self.name, "expects": self.expects},
            _("Écrivez par exemple : %(example)s") % {"example": self.example},
        )


def whole(name: str, about: str, *, lowest: int = 0, highest: int = 100_000) -> Option:
    def accepts(value: object) -> bool:
        return isinstance(value, int) and not isinstance(value, bool) and lowest <= value <= highest

    return Option(
        name,
        about,
        gettext_lazy("un nombre entier, ni trop petit ni trop grand"),
        f"{name} = {min(max(lowest, 10), highest)}",
        {"type": "integer", "minimum": lowest, "maximum": highest},
        accepts,
    )


def flag(name: str, about: str) -> Option:
    return Option(
        name,
        about,
        gettext_lazy("true ou false"),
        f"{name} = true",
        {"type": "boolean"},
        lambda value: isinstance(value, bool),
    )


def word(name: str, about: str, words: Sequence[str]) -> Option:
    return Option(
        name,
        about,
        gettext_lazy("un mot de la liste"),
        " | ".join(f'{name} = "{each}"' for each in words),
        {"enum": list(words)},
        lambda value: isinstance(value, str) and value in words,
    )


def words(name: str, about: str, allowed: Sequence[str]) -> Option:
    return Option(
        name,
        about,
        gettext_lazy("une liste de mots permis"),
        f'{name} = ["{allowed[0]}"]',
        {"type": "array", "items": {"enum": list(allowed)}, "minItems": 1},
        lambda value: (
            isinstance(value, list) and bool(value) and all(each in allowed for each in value)
        ),
    )


def is_localised(value: object) -> bool:
    """`{fr = "…"}`: languages as keys, at least one text, none empty."""
    return (
        isinstance(value, Mapping)
        and bool(value)
        and all(re.fullmatch(r"[a-z]{2,3}(-[a-z]{2,4})?", str(each).lower()) for each in value)
        and all(isinstance(text, str) and text.strip() for text in value.values())
    )


LOCALISED_SCHEMA = {
    "type": "object",
    "additionalProperties": {"type": "string", "minLength": 1},
    "minProperties": 1,
}


def localised(name: str, about: str) -> Option:
    return Option(
        name,
        about,
        gettext_lazy("un texte par langue"),
        f'{name} = {{ fr = "…" }}',
        LOCALISED_SCHEMA,
        is_localised,
    )


def is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def day(name: str, about: str) -> Option:
    return Option(
        name,
        about,
        gettext_lazy("une date entre guillemets, année-mois-jour"),
        f'{name} = "2024-09-18"',
        {"type": "string", "format": "date"},
        is_day,
    )


def _are_choices(value: object) -> bool:
    if not isinstance(value, list) or not value:
        return False
    keys = [each.get("value") if isinstance(each, Mapping) else None for each in value]
    return (
        all(isinstance(key, str) and SLUG.fullmatch(key) for key in keys)
        and len(set(keys)) == len(keys)
        and all(is_localised(each.get("label")) for each in value)
        and all(is_localised(each["hint"]) for each in value if "hint" in each)
        and all(set(each) <= {"value", "label", "hint"} for each in value)
    )


def choices(name: str = "choices") -> Option:
    return Option(
        name,
        "The question's own choices, each with a stable value and a label per language.",
        gettext_lazy("une liste de choix, chacun avec une valeur unique et un libellé"),
        f'{name} = [{{ value = "gratuit", label = {{ fr = "Gratuit" }} }}]',
        {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["value", "label"],
                "additionalProperties": False,
                "properties": {
                    "value": {"type": "string", "pattern": f"^{SLUG.pattern}$"},
                    "label": LOCALISED_SCHEMA,
                    "hint": LOCALISED_SCHEMA,
                },
            },
        },
        _are_choices,
    )


def own_choices(options: Options) -> list[Choice]:
    return [
        Choice(each["value"], each["label"], each.get("hint", {}))
        for each in options.get("choices", [])
    ]
