"""The protocol of a kind. To add one: write its module and its template, then one registry line."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Terms, Value, shown_as_typed
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.options import Option, OptionProblem, Options

Uploads = MultiValueDict[str, UploadedFile]


@dataclass(frozen=True)
class Column:
    """A column of an export. `type` is Frictionless Table Schema's."""

    name: str
    title: Mapping[str, str]
    type: str = "string"


class Kind:
    """All that one kind of question knows. Subclasses say only what differs.

    `read` never raises and keeps what was typed; `clean` takes what `read` gives or a canonical
    value, returns the canonical value or raises `Refused`, and is idempotent.
    """

    key: ClassVar[str]
    name: ClassVar[str | Promise]
    options: ClassVar[tuple[Option, ...]] = ()
    comparison: ClassVar[Comparison] = Comparison.NOTHING
    family: ClassVar[str] = ""  # kinds of one family may replace one another under the same key
    stores: ClassVar[bool] = True  # False: shown, never answered
    block: ClassVar[bool] = False  # displayed as blocks rather than as one line

    @property
    def template(self) -> str:
        return f"questionnaires/kinds/{self.key}.html"

    # options

    def check_options(self, options: Options) -> list[OptionProblem]:
        known = {option.name: option for option in self.options}
        problems = [
            OptionProblem(
                f"options.{name}",
                _("L’option « %(name)s » n’existe pas pour ce genre de question.") % {"name": name},
                _("Options possibles : %(names)s.") % {"names": ", ".join(known) or "—"},
            )
            for name in options
            if name not in known
        ]
        found = [known[name].problem(options[name]) for name in known if name in options]
        problems += [problem for problem in found if problem]
        return problems or self.check_together(options)

    def check_together(self, options: Options) -> list[OptionProblem]:
        """What several options say together; called when each is right on its own."""
        lowest, highest = options.get("min"), options.get("max")
        if lowest is not None and highest is not None and lowest > highest:
            return [
                OptionProblem(
                    "options.min",
                    _("Le minimum est plus grand que le maximum."),
                    _("Échangez « min » et « max », ou retirez l’un des deux."),
                )
            ]
        return []

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the kind's options, for the documentation of call packages."""
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                option.name: {**option.schema, "description": option.about}
                for option in self.options
            },
        }

    # answers

    def read(self, _question: Asked, data: QueryDict, _files: Uploads, name: str) -> Raw:
        return texts.typed(data.get(name, ""))

    def is_empty(self, raw: Raw) -> bool:
        return raw is None or raw in ("", [], {}) or (isinstance(raw, str) and not texts.line(raw))

    def clean(self, question: Asked, raw: Raw, facts: Facts) -> Value:
        raise NotImplementedError

    def lacks(self, _question: Asked, _value: Value, _facts: Facts) -> str:
        """What a right answer still needs before it can be sent, as a sentence; or nothing."""
        return ""

    def missing(self) -> str:
        """The sentence for a required question left empty."""
        return _("Répondez à cette question pour pouvoir envoyer.")

    def terms(self, value: Value) -> Terms:
        """What conditions compare with; empty for a kind that cannot be compared."""
        if self.comparison is Comparison.NOTHING or isinstance(value, list | dict):
            return frozenset()
        return frozenset({value})

    # form

    def widget(self, _question: Asked, raw: Raw, _facts: Facts, _name: str) -> dict[str, Any]:
        return {"value": shown_as_typed(raw)}

    def format_hint(self, _question: Asked, _facts: Facts) -> str:
        """The expected format, said before the field."""
        return ""

    # display and export

    def text(self, question: Asked, value: Value, facts: Facts) -> str:  # noqa: ARG002
        return str(value)

    def html(self, question: Asked, value: Value, facts: Facts) -> SafeString:
        return escape(self.text(question, value, facts))

    def columns(self, question: Asked) -> list[Column]:
        return [Column(question.key, question.label)]

    def cells(self, _question: Asked, value: Value) -> list[str]:
        return ["" if value is None else str(value)]
