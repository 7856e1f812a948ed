from typing import Any

from django.utils.translation import gettext_lazy as _

from gabare.questionnaires.answers import Raw, one_line, shown_as_typed
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.counters import counter, length_hint
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Kind
from gabare.questionnaires.options import whole, word

DEFAULT_MAX = 200


class ShortText(Kind):
    key = "short_text"
    name = _("Texte court")
    family = "text"
    comparison = Comparison.TEXT
    options = (
        whole("min", "Fewest characters."),
        whole("max", f"Most characters, {DEFAULT_MAX} by default.", lowest=1, highest=1000),
        word(
            "autocomplete",
            "What a browser may fill in.",
            ("name", "given-name", "family-name", "organization", "organization-title"),
        ),
    )

    def clean(self, question: Asked, raw: Raw, _facts: Facts) -> str:
        lowest, highest = question.options.get("min", 0), question.options.get("max", DEFAULT_MAX)
        return one_line(raw, lowest=lowest, highest=highest)

    def widget(self, question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        return {
            "value": shown_as_typed(raw),
            "autocomplete": question.options.get("autocomplete", ""),
            "counter": counter(question.options.get("max")),
        }

    def format_hint(self, question: Asked, _facts: Facts) -> str:
        return length_hint(question.options.get("min"), question.options.get("max"))
