"""A decision as typed: read, kept and shown again whatever it says."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.http import QueryDict
from django.utils.translation import gettext as _

from gabare.calls.models import Call, Criterion, Reason
from gabare.calls.queries import compass_in_force, reasons
from gabare.calls.rules import day_of
from gabare.foundation.localised import pick
from gabare.initiatives.partial_dates import WrongDate, read
from gabare.initiatives.queries import public_record
from gabare.questionnaires.models import Question
from gabare.review.enums import Outcome
from gabare.review.models import Decision, Dossier
from gabare.review.validators import DecisionWords

USUAL_DELAY = timedelta(days=14)


@dataclass
class DecisionForm:
    """`typed_due_on` is the text of the date field, which may be no date."""

    outcome: str = ""
    reasons: list[str] = field(default_factory=list)
    message: str = ""
    questions: dict[str, str] = field(default_factory=dict)
    typed_due_on: str = ""
    criteria: list[str] = field(default_factory=list)
    scope: str = ""
    seen: datetime | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def due_on(self) -> date | None:
        try:
            return read(self.typed_due_on).first_day()
        except WrongDate:
            return None

    def words(self) -> DecisionWords:
        return DecisionWords(
            self.outcome, self.reasons, self.message, self.questions, self.due_on,
            self.criteria, self.scope,
        )  # fmt: skip

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(f"id_{name}", message) for name, message in self.errors.items()]


def typed_in(data: QueryDict) -> DecisionForm:
    asked = {
        name.removeprefix("ask--"): text
        for name, text in data.items()
        if name.startswith("ask--") and isinstance(text, str)
    }
    return DecisionForm(
        outcome=data.get("outcome", ""),
        reasons=data.getlist("reasons"),
        message=data.get("message", ""),
        questions={key: text for key, text in asked.items() if text.strip()},
        typed_due_on=data.get("due_on", ""),
        criteria=data.getlist("criteria"),
        scope=data.get("scope", ""),
        seen=_instant(data.get("seen", "")),
    )


def form_of(dossier: Dossier, decision: Decision | None, *, now: datetime) -> DecisionForm:
    """What is decided already; else what the dossier itself suggests, nothing chosen."""
    if decision is None:
        record = public_record(dossier.version)
        return DecisionForm(
            criteria=list(record.criteria), typed_due_on=_usual_due_day(dossier, now).isoformat()
        )
    due_on = decision.due_on or _usual_due_day(dossier, now)
    record_criteria = list(public_record(dossier.version).criteria)
    return DecisionForm(
        outcome=decision.outcome,
        reasons=decision.reasons,
        message=decision.message,
        questions=decision.questions,
        typed_due_on=due_on.isoformat(),
        criteria=decision.criteria or record_criteria,
        scope=decision.scope,
        seen=decision.decided_at,
    )


def offered(
    call: Call, dossier: Dossier, questions: list[Question], language: str
) -> dict[str, object]:
    """What the form offers to choose from."""
    said = public_record(dossier.version).criteria
    criteria: list[Criterion] = list(compass_in_force(call).criteria.all())
    call_reasons: list[Reason] = reasons(call)
    asked = [(q.key, pick(q.label, language)) for q in questions if q.kind != "explanation"]
    return {
        "outcomes": Outcome,
        "offered_criteria": [(criterion, criterion.key in said) for criterion in criteria],
        "offered_reasons": call_reasons,
        "offered_questions": [
            ("occurrences", _("Dates et lieux")), ("carriers", _("Porteurs")), *asked,
        ],
    }  # fmt: skip


def _usual_due_day(dossier: Dossier, now: datetime) -> date:
    """Two weeks after the edition is announced, or the wave's last day to complete."""
    planned = dossier.round.planned
    today = day_of(planned.call, now)
    usual = max(today, planned.edition_on) + USUAL_DELAY
    wave = dossier.initiative.wave
    return min(usual, wave.complete_until) if wave and wave.complete_until > today else usual


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
