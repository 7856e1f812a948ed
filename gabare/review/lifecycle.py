"""What happens to a round, and how the decisions it holds answer to the moves of an initiative."""

from django.utils.functional import Promise

from gabare.review.enums import Outcome

# outcome → the move that the edition makes (gabare/initiatives/lifecycle.py)
MOVES: dict[Outcome, str] = {
    Outcome.LABEL: "label",
    Outcome.COMPLETE: "ask_to_complete",
    Outcome.DECLINE: "decline",
}


class RoundRefused(Exception):
    """A step that a round does not allow. `str()` is a sentence for a person."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(str(sentence))


class NoRoundLeft(RoundRefused):
    """Every planned round of the call has been published."""
