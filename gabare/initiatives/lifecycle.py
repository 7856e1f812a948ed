"""The life of an initiative, as data. `operations.move_initiative` is the only door.

The same table feeds the buttons, the refusals, the documentation and the test of every
state × role pair. A call may rename states; it never adds one.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gabare.initiatives.enums import Role, State


@dataclass(frozen=True)
class Move:
    sources: frozenset[State]
    target: State
    roles: frozenset[Role]
    letter: str  # key of the letter queued in the same transaction, "" for none


@dataclass(frozen=True)
class Names:
    team: str | Promise
    carrier: str | Promise
    future: str | Promise  # what the carrier reads before the state is reached


MOVES: dict[str, Move] = {
    "submit": Move(
        frozenset({State.DRAFT, State.TO_COMPLETE}), State.SUBMITTED,
        frozenset({Role.CARRIER}), "acknowledgment",
    ),
    "correct": Move(
        frozenset({State.SUBMITTED}), State.SUBMITTED,
        frozenset({Role.CARRIER}), "acknowledgment",
    ),
    "ask_to_complete": Move(
        frozenset({State.SUBMITTED}), State.TO_COMPLETE, frozenset({Role.EDITION}), "to-complete"
    ),
    "label": Move(
        frozenset({State.SUBMITTED}), State.LABELLED, frozenset({Role.EDITION}), "labelled"
    ),
    "defer": Move(  # read again in the next round
        frozenset({State.SUBMITTED}), State.SUBMITTED, frozenset({Role.EDITION}), "deferred"
    ),
    "decline": Move(
        frozenset({State.SUBMITTED}), State.DECLINED, frozenset({Role.EDITION}), "declined"
    ),
    "withdraw": Move(
        frozenset({State.DRAFT, State.SUBMITTED, State.TO_COMPLETE}), State.WITHDRAWN,
        frozenset({Role.CARRIER}), "withdrawn",
    ),
}  # fmt: skip

SETTLED = frozenset({State.LABELLED, State.DECLINED, State.WITHDRAWN})

NAMES: dict[State, Names] = {
    State.DRAFT: Names(
        _("Brouillon"), _("Brouillon, pas encore envoyé"), _("Vous préparez votre dépôt")
    ),
    State.SUBMITTED: Names(_("À lire"), _("Envoyée, en lecture"), _("L’équipe la lit")),
    State.TO_COMPLETE: Names(
        _("Attend le porteur"), _("À compléter"), _("L’équipe peut demander un complément")
    ),
    State.LABELLED: Names(_("Labellisée"), _("Labellisée"), _("L’édition la publie")),
    State.DECLINED: Names(
        _("Non retenue"), _("Non retenue"), _("L’équipe explique pourquoi elle ne la retient pas")
    ),
    State.WITHDRAWN: Names(_("Retirée"), _("Retirée à votre demande"), _("Vous pouvez la retirer")),
}


class Refused(Exception):
    """A step that the life cycle does not have. `str()` is a sentence for a person."""


def available_moves(state: State | str, role: Role) -> list[str]:
    return [key for key, m in MOVES.items() if state in m.sources and role in m.roles]


def check(move: str, state: State | str, role: Role) -> Move:
    """The move, or `Refused`. Unknown moves are a programming error (`KeyError`)."""
    step = MOVES[move]
    if role not in step.roles or state not in step.sources:
        raise Refused(refusal(state))
    return step


def refusal(state: State | str) -> str:
    return gettext("Ce n’est plus possible : l’état de l’initiative est « %(state)s ».") % {
        "state": NAMES[State(state)].carrier
    }
