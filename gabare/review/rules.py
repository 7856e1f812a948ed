"""Questions with a yes or a no about a round and its dossiers."""

from datetime import datetime

from gabare.calls.rules import end_of_day
from gabare.initiatives.enums import State
from gabare.review.enums import RoundState
from gabare.review.models import Dossier, Round


def is_open(round_: Round) -> bool:
    return round_.state == RoundState.OPEN


def is_past_cut_off(round_: Round, now: datetime) -> bool:
    """Nothing enters it any more: it can be decided and published without surprise."""
    planned = round_.planned
    return now > end_of_day(planned.closes_on, planned.call.time_zone)


def awaits_decision(dossier: Dossier) -> bool:
    """Still to be decided: a withdrawn initiative has left the queue."""
    return dossier.initiative.state == State.SUBMITTED and is_open(dossier.round)
