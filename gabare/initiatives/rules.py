"""Questions with a yes or a no about an initiative."""

from collections.abc import Iterable
from datetime import date, timedelta

from gabare.calls.models import Wave
from gabare.calls.rules import may_complete, may_correct
from gabare.initiatives.enums import MandateRole, Role, State
from gabare.initiatives.lifecycle import SETTLED, available_moves
from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.partial_dates import parse
from gabare.initiatives.validators import Block
from gabare.people.models import Person

# How long a draft that nobody sends waits, untouched; the browser that began it knows it as long.
UNSENT_IS_KEPT = timedelta(days=180)


def is_live(draft: Draft) -> bool:
    """Still being written: not sent, and its initiative not settled meanwhile."""
    return draft.sent_at is None and draft.initiative.state not in SETTLED


def may_reopen(initiative: Initiative) -> bool:
    """The carrier may work on it again: the life cycle lets it be sent from here."""
    return sending_move(initiative) is not None


def sending_move(initiative: Initiative) -> str | None:
    """The step of the life cycle that sending takes from here, if there is one."""
    moves = available_moves(initiative.state, Role.CARRIER)
    return next((move for move in ("submit", "correct") if move in moves), None)


def has_mandate(person: Person, initiative: Initiative) -> bool:
    return person.is_authenticated and initiative.mandates.filter(person=person).exists()


def may_send(person: Person, initiative: Initiative) -> bool:
    """Only an owner sends; a draft that nobody claimed yet is sent by who holds it."""
    mandates = {m.person_id: m.role for m in initiative.mandates.all()}
    return MandateRole.OWNER not in mandates.values() or (
        mandates.get(person.pk) == MandateRole.OWNER
    )


def deposit_is_possible(initiative: Initiative, open_wave: Wave | None, day: date) -> bool:
    """Each step has its own last day: a new deposit, a complement asked for, a correction."""
    if initiative.state == State.DRAFT:
        return open_wave is not None
    if initiative.wave is None:
        return False
    if initiative.state == State.TO_COMPLETE:
        return may_complete(initiative.wave, day)
    return initiative.state == State.SUBMITTED and may_correct(initiative.wave, day)


def last_day(initiative: Initiative, wave: Wave) -> date:
    """The day that bounds the next sending of the initiative in that wave."""
    return {
        State.TO_COMPLETE: wave.complete_until,
        State.SUBMITTED: wave.correct_until,
    }.get(State(initiative.state), wave.new_until)


def falls_in(wave: Wave, blocks: Iterable[Block]) -> bool:
    """At least one checked date touches the period of the wave. A fact, never a refusal."""
    return any(
        parse(block["start"]).first_day() <= wave.ends_on
        and parse(block["end"] or block["start"]).last_day() >= wave.starts_on
        for block in blocks
    )
