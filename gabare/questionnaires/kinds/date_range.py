from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import days, texts
from gabare.questionnaires.answers import Raw, Refused, part
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads
from gabare.questionnaires.options import day
from gabare.ui.dates import day_range

PARTS = ("start", "end")


class DateRange(Kind):
    """`{"start": "2024-04-01", "end": "2024-09-30"}`, both days included."""

    key = "date_range"
    name = gettext_lazy("Période")
    options = (day("min", "First day accepted."), day("max", "Last day accepted."))

    def read(self, _question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        return {each: texts.typed(data.get(f"{name}--{each}", "")) for each in PARTS}

    def is_empty(self, raw: Raw) -> bool:
        if isinstance(raw, Mapping):
            return not any(texts.line(raw.get(each)) for each in PARTS)
        return super().is_empty(raw)

    def clean(self, question: Asked, raw: Raw, _facts: Facts) -> dict[str, str]:
        if not texts.line(part(raw, "start")):
            raise Refused(_("Il manque le premier jour de la période. Par exemple : 18/09/2024"))
        if not texts.line(part(raw, "end")):
            raise Refused(
                _(
                    "Il manque le dernier jour de la période. "
                    "Si tout se passe le même jour, répétez la date."
                )
            )
        found = [days.read_day(part(raw, each)) for each in PARTS]
        for each in found:
            days.within(each, question.options.get("min"), question.options.get("max"))
        if found[0] > found[1]:
            raise Refused(_("La période finit avant de commencer : échangez les deux dates."))
        return {each: found[index].isoformat() for index, each in enumerate(PARTS)}

    def widget(self, _question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        return {each: days.as_typed(part(raw, each)) for each in PARTS}

    def format_hint(self, _question: Asked, _facts: Facts) -> str:
        return _("Par exemple 18/09/2024 ou 18 septembre 2024.")

    def text(self, _question: Asked, value: dict[str, str], facts: Facts) -> str:
        first, last = (date.fromisoformat(value[each]) for each in PARTS)
        return day_range(first, last, facts.language)

    def columns(self, question: Asked) -> list[Column]:
        return [Column(f"{question.key}_{each}", question.label, "date") for each in PARTS]

    def cells(self, _question: Asked, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(each, "") for each in PARTS]
