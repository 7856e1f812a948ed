"""The verbs of a round: rounds and decisions, advice, recusals.

Its edition, which crosses rooms, is `journeys/publish_edition.py`.
"""

from gabare.review.operations.advising import StaleVersion, give_advice
from gabare.review.operations.recusing import lift_recusal, recuse
from gabare.review.operations.rounds import (
    AlreadyDecided,
    close_round,
    decide,
    defer_dossier,
    enter_dossier,
    lock_round,
    roll_over,
    undo_decision,
)

__all__ = [
    "AlreadyDecided",
    "StaleVersion",
    "close_round",
    "decide",
    "defer_dossier",
    "enter_dossier",
    "give_advice",
    "lift_recusal",
    "lock_round",
    "recuse",
    "roll_over",
    "undo_decision",
]
