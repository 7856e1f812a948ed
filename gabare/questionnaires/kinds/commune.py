from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy

from gabare.questionnaires import communes
from gabare.questionnaires.answers import Raw, Terms
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.choosing import OTHER
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads
from gabare.questionnaires.options import flag


class Commune(Kind):
    """An INSEE code among the call's communes; `{"other": "name"}` outside, where allowed."""

    key = "commune"
    name = gettext_lazy("Commune")
    comparison = Comparison.CHOICE
    options = (flag("outside", "Also takes a commune outside the territory, by its name."),)

    def read(self, question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        return communes.read_commune(question, data, name)

    def is_empty(self, raw: Raw) -> bool:
        return communes.is_empty(raw)

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> str | dict[str, str]:
        return communes.clean_commune(question, raw, facts)

    def terms(self, value: str | dict[str, str]) -> Terms:
        return frozenset({OTHER if isinstance(value, dict) else value})

    def widget(self, question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
        return communes.widget(question, raw, facts, name)

    def text(self, _question: Asked, value: str | dict[str, str], facts: Facts) -> str:
        return communes.name_of(value, facts)

    def columns(self, question: Asked) -> list[Column]:
        columns = [Column(question.key, question.label)]
        if question.options.get("outside"):
            columns.append(Column(f"{question.key}_other", question.label))
        return columns

    def cells(self, question: Asked, value: str | dict[str, str] | None) -> list[str]:
        cells = [value if isinstance(value, str) else ""]
        if question.options.get("outside"):
            cells.append(value["other"] if isinstance(value, dict) else "")
        return cells
