"""The life of a label, as data. `operations.move_label` is the only door.

The same table feeds the forms, the refusals, the constraints of the log and the test of every
state × move × role. The calendar needs no one: a label whose period is over has ended
(`rules.state_on`). What is revoked stays revoked.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gabare.initiatives.lifecycle import Refused
from gabare.labels.enums import LabelReason, LabelState, Mover


@dataclass(frozen=True)
class Move:
    sources: frozenset[LabelState]
    target: LabelState
    movers: frozenset[Mover]
    says_why: bool  # a public reason is due
    reasons: tuple[LabelReason, ...]  # what may be stated without writing
    letter: str
    verb: str | Promise  # on the button
    done: str | Promise  # in the history


TEAM = frozenset({Mover.TEAM, Mover.LEAD})
MOVES: dict[str, Move] = {
    "suspend": Move(
        frozenset({LabelState.VALID}), LabelState.SUSPENDED, TEAM | {Mover.ITSELF}, says_why=True,
        reasons=(LabelReason.UNDER_REVIEW, LabelReason.ALL_CANCELLED, LabelReason.CHANGED,
                 LabelReason.ASKED),
        letter="label-suspended", verb=_("Suspendre"), done=_("Suspendu"),
    ),
    "lift": Move(
        frozenset({LabelState.SUSPENDED}), LabelState.VALID, TEAM | {Mover.ITSELF}, says_why=False,
        reasons=(LabelReason.REVIEWED, LabelReason.DATES_BACK),
        letter="label-lifted", verb=_("Lever la suspension"), done=_("Suspension levée"),
    ),
    "end": Move(
        frozenset({LabelState.VALID, LabelState.SUSPENDED}), LabelState.ENDED, TEAM, says_why=False,
        reasons=(LabelReason.OVER, LabelReason.ASKED),
        letter="label-ended", verb=_("Terminer avant son dernier jour"),
        done=_("Terminé avant son dernier jour"),
    ),
    "revoke": Move(
        frozenset({LabelState.VALID, LabelState.SUSPENDED, LabelState.ENDED}),
        LabelState.REVOKED, frozenset({Mover.LEAD}), says_why=True,
        reasons=(LabelReason.CHANGED, LabelReason.UNTRUE, LabelReason.ASKED),
        letter="label-revoked", verb=_("Retirer pour toujours"), done=_("Retiré"),
    ),
}  # fmt: skip


class LabelRefused(Refused):
    """A move that the label's state, or the mover's role, does not allow."""


def available_moves(state: LabelState | str, mover: Mover) -> list[str]:
    return [key for key, move in MOVES.items() if state in move.sources and mover in move.movers]


def check(move: str, state: LabelState | str, mover: Mover) -> Move:
    """The move, or `LabelRefused`. Unknown moves are a programming error (`KeyError`)."""
    step = MOVES[move]
    if state not in step.sources:
        raise LabelRefused(
            gettext("Ce n’est plus possible\u00a0: l’état du label est «\u00a0%(state)s\u00a0».")
            % {"state": LabelState(state).label}
        )
    if mover not in step.movers:
        raise LabelRefused(gettext("Seule une personne responsable de l’appel peut le faire."))
    return step
