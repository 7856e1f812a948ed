"""The kinds of value a package file may hold: one class each, strict, with its remedy."""

import math
import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from gabare.calls.packages.locator import Path

SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
COLOUR = re.compile(r"#[0-9a-f]{6}")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z]{2,4})?")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Wrong(Exception):
    """This value cannot stand here. `path` goes down from the value to what is wrong in it."""

    def __init__(self, message: str, remedy: str, path: Path = ()) -> None:
        super().__init__(message)
        self.message, self.remedy, self.path = message, remedy, path


class Kind(ABC):
    @abstractmethod
    def read(self, raw: Any, languages: Sequence[str]) -> Any:
        """The value, or `Wrong`."""

    def write(self, value: Any, _languages: Sequence[str]) -> Any:
        """What goes in the TOML file: by default, the value itself."""
        return value


@dataclass(frozen=True)
class Text(Kind):
    limit: int
    blank: bool = False

    def read(self, raw: Any, languages: Sequence[str]) -> str:  # noqa: ARG002
        if not isinstance(raw, str):
            raise Wrong(_("ce n’est pas un texte"), _("l’écrire entre guillemets droits"))
        if FORBIDDEN.search(raw):
            raise Wrong(_("le texte contient un caractère de contrôle"), _("le retirer"))
        if not raw.strip() and not self.blank:
            raise Wrong(_("le texte est vide"), _("l’écrire, ou retirer la ligne"))
        if raw != raw.strip():
            raise Wrong(_("le texte commence ou finit par un blanc"), _("retirer ce blanc"))
        if len(raw) > self.limit:
            length = {"length": len(raw), "limit": self.limit}
            raise Wrong(
                _("le texte a %(length)s caractères") % length,
                _("le ramener à %(limit)s au plus") % length,
            )
        return raw


@dataclass(frozen=True)
class Slug(Text):
    limit: int = 60

    def read(self, raw: Any, languages: Sequence[str]) -> str:
        text = super().read(raw, languages)
        if not SLUG.fullmatch(text):
            raise Wrong(
                _("« %(text)s » ne peut pas servir de clé") % {"text": text[:60]},
                _("n’employer que des minuscules sans accent, des chiffres, « - » et « _ »"),
            )
        return text


@dataclass(frozen=True)
class Pattern(Text):
    """A text of one shape, shown by an example."""

    limit: int = 60
    pattern: re.Pattern[str] = COLOUR
    example: str = "#0f5f8c"

    def read(self, raw: Any, languages: Sequence[str]) -> str:
        text = super().read(raw, languages)
        if not self.pattern.fullmatch(text):
            raise Wrong(
                _("« %(text)s » n’a pas la forme attendue") % {"text": text[:60]},
                _("l’écrire comme « %(example)s »") % {"example": self.example},
            )
        return text


@dataclass(frozen=True)
class Email(Text):
    limit: int = 254

    def read(self, raw: Any, languages: Sequence[str]) -> str:
        text = super().read(raw, languages)
        try:
            validate_email(text)
        except ValidationError:
            raise Wrong(
                _("« %(text)s » n’est pas une adresse électronique") % {"text": text[:60]},
                _("l’écrire comme « contact@exemple.org »"),
            ) from None
        return text


@dataclass(frozen=True)
class OneOf(Kind):
    values: Collection[str]

    def read(self, raw: Any, languages: Sequence[str]) -> str:  # noqa: ARG002
        if not isinstance(raw, str) or raw not in self.values:
            listed = ", ".join(self.values)
            raise Wrong(
                _("« %(value)s » n’est pas prévu ici") % {"value": str(raw)[:60]},
                _("écrire l’un de : %(values)s") % {"values": listed},
            )
        return raw


class Zone(Kind):
    def read(self, raw: Any, languages: Sequence[str]) -> str:  # noqa: ARG002
        if not isinstance(raw, str) or raw not in available_timezones():
            raise Wrong(
                _("« %(value)s » n’est pas un fuseau horaire") % {"value": str(raw)[:60]},
                _("écrire son nom IANA, comme « Europe/Paris »"),
            )
        return raw


class Day(Kind):
    def read(self, raw: Any, languages: Sequence[str]) -> date:  # noqa: ARG002
        if type(raw) is not date:
            raise Wrong(_("ce n’est pas une date"), _("l’écrire 2024-09-18, sans guillemets"))
        return raw


