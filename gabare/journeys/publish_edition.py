"""From the decisions of a round to its edition: labels, agenda, letters, in one transaction.

`plan_edition` says beforehand exactly what `publish_edition` will do.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch

from gabare.agenda.models import Edition
from gabare.agenda.operations import bump_generation, create_edition, list_initiative
from gabare.calls.models import PlannedRound
from gabare.calls.rules import day_of
from gabare.foundation.operations import record
from gabare.initiatives.enums import Role
from gabare.initiatives.models import Initiative, Mandate
from gabare.initiatives.operations import move_initiative
from gabare.journeys.outcome_letters import letter_values
from gabare.labels.enums import LabelTrace
from gabare.labels.operations import grant_label
from gabare.labels.queries import coming_numbers
from gabare.people.models import Person
from gabare.questionnaires.models import Question
from gabare.review import operations as review
from gabare.review import queries, rules
from gabare.review.enums import Outcome, ReviewTrace
from gabare.review.lifecycle import MOVES
from gabare.review.models import Decision, Dossier, Round


@dataclass(frozen=True)
class Step:
    """One decision that the edition will apply."""

    decision: Decision
    label_number: str  # "" when it is no label
    recipients: list[Person]


@dataclass(frozen=True)
class Plan:
    """What publishing now would do, as far as its reader may know.

    Numbers hold as long as nothing else is labelled before; they are not told to who is kept from
    a dossier of the round, since a gap would tell what was decided of it.
    """

    round: Round
    steps: list[Step]
    carried_over: list[Dossier]
    next_round: PlannedRound | None
    is_early: bool  # the round may still receive deposits
    is_possible: bool

    def of(self, outcome: Outcome) -> list[Step]:
        return [step for step in self.steps if step.decision.outcome == outcome]

    @property
    def letters(self) -> int:
        return sum(len(step.recipients) for step in self.steps)


@transaction.atomic
def publish_edition(*, round_id: int, person: Person | None, now: datetime) -> Edition:
    """Apply every pending decision of a round, publish its edition, and close it.

    Stands or falls as a whole: an edition half published would tell carriers things that the
    agenda does not show. Publishing twice returns the edition of the first time and writes
    nothing. Undecided dossiers move to the next round. The round's row is locked first, so no
    decision slips in meanwhile. Raises `NoRoundLeft` when something is undecided and no round
    follows.
    """
    round_ = review.lock_round(round_id)
    planned = round_.planned
    if not rules.is_open(round_):
        return Edition.objects.get(planned=planned)
    decisions = _decisions(round_)
    for decision in decisions:
        _apply(decision, planned=planned, person=person, now=now)
    review.roll_over(round_=round_, now=now)
    counts = Counter(decision.outcome for decision in decisions)
    edition = create_edition(
        planned=planned, counts={outcome: counts[outcome] for outcome in Outcome.values}, now=now
    )
    review.close_round(round_=round_, now=now)
    record(
        actor=person, verb=ReviewTrace.PUBLISHED, about=f"round:{planned.call.key}/{planned.key}",
        owner=f"call:{planned.call.key}", detail=edition.counts, now=now,
    )  # fmt: skip
    bump_generation()
    return edition


def plan_edition(*, round_: Round, reader: Person, now: datetime) -> Plan:
    decisions = _decisions(round_, reader=reader)
    labels = sum(decision.outcome == Outcome.LABEL for decision in decisions)
    day = day_of(round_.planned.call, now)
    untold = queries.hides_some(round_, reader=reader)
    numbers = iter([""] * labels if untold else coming_numbers(day.year, labels))
    steps = [
        Step(
            decision,
            next(numbers) if decision.outcome == Outcome.LABEL else "",
            [mandate.person for mandate in decision.dossier.initiative.mandates.all()],
        )
        for decision in decisions
    ]
    next_round = queries.following_round(round_)
    return Plan(
        round=round_,
        steps=steps,
        carried_over=list(queries.undecided(round_, reader=reader)),
        next_round=next_round,
        is_early=not rules.is_past_cut_off(round_, now),
        is_possible=next_round is not None or not queries.goes_on(round_),
    )


def label_period(initiative: Initiative, planned: PlannedRound, day: date) -> tuple[date, date]:
    """From the day it is granted to the end of its wave.

    An initiative read after its own wave (carried over, completed late) is labelled until the end
    of the round's wave; a label never ends before it begins.
    """
    own = initiative.wave.ends_on if initiative.wave is not None else day
    return day, own if own > day else max(planned.wave.ends_on, day)


def _apply(
    decision: Decision, *, planned: PlannedRound, person: Person | None, now: datetime
) -> None:
    initiative, version = decision.dossier.initiative, decision.dossier.version
    number = ""
    if decision.outcome == Outcome.LABEL:
        starts_on, ends_on = label_period(initiative, planned, day_of(planned.call, now))
        number = grant_label(
            initiative=initiative, version=version, edition_key=planned.key,
            scope=decision.scope, criteria=decision.criteria,
            starts_on=starts_on, ends_on=ends_on, now=now,
        ).number  # fmt: skip
        record(
            actor=person, verb=LabelTrace.GRANTED, about=f"label:{number}",
            owner=f"call:{planned.call.key}", detail={"initiative": initiative.public_id}, now=now,
        )  # fmt: skip
    language = version.sent_by.language if version.sent_by else planned.call.language
    moved = move_initiative(
        initiative_id=initiative.pk, move=MOVES[Outcome(decision.outcome)], role=Role.EDITION,
        actor=person, now=now, reason=decision.message,
        letter_values=letter_values(decision, label_number=number, language=language),
    )  # fmt: skip
    if number:
        list_initiative(
            initiative=moved, version=version, label_number=number, edition_key=planned.key, now=now
        )
    if decision.outcome == Outcome.DEFER:
        review.defer_dossier(dossier=decision.dossier, now=now)
    decision.applied_at = now
    decision.save(update_fields=["applied_at"])


def _decisions(round_: Round, *, reader: Person | None = None) -> list[Decision]:
    """Pending decisions with all that their letters read, in few queries; one call for all.

    All of them for the edition itself, without a reader.
    """
    people = Mandate.objects.select_related("person").order_by("id")
    decisions = list(
        queries.pending_decisions(round_, reader=reader)
        .select_related("dossier__version__sent_by")
        .prefetch_related(
            Prefetch("dossier__initiative__mandates", queryset=people),
            Prefetch("dossier__version__revision__questions", queryset=Question.objects.all()),
        )
    )
    for decision in decisions:
        dossier = decision.dossier
        dossier.initiative.call = round_.planned.call
        dossier.version.initiative = dossier.initiative
    return decisions
