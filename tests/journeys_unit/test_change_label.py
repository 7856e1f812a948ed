"""A label that changes: the agenda, the pages and the letters follow, or nothing does."""

import pytest

from gabare.agenda.gathering import generation
from gabare.agenda.models import Listing
from gabare.journeys.change_label import change_label, letter_as_it_will_leave
from gabare.labels.enums import LabelReason, LabelState, Mover
from gabare.labels.lifecycle import MOVES
from gabare.labels.models import Label, LabelChange
from gabare.mail.models import Letter, LetterText
from gabare.mail.queries import NoLetterText
from tests.factories import PersonFactory
from tests.labels.given import NOON, a_label
from tests.review.given import a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


def changed(label, move, **given):
    given.setdefault("reason", MOVES[move].reasons[0])
    return change_label(
        label_id=label.pk, move=move, mover=Mover.LEAD, actor=PersonFactory(), now=NOON, **given
    )


def test_suspended_it_stays_in_the_agenda_which_says_so(call):
    label = a_label(call, "Atelier", "2024-06-18", "2024-06-25")
    before = generation().number
    changed(label, "suspend")
    assert list(Listing.objects.values_list("label_suspended", flat=True)) == [True, True]
    assert generation().number != before
    changed(label, "lift")
    assert not Listing.objects.filter(label_suspended=True).exists()


def test_ended_by_the_team_it_is_not_suspended_any_more(call):
    label = a_label(call, "Atelier", "2024-06-18")
    changed(label, "suspend")
    changed(label, "end")
    assert Listing.objects.get().label_suspended is False


def test_revoked_it_leaves_the_agenda_alone(call):
    label, other = a_label(call, "Atelier", "2024-06-18"), a_label(call, "Autre", "2024-06-19")
    changed(label, "revoke")
    assert [row.initiative for row in Listing.objects.all()] == [other.initiative]


@pytest.mark.parametrize("moves", [["suspend"], ["suspend", "lift"], ["end"], ["revoke"]])
def test_the_letter_is_the_one_that_was_shown(call, moves):
    holder = PersonFactory(language="fr")
    label = a_label(call, "Atelier", holder=holder)
    for move in moves:
        label.refresh_from_db()
        said = {"reason": MOVES[move].reasons[0], "public_reason": "Dit <b>ainsi</b>."}
        shown = letter_as_it_will_leave(label, move=move, person=holder, **said)
        changed(label, move, **said)
        letter = Letter.objects.latest("id")
        assert (letter.subject, letter.text, letter.html) == (shown.subject, shown.text, shown.html)
        assert letter.key == MOVES[move].letter
        assert letter.recipient == holder.email
        assert str(MOVES[move].reasons[0].label) in letter.text
        assert "Dit <b>ainsi</b>." in letter.text
        assert "<b>" not in letter.html
    assert Letter.objects.count() == len(moves)


def test_each_reads_the_stated_reason_in_their_language(call, settings):
    label = a_label(call, holder=PersonFactory(language="en"))
    changed(label, "suspend", reason=LabelReason.ALL_CANCELLED)
    assert "/en/label/2024-001/" in Letter.objects.get().text


def test_the_private_note_leaves_in_no_letter(call):
    changed(a_label(call), "suspend", note="SECRET")
    assert "SECRET" not in Letter.objects.get().text


def test_a_letter_that_cannot_be_written_leaves_everything_as_it_was(call):
    label = a_label(call, "Atelier", "2024-06-18")
    LetterText.objects.filter(key="label-revoked").delete()
    before = generation().number
    with pytest.raises(NoLetterText):
        changed(label, "revoke")
    assert Label.objects.get().state == LabelState.VALID
    assert Listing.objects.count() == 1
    assert not LabelChange.objects.exists()
    assert generation().number == before
