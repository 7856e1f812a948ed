"""A change of a label in words: what the public reads of it."""

from dataclasses import dataclass
from datetime import datetime

from gabare.labels.enums import LabelReason, LabelState
from gabare.labels.lifecycle import MOVES
from gabare.labels.models import Label, LabelChange


@dataclass(frozen=True)
class Told:
    """One line of the public history."""

    at: datetime
    name: str
    why: str


def why(reason: str, public_reason: str) -> str:
    """The stated reason in the active language, then the words that were written."""
    stated = str(LabelReason(reason).label) if reason else ""
    return " ".join(part for part in (stated, public_reason) if part)


def history(label: Label) -> list[Told]:
    """Public: no name, no private note. Oldest first."""
    return [told(change) for change in label.changes.all()]


def told(change: LabelChange) -> Told:
    done = str(MOVES[change.move].done)
    return Told(change.at, done, why(change.reason, change.public_reason))


def last_to(label: Label, state: LabelState) -> Told | None:
    """The change that brought the label into this state, if one did (the calendar writes none)."""
    into = [change for change in label.changes.all() if change.target == state]
    return told(into[-1]) if into and state != LabelState.VALID else None
