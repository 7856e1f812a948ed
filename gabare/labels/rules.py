"""What a label is worth on a day."""

from datetime import date

from gabare.labels.enums import LabelState, Mover
from gabare.labels.models import Label, LabelChange

LASTING = (LabelState.VALID, LabelState.SUSPENDED)


def state_on(label: Label, day: date) -> LabelState:
    """What to show: a label whose period is over has ended, without anyone doing anything."""
    if label.state in LASTING and day > label.ends_on:
        return LabelState.ENDED
    return LabelState(label.state)


def suspended_itself(last: LabelChange | None) -> bool:
    """The suspension in force is the automatic one: what made it may lift it."""
    return last is not None and last.move == "suspend" and last.mover == Mover.ITSELF
