from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import choosing, texts
from gabare.questionnaires.answers import Raw, Refused, Terms
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.choosing import OTHER, OTHER_MAX
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind, Uploads
from gabare.questionnaires.options import OptionProblem, Options, choices, flag, word


class SingleChoice(Kind):
    """`"value"` or `{"other": "text"}`.

    As typed, it may also be `{"choice": "value", "other": "text"}`: a choice was ticked and a text
    written beside « autre »; the choice counts, the text is kept on the screen.
    """

    key = "single_choice"
    name = gettext_lazy("Choix unique")
    comparison = Comparison.CHOICE
    options = (
        choices(),
        word("source", "Choices that the call gives.", choosing.SOURCES),
        flag("other", "Offers « autre », with its text."),
    )

    def check_together(self, options: Options) -> list[OptionProblem]:
        return choosing.source_problems(options)

    def read(self, question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        picked = texts.typed(data.get(name, ""))
        other = texts.typed(data.get(f"{name}--other", ""))
        if not question.options.get("other"):
            return picked
        if picked == OTHER or (not picked and texts.line(other)):
            return {"other": other}
        return {"choice": picked, "other": other} if texts.line(other) else picked

    def is_empty(self, raw: Raw) -> bool:
        if isinstance(raw, dict) and "choice" not in raw:
            return False  # « autre » is ticked: without its text it is wrong, not empty
        return super().is_empty(raw)

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> str | dict[str, str]:
        if isinstance(raw, dict) and "choice" in raw:
            raw = raw["choice"]
        offer = choosing.offered(question.options, facts)
        value = choosing.clean_one(offer, raw, other=bool(question.options.get("other")))
        if value == {"other": ""}:
            raise Refused(_("Vous avez choisi « autre » : dites en quelques mots quoi."))
        return value

    def terms(self, value: str | dict[str, str]) -> Terms:
        return frozenset({OTHER if isinstance(value, dict) else value})

    def widget(self, question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
        ticked = raw.get("choice", OTHER) if isinstance(raw, dict) else raw
        ticked = texts.line(ticked)
        offer = choosing.offered(question.options, facts)
        found = choosing.find(offer, ticked) or ticked
        return {
            "choices": choosing.rows(offer, {found}, facts.language, name),
            "other": bool(question.options.get("other")),
            "other_value": OTHER,
            "other_checked": ticked == OTHER,
            "other_text": choosing.other_text(raw),
            "other_max": OTHER_MAX,
            "unanswered": not ticked,
        }

    def text(self, question: Asked, value: str | dict[str, str], facts: Facts) -> str:
        return choosing.name_of(choosing.offered(question.options, facts), value, facts.language)

    def columns(self, question: Asked) -> list[Column]:
        columns = [Column(question.key, question.label)]
        if question.options.get("other"):
            columns.append(Column(f"{question.key}_other", question.label))
        return columns

    def cells(self, question: Asked, value: str | dict[str, str] | None) -> list[str]:
        is_other = isinstance(value, dict)
        cells = [OTHER.strip(":") if is_other else str(value or "")]
        if question.options.get("other"):
            cells.append(value["other"] if isinstance(value, dict) else "")
        return cells
