"""Answers as they come and as they are kept; what every kind needs to take or refuse one."""

from collections.abc import Mapping
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gabare.questionnaires import texts

Raw = Any  # as typed: JSON, plus the uploads of a file question
Value = Any  # canonical: JSON
Terms = frozenset[str | int | bool]


class Refused(Exception):
    """An answer that cannot be taken. The message says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def shown_as_typed(raw: Raw) -> str:
    """The text of a field: what was typed, or a canonical value written back."""
    return raw if isinstance(raw, str) else "" if raw is None else str(raw)


def part(raw: Raw, name: str) -> Any:
    """One part of a raw answer made of parts; nothing where the answer has another shape."""
    return raw.get(name, "") if isinstance(raw, Mapping) else ""


def one_line(raw: Raw, *, highest: int, lowest: int = 0) -> str:
    """A tidy line, or `Refused` when it is no text, too long or too short."""
    if not isinstance(raw, str):
        raise Refused(_("Cette réponse n’est pas un texte. Écrivez-la de nouveau."))
    return checked_length(texts.line(raw), raw, lowest=lowest, highest=highest)


def checked_length(text: str, raw: str, *, highest: int, lowest: int = 0) -> str:
    if len(raw) > texts.LIMIT:
        raise Refused(
            _(
                "Ce texte est trop long : nous en avons gardé les %(limit)s premiers caractères. "
                "Raccourcissez-le à %(max)s caractères au plus."
            )
            % {"limit": texts.spaced(texts.LIMIT), "max": texts.spaced(highest)}
        )
    over = len(text) - highest
    if over > 0:
        message = ngettext(
            "Ce texte a %(over)s caractère de trop. Raccourcissez-le à %(max)s au plus ; "
            "rien n’est coupé.",
            "Ce texte a %(over)s caractères de trop. Raccourcissez-le à %(max)s au plus ; "
            "rien n’est coupé.",
            over,
        )
        raise Refused(message % {"over": texts.spaced(over), "max": texts.spaced(highest)})
    if text and len(text) < lowest:
        message = ngettext(
            "Ce texte est trop court : écrivez au moins %(min)s caractère (il y en a %(count)s).",
            "Ce texte est trop court : écrivez au moins %(min)s caractères (il y en a %(count)s).",
            lowest,
        )
        raise Refused(message % {"min": texts.spaced(lowest), "count": texts.spaced(len(text))})
    return text


def lines_html(text: str) -> SafeString:
    """Text as text: paragraphs and line breaks kept, every character of markup shown."""
    paragraphs = [each for each in text.split("\n\n") if each.strip()]
    return mark_safe(  # noqa: S308 – each line is escaped just here
        "".join(
            "<p>" + "<br>".join(conditional_escape(each) for each in paragraph.split("\n")) + "</p>"
            for paragraph in paragraphs
        )
    )
