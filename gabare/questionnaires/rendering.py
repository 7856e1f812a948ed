"""Questions as fields of a form, for `{% field f %}`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gabare.foundation.localised import pick
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.asking import is_frozen, is_required, visible_questions
from gabare.questionnaires.enums import Visibility
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds import kind_of
from gabare.ui.dates import long_date
from gabare.ui.typography import typography

FROZEN = "questionnaires/frozen.html"


@dataclass(frozen=True)
class Field:
    """One question ready for its template. `id` is what an error summary links to."""

    key: str
    kind: str
    name: str
    label: str
    template: str
    widget: Mapping[str, Any]
    optional: bool
    help: str = ""
    format: str = ""
    readers: str = ""
    error: str = ""
    frozen: str = ""
    frozen_html: SafeString | str = ""
    counted: bool = False

    @property
    def id(self) -> str:
        return f"id_{self.name}"

    @property
    def hinted(self) -> bool:
        return bool(self.help or self.format)

    @property
    def described_by(self) -> str:
        parts = {
            "hint": self.hinted,
            "readers": bool(self.readers),
            "count": self.counted,
            "error": bool(self.error),
        }
        return " ".join(f"{self.id}-{part}" for part, present in parts.items() if present)

    @property
    def invalid(self) -> SafeString | str:
        """For the parts of a group: their fieldset carries the description."""
        return mark_safe(' aria-invalid="true"') if self.error else ""

    @property
    def aria(self) -> SafeString:
        """The attributes that tie a lone control to its help and its error."""
        described = format_html(' aria-describedby="{}"', self.described_by)
        return format_html("{}{}", described if self.described_by else "", self.invalid)


def fields(
    questions: Sequence[Asked],
    raw: Mapping[str, Any],
    errors: Mapping[str, str],
    facts: Facts,
    *,
    prefix: str = "",
    step: str = "",
    previous: Mapping[str, Any] | None = None,
) -> list[Field]:
    """The fields of the questions asked, values as typed. `prefix` keeps two forms apart.

    Give all the questions and answers, and `step` for one page: a condition may look at an answer
    of an earlier page. Where `previous` (the version sent) is given, frozen questions are shown
    and cannot be answered.
    """
    return [
        _frozen(question, previous, facts, f"{prefix}{question.key}")
        if previous is not None and is_frozen(question, facts.day) and kind_of(question).stores
        else _field(question, raw, errors.get(question.key, ""), facts, f"{prefix}{question.key}")
        for question in visible_questions(questions, raw, facts, previous=previous)
        if step in ("", question.step)
    ]


def _text(localised: Mapping[str, str], facts: Facts) -> str:
    return typography(pick(localised, facts.language), facts.language)


def _field(question: Asked, raw: Mapping[str, Any], error: str, facts: Facts, name: str) -> Field:
    kind = kind_of(question)
    widget = kind.widget(question, raw.get(question.key), facts, name)
    return Field(
        key=question.key,
        kind=question.kind,
        name=name,
        label=_text(question.label, facts),
        template=kind.template,
        widget=widget,
        optional=kind.stores and not is_required(question, facts.day),
        help=_text(question.help, facts),
        format=kind.format_hint(question, facts),
        readers=readers(question.visibility) if kind.stores else "",
        error=error,
        counted=bool(widget.get("counter")),
    )


def _frozen(question: Asked, previous: Mapping[str, Any], facts: Facts, name: str) -> Field:
    kind, value = kind_of(question), previous.get(question.key)
    since = long_date(question.frozen_from, facts.language) if question.frozen_from else ""
    return Field(
        key=question.key,
        kind=question.kind,
        name=name,
        label=_text(question.label, facts),
        template=FROZEN,
        widget={},
        optional=False,
        readers=readers(question.visibility),
        frozen=_("Cette réponse ne change plus depuis le %(day)s.") % {"day": since},
        frozen_html=_("Sans réponse")
        if kind.is_empty(value)
        else kind.html(question, value, facts),
    )


def readers(visibility: str) -> str:
    """Who will read the answer, said where it is not everybody."""
    if visibility == Visibility.TEAM:
        return _("Lue par l’équipe de l’appel seulement ; jamais publiée.")
    if visibility == Visibility.PERSONAL:
        return _("Donnée personnelle : lue par l’équipe pour vous répondre, jamais publiée.")
    return ""
