"""The table read back pair by pair: whatever is not in it is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.initiatives.enums import InitiativeTrace, Role, State
from gabare.initiatives.lifecycle import (
    MOVES,
    NAMES,
    SETTLED,
    Refused,
    available_moves,
    check,
)

D, S, T, L, N, W = State
C, R, E = Role
ALLOWED = {
    ("submit", D, C): S,
    ("submit", T, C): S,
    ("correct", S, C): S,
    ("ask_to_complete", S, E): T,
    ("label", S, E): L,
    ("defer", S, E): S,
    ("decline", S, E): N,
    ("withdraw", D, C): W,
    ("withdraw", S, C): W,
    ("withdraw", T, C): W,
}


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", MOVES)
def test_every_move_of_every_state_by_every_role(move, state, role):
    target = ALLOWED.get((move, state, role))
    if target is None:
        with pytest.raises(Refused, match=str(NAMES[state].carrier)):
            check(move, state, role)
        assert move not in available_moves(state, role)
    else:
        assert check(move, state, role).target == target
        assert move in available_moves(state, role)


def test_nothing_leaves_a_settled_state():
    assert not [(state, role) for state in SETTLED for role in Role if available_moves(state, role)]


def test_every_state_can_be_reached_but_the_first():
    assert {move.target for move in MOVES.values()} == set(State) - {State.DRAFT}


def test_every_state_has_its_three_names():
    assert set(NAMES) == set(State)
    assert all(name.team and name.carrier and name.future for name in NAMES.values())


def test_an_unknown_move_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        check("publish", State.DRAFT, Role.CARRIER)


@given(st.lists(st.tuples(st.sampled_from(list(MOVES)), st.sampled_from(list(Role))), max_size=30))
def test_whatever_is_tried_a_settled_initiative_stays_settled(tries):
    state, settled = State.DRAFT, None
    for move, role in tries:
        if (move, role) and move in available_moves(state, role):
            state = check(move, state, role).target
        assert settled in (None, state)
        settled = state if state in SETTLED else None


def test_every_move_leaves_its_line_in_the_trace():
    assert {f"initiative-{move}" for move in MOVES} <= set(InitiativeTrace.values)
