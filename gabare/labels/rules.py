"""What a label is worth on a day."""

from datetime import date

from gabare.labels.enums import LabelState
from gabare.labels.models import Label


def state_on(label: Label, day: date) -> LabelState:
    """What to show: a label whose period is over has ended, without anyone doing anything."""
    if label.state == LabelState.VALID and day > label.ends_on:
        return LabelState.ENDED
    return LabelState(label.state)
