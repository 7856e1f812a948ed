"""Every state × move × mover, what the database itself refuses, and what the words must be."""

import pytest
from django.db import Error, IntegrityError, transaction

from gabare.labels.enums import LabelReason, LabelState, Mover
from gabare.labels.lifecycle import MOVES, LabelRefused, available_moves
from gabare.labels.models import Label, LabelChange
from gabare.labels.operations import AlreadyMoved, move_label
from gabare.labels.queries import in_state, labels_of_call
from gabare.labels.rules import state_on
from gabare.labels.validators import LONGEST, ChangeProblem
from tests.factories import PersonFactory
from tests.labels.given import DAY, LATER, NOON, a_label
from tests.review.given import a_call

pytestmark = pytest.mark.django_db
V, S, E, R = LabelState
TEAM, LEAD, ITSELF = Mover
# (state, move) → who may, and where it leads. What is not here is refused to everyone.
ALLOWED = {
    (V, "suspend"): ({TEAM, LEAD, ITSELF}, S),
    (S, "lift"): ({TEAM, LEAD, ITSELF}, V),
    (V, "end"): ({TEAM, LEAD}, E),
    (S, "end"): ({TEAM, LEAD}, E),
    (V, "revoke"): ({LEAD}, R),
    (S, "revoke"): ({LEAD}, R),
    (E, "revoke"): ({LEAD}, R),
}


@pytest.fixture
def label():
    return a_label(a_call())


def moved(label, move, mover=LEAD, **given):
    given.setdefault("reason", MOVES[move].reasons[0])
    actor = None if mover == ITSELF else PersonFactory()
    return move_label(
        label_id=label.pk, move=move, mover=mover, actor=actor, **{"now": NOON, **given}
    )


@pytest.mark.parametrize("mover", list(Mover))
@pytest.mark.parametrize("move", list(MOVES))
@pytest.mark.parametrize("state", list(LabelState))
def test_every_state_move_and_mover(label, state, move, mover):
    Label.objects.filter(pk=label.pk).update(state=state)
    movers, target = ALLOWED.get((state, move), (set(), None))
    assert (move in available_moves(state, mover)) == (mover in movers)
    if mover in movers:
        change = moved(label, move, mover)
        label.refresh_from_db()
        assert (change.source, change.target, label.state) == (state, target, target)
        return
    with pytest.raises(LabelRefused):
        moved(label, move, mover)
    label.refresh_from_db()
    assert label.state == state
    assert not LabelChange.objects.exists()


@pytest.mark.parametrize("state", [V, S])
@pytest.mark.parametrize("move", ["suspend", "lift", "end"])
def test_once_its_period_is_over_it_can_only_be_revoked(label, state, move):
    Label.objects.filter(pk=label.pk).update(state=state)
    with pytest.raises(LabelRefused, match="Terminé"):
        moved(label, move, now=LATER)
    assert moved(label, "revoke", now=LATER).source == E


def test_a_lead_alone_is_told_so(label):
    with pytest.raises(LabelRefused, match="responsable"):
        moved(label, "revoke", TEAM)


@pytest.mark.parametrize("move", ["suspend", "revoke"])
@pytest.mark.parametrize("words", ["", "   ", "\x00\n"])
def test_a_public_reason_is_due(label, move, words):
    with pytest.raises(ChangeProblem) as problem:
        moved(label, move, reason="", public_reason=words)
    assert set(problem.value.errors) == {"reason"}


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("reason", {"reason": LabelReason.DATES_BACK}),
        ("reason", {"reason": "inventé"}),
        ("public_reason", {"public_reason": "x" * (LONGEST + 1)}),
        ("note", {"note": "é" * (LONGEST + 1)}),
    ],
)
def test_words_that_do_not_do_are_refused_one_by_one(label, field, given):
    with pytest.raises(ChangeProblem) as problem:
        moved(label, "suspend", **given)
    assert set(problem.value.errors) == {field}
    label.refresh_from_db()
    assert label.state == V


def test_words_are_kept_without_the_signs_that_lie(label):
    change = moved(
        label, "suspend", public_reason=" Le \u202e18\x00 juin ", note="Appelés\r\ndeux fois"
    )
    change.refresh_from_db()
    assert change.public_reason == "Le 18 juin"
    assert change.note == "Appelés\ndeux fois"


def test_the_second_of_two_people_is_told(label):
    first = moved(label, "suspend", seen=0)
    with pytest.raises(AlreadyMoved) as met:
        moved(label, "end", seen=0)
    assert met.value.change == first
    assert moved(label, "end", seen=first.pk).target == E


@pytest.mark.parametrize(
    "changed", [{"state": "valid"}, {"scope": "Tout"}, {"ends_on": DAY}, {"criteria": ["usager"]}]
)
def test_the_database_refuses_to_change_a_revoked_label(label, changed):
    moved(label, "revoke")
    with pytest.raises(Error, match="revoked_label_is_final"), transaction.atomic():
        Label.objects.filter(pk=label.pk).update(**changed)
    label.refresh_from_db()
    assert label.state == R


def test_a_valid_label_is_not_held_by_that(label):
    assert Label.objects.filter(pk=label.pk).update(ends_on=DAY) == 1


def test_the_database_refuses_to_rewrite_history(label):
    change = moved(label, "suspend")
    with pytest.raises(Error, match="label_history_is_final"), transaction.atomic():
        LabelChange.objects.filter(pk=change.pk).update(public_reason="Autre")
    change.refresh_from_db()
    assert change.public_reason == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"source": R, "target": V},
        {"move": "revive"},
        {"target": R},
        {"reason": "", "public_reason": ""},
        {"actor": None},
        {"mover": ITSELF},
    ],
)
def test_the_database_refuses_a_line_that_cannot_be(label, wrong):
    line = {
        "move": "suspend", "source": V, "target": S, "mover": TEAM, "actor": PersonFactory(),
        "reason": LabelReason.ASKED, "at": NOON,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        LabelChange.objects.create(label=label, **{**line, **wrong})
    LabelChange.objects.create(label=label, **line)


def test_a_label_is_revoked_once(label):
    moved(label, "revoke")
    line = {
        "move": "revoke", "source": E, "target": R, "mover": LEAD, "actor": PersonFactory(),
        "reason": LabelReason.ASKED, "at": NOON,
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        LabelChange.objects.create(label=label, **line)


@pytest.mark.parametrize("day", [DAY, LATER.date()])
def test_the_list_by_state_says_what_each_page_says(label, day):
    call = label.initiative.call
    for state in LabelState:
        other = a_label(call, f"Atelier {state}")
        Label.objects.filter(pk=other.pk).update(state=state)
    for state in LabelState:
        listed = set(labels_of_call(call).filter(in_state(state, day)))
        assert listed == {one for one in Label.objects.all() if state_on(one, day) == state}
