from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gabare.questionnaires import choosing, texts
from gabare.questionnaires.answers import Raw, Refused, Terms, one_line
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.choosing import OTHER, OTHER_MAX
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads
from gabare.questionnaires.options import OptionProblem, Options, choices, flag, whole, word


class MultipleChoice(Kind):
    """A list of `"value"` and at most one `{"other": "text"}`, in the order of the choices."""

    key = "multiple_choice"
    name = gettext_lazy("Choix multiple")
    block = True
    comparison = Comparison.CHOICE
    options = (
        choices(),
        word("source", "Choices that the call gives.", choosing.SOURCES),
        flag("other", "Offers « autre », with its text."),
        whole("min", "Fewest choices, once one is made.", lowest=1, highest=100),
        whole("max", "Most choices.", lowest=1, highest=100),
    )

    def check_together(self, options: Options) -> list[OptionProblem]:
        return choosing.source_problems(options) + super().check_together(options)

    def read(self, question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        picked = [texts.typed(each) for each in data.getlist(name)]
        other = texts.typed(data.get(f"{name}--other", ""))
        raw: list[Any] = [each for each in picked if each != OTHER]
        if question.options.get("other") and (OTHER in picked or texts.line(other)):
            raw.append({"other": other})
        return raw

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> list[str | dict[str, str]]:
        if isinstance(raw, str | Mapping):
            raw = [raw]  # one choice written alone, as imports do
        if not isinstance(raw, list):
            raise Refused(_("Cette réponse n’est pas une liste de choix. Cochez-les de nouveau."))
        offer = choosing.offered(question.options, facts)
        other = bool(question.options.get("other"))
        values = [choosing.clean_one(offer, each, other=other) for each in raw]
        others = [each for each in values if isinstance(each, dict)]
        if {"other": ""} in others:
            raise Refused(_("Vous avez coché « autre » : dites en quelques mots quoi."))
        if len(others) > 1:
            joined = " ; ".join(each["other"] for each in others)
            others = [{"other": one_line(joined, highest=OTHER_MAX)}]
        chosen = [choice.value for choice in offer if choice.value in values]
        return self._counted(question, [*chosen, *others])

    def _counted(self, question: Asked, values: list[Any]) -> list[Any]:
        lowest, highest = question.options.get("min"), question.options.get("max")
        if highest and len(values) > highest:
            message = ngettext(
                "Gardez %(max)s choix au plus (il y en a %(count)s).",
                "Gardez %(max)s choix au plus (il y en a %(count)s).",
                highest,
            )
            raise Refused(message % {"max": highest, "count": len(values)})
        if lowest and 0 < len(values) < lowest:
            raise Refused(_("Cochez au moins %(min)s choix.") % {"min": lowest})
        return values

    def terms(self, value: list[Any]) -> Terms:
        return frozenset(OTHER if isinstance(each, dict) else each for each in value)

    def widget(self, question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
        listed = raw if isinstance(raw, list) else [raw] if raw else []
        ticked = [texts.line(each) for each in listed if isinstance(each, str)]
        others = [each for each in listed if isinstance(each, dict)]
        offer = choosing.offered(question.options, facts)
        found = {choosing.find(offer, each) or each for each in ticked}
        return {
            "choices": choosing.rows(offer, found, facts.language, name),
            "other": bool(question.options.get("other")),
            "other_value": OTHER,
            "other_checked": bool(others),
            "other_text": choosing.other_text(others[0]) if others else "",
            "other_max": OTHER_MAX,
        }

    def format_hint(self, question: Asked, _facts: Facts) -> str:
        highest = question.options.get("max")
        if highest:
            return _("Plusieurs réponses possibles, %(max)s au plus.") % {"max": highest}
        return _("Plusieurs réponses possibles.")

    def text(self, question: Asked, value: list[Any], facts: Facts) -> str:
        return ", ".join(self._names(question, value, facts))

    def _names(self, question: Asked, value: list[Any], facts: Facts) -> list[str]:
        offer = choosing.offered(question.options, facts)
        return [choosing.name_of(offer, each, facts.language) for each in value]

    def html(self, question: Asked, value: list[Any], facts: Facts) -> SafeString:
        names = [(name,) for name in self._names(question, value, facts)]
        return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", names))

    def columns(self, question: Asked) -> list[Column]:
        columns = [Column(question.key, question.label)]
        if question.options.get("other"):
            columns.append(Column(f"{question.key}_other", question.label))
        return columns

    def cells(self, question: Asked, value: list[Any] | None) -> list[str]:
        values = value or []
        cells = ["|".join(each for each in values if isinstance(each, str))]
        if question.options.get("other"):
            cells.append("".join(each["other"] for each in values if isinstance(each, dict)))
        return cells
