import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.foundation.localised import pick
from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused, shown_as_typed
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind
from gabare.questionnaires.options import localised, whole

SAFE = 2**53 - 1  # beyond, JSON readers disagree
_NUMBER = re.compile(r"[+-]?[0-9]{1,16}")


class WholeNumber(Kind):
    key = "whole_number"
    name = gettext_lazy("Nombre entier")
    comparison = Comparison.NUMBER
    options = (
        whole("min", "Lowest number.", lowest=-SAFE, highest=SAFE),
        whole("max", "Highest number.", lowest=-SAFE, highest=SAFE),
        localised("unit", "Said after the number: persons, hours."),
    )

    def clean(self, question: Asked, raw: Raw, _facts: Facts) -> int:
        number = _whole(raw)
        lowest, highest = question.options.get("min", -SAFE), question.options.get("max", SAFE)
        if number < lowest:
            raise Refused(
                _("Ce nombre est trop petit : %(min)s au moins.") % {"min": texts.spaced(lowest)}
            )
        if number > highest:
            raise Refused(
                _("Ce nombre est trop grand : %(max)s au plus.") % {"max": texts.spaced(highest)}
            )
        return number

    def widget(self, question: Asked, raw: Raw, facts: Facts, _name: str) -> dict[str, Any]:
        return {
            "value": texts.spaced(raw) if type(raw) is int else shown_as_typed(raw),
            "unit": pick(question.options.get("unit", {}), facts.language),
        }

    def format_hint(self, question: Asked, _facts: Facts) -> str:
        lowest, highest = question.options.get("min"), question.options.get("max")
        if lowest is not None and highest is not None:
            return _("Un nombre entier, de %(min)s à %(max)s.") % {
                "min": texts.spaced(lowest),
                "max": texts.spaced(highest),
            }
        return _("Un nombre entier, en chiffres.")

    def text(self, question: Asked, value: int, facts: Facts) -> str:
        unit = pick(question.options.get("unit", {}), facts.language)
        return f"{texts.spaced(value)}\u00a0{unit}" if unit else texts.spaced(value)

    def columns(self, question: Asked) -> list[Column]:
        return [Column(question.key, question.label, "integer")]


def _whole(raw: Raw) -> int:
    """`12 000`, with any kind of space; never `True`, never a rounded decimal."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    digits = re.sub(r"\s", "", texts.line(raw)).replace("−", "-")
    if _NUMBER.fullmatch(digits):
        return int(digits)
    if re.fullmatch(r"[+-]?[0-9]+[.,][0-9]+", digits):
        raise Refused(_("Écrivez un nombre entier, sans virgule ni point. Par exemple : 12 000"))
    raise Refused(_("Écrivez un nombre en chiffres. Par exemple : 12 000"))