@dataclass(frozen=True)
class Whole(Kind):
    low: int = 1
    high: int = 9999

    def read(self, raw: Any, languages: Sequence[str]) -> int:  # noqa: ARG002
        if type(raw) is not int or not self.low <= raw <= self.high:
            span = {"low": self.low, "high": self.high}
            raise Wrong(
                _("ce n’est pas un nombre entier possible ici"),
                _("écrire un nombre de %(low)s à %(high)s, sans guillemets") % span,
            )
        return raw


class Flag(Kind):
    def read(self, raw: Any, languages: Sequence[str]) -> bool:  # noqa: ARG002
        if type(raw) is not bool:
            raise Wrong(_("ce n’est ni oui ni non"), _("écrire true ou false, sans guillemets"))
        return raw


@dataclass(frozen=True)
class Localised(Kind):
    """A text in each language of the call: `title.fr = "…"`, `title.en = "…"`."""

    limit: int = 500

    def read(self, raw: Any, languages: Sequence[str]) -> dict[str, str]:
        if not isinstance(raw, dict):
            first = {"language": languages[0] if languages else "fr"}
            raise Wrong(
                _("la langue du texte n’est pas dite"),
                _("écrire la clé suivie de la langue, comme « title.%(language)s »") % first,
            )
        for language in raw:
            if language not in languages:
                raise Wrong(
                    _("« %(language)s » n’est pas une langue de l’appel") % {"language": language},
                    _("la retirer, ou l’ajouter à « languages » dans call.toml"),
                    (language,),
                )
        for language in languages if raw else ():
            if language not in raw:
                raise Wrong(
                    _("le texte manque en « %(language)s »") % {"language": language},
                    _("l’ajouter dans cette langue"),
                )
        text = Text(self.limit)
        return {language: self.one(text, raw, language) for language in languages if raw}

    def one(self, text: Text, raw: dict[str, Any], language: str) -> str:
        try:
            return text.read(raw[language], ())
        except Wrong as wrong:
            raise Wrong(wrong.message, wrong.remedy, (language,)) from None

    def write(self, value: dict[str, str], languages: Sequence[str]) -> dict[str, str]:
        return {language: value[language] for language in languages if language in value}


@dataclass(frozen=True)
class Several(Kind):
    """A list of values of one kind, each once."""

    kind: Kind
    least: int = 0

    def read(self, raw: Any, languages: Sequence[str]) -> tuple[Any, ...]:
        if not isinstance(raw, list) or len(raw) < self.least:
            raise Wrong(_("ce n’est pas une liste, ou elle est vide"), _('l’écrire ["un", "deux"]'))
        found: list[Any] = []
        for index, item in enumerate(raw):
            try:
                value = self.kind.read(item, languages)
            except Wrong as wrong:
                raise Wrong(wrong.message, wrong.remedy, (index, *wrong.path)) from None
            if value in found:
                raise Wrong(
                    _("« %(value)s » est écrit deux fois") % {"value": value},
                    _("n’en garder qu’un"),
                    (index,),
                )
            found.append(value)
        return tuple(found)

    def write(self, value: tuple[Any, ...], languages: Sequence[str]) -> list[Any]:
        return [self.kind.write(item, languages) for item in value]


class Plain(Kind):
    """A free table (options and conditions of questions): their own room checks what it holds."""

    def read(self, raw: Any, languages: Sequence[str]) -> dict[str, Any]:  # noqa: ARG002
        if not isinstance(raw, dict):
            raise Wrong(_("ce n’est pas une table"), _("écrire « clé = valeur »"))
        cleaned: dict[str, Any] = self.plain(raw, ())
        return cleaned

    def plain(self, raw: Any, path: Path) -> Any:
        if isinstance(raw, dict):
            if any(FORBIDDEN.search(key) for key in raw):
                raise Wrong(_("une clé contient un caractère de contrôle"), _("le retirer"), path)
            return {key: self.plain(value, (*path, key)) for key, value in raw.items()}
        if isinstance(raw, list):
            return [self.plain(value, (*path, index)) for index, value in enumerate(raw)]
        if isinstance(raw, float) and not math.isfinite(raw):
            raise Wrong(_("ce nombre n’a pas de fin"), _("écrire un nombre ordinaire"), path)
        if isinstance(raw, int) and abs(raw) > 2**53:
            raise Wrong(_("ce nombre est trop grand"), _("écrire un nombre plus petit"), path)
        if isinstance(raw, str) and FORBIDDEN.search(raw):
            raise Wrong(_("le texte contient un caractère de contrôle"), _("le retirer"), path)
        return raw if isinstance(raw, str | int | float) else raw.isoformat()
