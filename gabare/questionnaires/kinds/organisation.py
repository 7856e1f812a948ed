from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.people.enums import OrganisationKind
from gabare.questionnaires import addresses, registers, texts
from gabare.questionnaires.answers import Raw, Refused, one_line, part
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads

PARTS = ("name", "kind", "website", "register_number")
NAME_MAX = 200


class Organisation(Kind):
    """`{"name", "kind", "website", "register_number"}`: a name; the rest may be an empty text."""

    key = "organisation"
    name = gettext_lazy("Organisation")

    def read(self, _question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        return {each: texts.typed(data.get(f"{name}--{each}", "")) for each in PARTS}

    def is_empty(self, raw: Raw) -> bool:
        if isinstance(raw, Mapping):
            return not any(texts.line(part(raw, each)) for each in PARTS)
        return super().is_empty(raw)

    def clean(self, _question: Asked, raw: Raw, _facts: Facts) -> dict[str, str]:
        if isinstance(raw, str):
            raw = {"name": raw}  # a name written alone, as letters do
        name = one_line(part(raw, "name"), highest=NAME_MAX)
        if not name:
            raise Refused(_("Donnez le nom de l’organisation."))
        kind, website = texts.line(part(raw, "kind")), texts.line(part(raw, "website"))
        if kind and kind not in OrganisationKind.values:
            raise Refused(_("Ce genre d’organisation n’est pas dans la liste. Choisissez-en un."))
        return {
            "name": name,
            "kind": kind,
            "website": addresses.web_address(website) if website else "",
            "register_number": registers.register_number(part(raw, "register_number")),
        }

    def widget(self, _question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        if isinstance(raw, str):
            raw = {"name": raw}
        values = {each: texts.typed(part(raw, each)) for each in PARTS}
        return {**values, "kinds": OrganisationKind.choices}

    def text(self, _question: Asked, value: dict[str, str], _facts: Facts) -> str:
        kind = dict(OrganisationKind.choices).get(value["kind"], "")
        website = addresses.without_scheme(value["website"])
        number = registers.grouped(value["register_number"])
        return ", ".join(str(each) for each in (value["name"], kind, website, number) if each)

    def html(self, question: Asked, value: dict[str, str], facts: Facts) -> SafeString:
        if not value["website"]:
            return super().html(question, value, facts)
        rest = self.text(question, {**value, "name": "", "website": ""}, facts)
        link = '<a href="{}" rel="nofollow ugc">{}</a>{}'
        return format_html(link, value["website"], value["name"], f", {rest}" if rest else "")

    def columns(self, question: Asked) -> list[Column]:
        return [Column(f"{question.key}_{each}", question.label) for each in PARTS]

    def cells(self, _question: Asked, value: dict[str, str] | None) -> list[str]:
        return [(value or {}).get(each, "") for each in PARTS]
