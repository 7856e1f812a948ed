"""The maximum said in words, and what the live counter (`counter.js`) needs to count.

The page says no count of its own: without the script it would grow old while one types.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gabare.questionnaires.texts import spaced


@dataclass(frozen=True)
class Counter:
    """`left` and `over` hold `{n}`, which the script replaces."""

    highest: int
    left: str
    over: str


def counter(highest: int | None) -> Counter | None:
    if highest is None:
        return None
    return Counter(highest, _("Caractères restants : {n}"), _("Caractères en trop : {n}"))


def length_hint(lowest: int | None, highest: int | None) -> str:
    """`De 20 à 500 caractères.`"""
    if lowest and highest:
        return _("De %(min)s à %(max)s caractères.") % {
            "min": spaced(lowest),
            "max": spaced(highest),
        }
    if highest:
        message = ngettext(
            "%(max)s caractère au maximum.", "%(max)s caractères au maximum.", highest
        )
        return message % {"max": spaced(highest)}
    if lowest:
        message = ngettext(
            "%(min)s caractère au minimum.", "%(min)s caractères au minimum.", lowest
        )
        return message % {"min": spaced(lowest)}
    return ""
