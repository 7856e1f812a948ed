from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused, checked_length, lines_html, shown_as_typed
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.counters import counter, length_hint
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Kind
from gabare.questionnaires.options import whole

DEFAULT_MAX = 5000


class LongText(Kind):
    key = "long_text"
    name = gettext_lazy("Texte long")
    family = "text"
    block = True
    options = (
        whole("min", "Fewest characters."),
        whole("max", f"Most characters, {DEFAULT_MAX} by default.", lowest=1),
        whole("rows", "Height of the field, in lines.", lowest=2, highest=30),
    )

    def clean(self, question: Asked, raw: Raw, _facts: Facts) -> str:
        if not isinstance(raw, str):
            raise Refused(_("Cette réponse n’est pas un texte. Écrivez-la de nouveau."))
        lowest, highest = question.options.get("min", 0), question.options.get("max", DEFAULT_MAX)
        return checked_length(texts.block(raw), raw, lowest=lowest, highest=highest)

    def widget(self, question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        return {
            "value": shown_as_typed(raw),
            "rows": question.options.get("rows", 6),
            "counter": counter(question.options.get("max", DEFAULT_MAX)),
        }

    def format_hint(self, question: Asked, _facts: Facts) -> str:
        return length_hint(question.options.get("min"), question.options.get("max", DEFAULT_MAX))

    def html(self, question: Asked, value: str, facts: Facts) -> SafeString:
        return lines_html(self.text(question, value, facts))
