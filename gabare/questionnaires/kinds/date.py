from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import days
from gabare.questionnaires.answers import Raw
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind
from gabare.questionnaires.options import day
from gabare.ui.dates import long_date


class Date(Kind):
    key = "date"
    name = gettext_lazy("Date")
    comparison = Comparison.DAY
    options = (day("min", "First day accepted."), day("max", "Last day accepted."))

    def clean(self, question: Asked, raw: Raw, _facts: Facts) -> str:
        found = days.read_day(raw)
        days.within(found, question.options.get("min"), question.options.get("max"))
        return found.isoformat()

    def widget(self, _question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        return {"value": days.as_typed(raw)}

    def format_hint(self, _question: Asked, _facts: Facts) -> str:
        return _("Par exemple 18/09/2024 ou 18 septembre 2024.")

    def text(self, _question: Asked, value: str, facts: Facts) -> str:
        return long_date(date.fromisoformat(value), facts.language)

    def columns(self, question: Asked) -> list[Column]:
        return [Column(question.key, question.label, "date")]
