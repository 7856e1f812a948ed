"""The maximum said in words, and what the live counter (`counter.js`) needs to keep it true."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gabare.questionnaires.texts import spaced


@dataclass(frozen=True)
class Counter:
    """`left` and `over` hold `{n}`, which the script replaces; `now` is the count without it."""

    highest: int
    left: str
    over: str
    now: str


def counter(highest: int | None, text: str) -> Counter | None:
    if highest is None:
        return None
    left, over = _("Caractères restants : {n}"), _("Caractères en trop : {n}")
    rest = highest - len(text)
    return Counter(highest, left, over, (left if rest >= 0 else over).format(n=spaced(abs(rest))))


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
