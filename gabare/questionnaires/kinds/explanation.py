from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.foundation.localised import pick
from gabare.questionnaires.answers import Raw
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Column, Kind
from gabare.questionnaires.options import OptionProblem, Options, localised
from gabare.ui import markdown


class Explanation(Kind):
    """A text between questions. It holds no answer."""

    key = "explanation"
    name = gettext_lazy("Explication")
    stores = False
    options = (localised("text", "What to read, in Markdown."),)

    def check_together(self, options: Options) -> list[OptionProblem]:
        if "text" in options:
            return []
        return [
            OptionProblem(
                "options.text",
                _("Cette explication n’a pas de texte."),
                _("Écrivez par exemple : %(example)s") % {"example": self.options[0].example},
            )
        ]

    def read(self, *_args: Any) -> Raw:
        return None

    def is_empty(self, _raw: Raw) -> bool:
        return True

    def clean(self, *_args: Any) -> None:
        return None

    def widget(self, question: Asked, _raw: Raw, facts: Facts, _name: str) -> dict[str, Any]:
        return {"html": self.html(question, None, facts)}

    def text(self, question: Asked, _value: None, facts: Facts) -> str:
        return pick(question.options.get("text", {}), facts.language)

    def html(self, question: Asked, value: None, facts: Facts) -> SafeString:
        return markdown.render(self.text(question, value, facts))

    def columns(self, _question: Asked) -> list[Column]:
        return []

    def cells(self, *_args: Any) -> list[str]:
        return []
