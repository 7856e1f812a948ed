from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import communes, texts
from gabare.questionnaires.answers import Raw, Refused, one_line, part
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads
from gabare.questionnaires.options import flag

TEXT_PARTS = {"name": 200, "address": 250}


class Place(Kind):
    """`{"name", "address", "commune"}`: a name at least; the rest may be an empty text."""

    key = "place"
    name = gettext_lazy("Lieu")
    options = (flag("outside", "Also takes a commune outside the territory, by its name."),)

    def read(self, question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        raw = {each: texts.typed(data.get(f"{name}--{each}", "")) for each in TEXT_PARTS}
        return {**raw, "commune": communes.read_commune(question, data, f"{name}--commune")}

    def is_empty(self, raw: Raw) -> bool:
        if isinstance(raw, Mapping):
            return communes.is_empty(part(raw, "commune")) and not any(
                texts.line(part(raw, each)) for each in TEXT_PARTS
            )
        return super().is_empty(raw)

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> dict[str, Any]:
        if isinstance(raw, str):
            raw = {"name": raw}  # a place written on one line, as letters do
        value: dict[str, Any] = {
            each: one_line(part(raw, each), highest=highest) for each, highest in TEXT_PARTS.items()
        }
        if not value["name"]:
            raise Refused(_("Donnez un nom à ce lieu. Par exemple : Médiathèque"))
        commune = part(raw, "commune")
        value["commune"] = (
            "" if communes.is_empty(commune) else communes.clean_commune(question, commune, facts)
        )
        return value

    def widget(self, question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
        if isinstance(raw, str):
            raw = {"name": raw}
        return {
            **{each: texts.typed(part(raw, each)) for each in TEXT_PARTS},
            "commune_name": f"{name}--commune",
            "commune_id": f"id_{name}--commune",
            "commune": communes.widget(question, part(raw, "commune"), facts, f"{name}--commune"),
        }

    def text(self, _question: Asked, value: dict[str, Any], facts: Facts) -> str:
        commune = communes.name_of(value["commune"], facts)
        return ", ".join(each for each in (value["name"], value["address"], commune) if each)

    def columns(self, question: Asked) -> list[Column]:
        return [
            Column(f"{question.key}_{each}", question.label) for each in (*TEXT_PARTS, "commune")
        ]

    def cells(self, _question: Asked, value: dict[str, Any] | None) -> list[str]:
        commune = (value or {}).get("commune", "")
        return [
            *((value or {}).get(each, "") for each in TEXT_PARTS),
            commune["other"] if isinstance(commune, dict) else commune,
        ]
