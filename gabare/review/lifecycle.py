"""What happens to a round, and how the decisions it holds answer to the moves of an initiative."""

from gabare.initiatives.lifecycle import Refused
from gabare.review.enums import Outcome

# outcome → the move that the edition makes (gabare/initiatives/lifecycle.py)
MOVES: dict[Outcome, str] = {
    Outcome.LABEL: "label",
    Outcome.COMPLETE: "ask_to_complete",
    Outcome.DEFER: "defer",
    Outcome.DECLINE: "decline",
}


class RoundRefused(Refused):
    """A step that a round does not allow. `str()` is a sentence for a person."""


class NoRoundLeft(RoundRefused):
    """Every planned round of the call has been published."""
