from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads

SAID = {"yes": True, "no": False, "oui": True, "non": False, "true": True, "false": False}


class YesNo(Kind):
    """Three states: `True`, `False`, and nothing said, which is never taken for a no."""

    key = "yes_no"
    name = gettext_lazy("Oui ou non")
    comparison = Comparison.FLAG

    def read(self, _question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        said = texts.typed(data.get(name, ""))
        return SAID.get(said, said) if said else None

    def clean(self, _question: Asked, raw: Raw, _facts: Facts) -> bool:
        if isinstance(raw, bool):
            return raw
        said = SAID.get(texts.fold(texts.line(raw)))
        if said is None:
            raise Refused(_("Répondez par oui ou par non."))
        return said

    def widget(self, _question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        said = SAID.get(texts.fold(texts.line(raw))) if isinstance(raw, str) else raw
        return {"yes": said is True, "no": said is False, "unanswered": not isinstance(said, bool)}

    def text(self, _question: Asked, value: bool, _facts: Facts) -> str:  # noqa: FBT001 – the value
        return _("Oui") if value else _("Non")

    def columns(self, question: Asked) -> list[Column]:
        return [Column(question.key, question.label, "boolean")]

    def cells(self, _question: Asked, value: bool | None) -> list[str]:  # noqa: FBT001 – the value
        return ["" if value is None else str(value).lower()]
