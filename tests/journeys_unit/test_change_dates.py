"""Published dates: cancelled, back, postponed; what the calendars, the label and letters say."""

import pytest

from gabare.agenda.gathering import generation
from gabare.agenda.models import Listing
from gabare.initiatives.enums import OccurrenceStatus, Role
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Initiative, Occurrence
from gabare.initiatives.operations import DatesMoved, Wanted
from gabare.journeys.change_dates import change_dates
from gabare.journeys.change_label import change_label
from gabare.labels.enums import LabelState, Mover
from gabare.labels.models import Label, LabelChange
from gabare.mail.models import Letter
from tests.factories import PersonFactory
from tests.labels.given import LATER, NOON, a_label
from tests.review.given import a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def label():
    return a_label(a_call(), "Atelier", "2024-06-18T18:00", "2024-06-25")


def asked(label, *statuses):
    """Each date in order; `None` leaves it out."""
    rows = Occurrence.objects.filter(initiative=label.initiative_id)
    return {
        row.uid: Wanted(status, row.sequence)
        for row, status in zip(rows, statuses, strict=True)
        if status
    }


def changed(label, *statuses, role=Role.CARRIER, now=NOON):
    return change_dates(
        initiative_id=label.initiative_id, wanted=asked(label, *statuses), role=role,
        actor=PersonFactory(name="Sam Exemple"), now=now,
    )  # fmt: skip


def moved(label, move, **given):
    return change_label(
        label_id=label.pk, move=move, mover=Mover.LEAD, actor=PersonFactory(), now=NOON, **given
    )


def state(label) -> str:
    return Label.objects.get(pk=label.pk).state


def test_a_date_that_changes_is_listed_with_its_sequence_raised(label):
    before = generation().number
    assert len(changed(label, "postponed", "scheduled")) == 1
    first, second = Listing.objects.order_by("starts_at")
    assert (first.status, first.sequence) == ("postponed", 1)
    assert (second.status, second.sequence) == ("scheduled", 0)
    assert generation().number != before
    assert state(label) == LabelState.VALID


def test_what_is_already_so_writes_nothing(label):
    changed(label, "full", "scheduled")
    before, letters = generation().number, Letter.objects.count()
    assert changed(label, "full", "scheduled") == []
    assert (generation().number, Letter.objects.count()) == (before, letters)


def test_every_date_cancelled_suspends_the_label_and_one_back_lifts_it(label):
    changed(label, "cancelled", None)
    assert state(label) == LabelState.VALID
    changed(label, None, "cancelled")
    assert state(label) == LabelState.SUSPENDED
    assert all(Listing.objects.values_list("label_suspended", flat=True))
    changed(label, "postponed", None)
    assert state(label) == LabelState.VALID
    assert not any(Listing.objects.values_list("label_suspended", flat=True))
    told = [(c.move, c.mover, c.reason, c.actor) for c in LabelChange.objects.all()]
    assert told == [
        ("suspend", "itself", "all-cancelled", None), ("lift", "itself", "dates-back", None)
    ]  # fmt: skip
    assert list(Letter.objects.order_by("id").values_list("key", flat=True)) == [
        "dates-changed", "dates-changed", "label-suspended", "dates-changed", "label-lifted",
    ]  # fmt: skip


def test_a_suspension_by_the_team_is_not_lifted_by_a_date(label):
    moved(label, "suspend", reason="under-review")
    changed(label, "cancelled", "cancelled")
    changed(label, "scheduled", None)
    assert state(label) == LabelState.SUSPENDED
    assert LabelChange.objects.count() == 1
    assert all(Listing.objects.values_list("label_suspended", flat=True))


def test_suspended_again_by_the_team_after_dates_it_stays(label):
    changed(label, "cancelled", "cancelled")
    moved(label, "lift")
    moved(label, "suspend", reason="changed")
    changed(label, "scheduled", None)
    assert state(label) == LabelState.SUSPENDED


@pytest.mark.parametrize("move", ["end", None])
def test_a_label_that_has_ended_stays_as_it_is(label, move):
    if move:
        moved(label, move)
    changed(label, "cancelled", "cancelled", now=NOON if move else LATER)
    assert state(label) == (LabelState.ENDED if move else LabelState.VALID)
    assert {row.status for row in Listing.objects.all()} == {"cancelled"}


def test_a_revoked_one_has_no_dates_in_public_any_more(label):
    moved(label, "revoke", reason="untrue")
    with pytest.raises(Refused, match="retiré"):
        changed(label, "cancelled", None)
    assert not Listing.objects.exists()
    assert not Occurrence.objects.filter(status="cancelled").exists()


def test_the_letter_says_who_and_what(label):
    changed(label, "full", None)
    letter = Letter.objects.get()
    assert "Sam Exemple" in letter.text
    assert "18\u00a0juin\u00a02024" in letter.text
    assert "complet" in letter.text
    changed(label, None, "postponed", role=Role.TEAM)
    assert "L’équipe de l’appel" in Letter.objects.latest("id").text


@pytest.mark.parametrize("status", ["", "inventé", "held"])
def test_a_status_that_cannot_be_is_refused_with_all_the_rest(label, status):
    with pytest.raises(Refused):
        change_dates(
            initiative_id=label.initiative_id, role=Role.TEAM, actor=PersonFactory(), now=NOON,
            wanted={**asked(label, "cancelled", None), **{
                uid: Wanted(status, 0) for uid in list(asked(label, None, "full"))
            }},
        )  # fmt: skip
    statuses = Occurrence.objects.values_list("status", flat=True)
    assert set(statuses) == {OccurrenceStatus.SCHEDULED}


def test_a_past_date_may_be_said_to_have_taken_place(label):
    assert changed(label, "held", "held", now=LATER)


def test_who_saw_an_older_page_is_told_and_changes_nothing(label):
    seen = asked(label, "full", "full")
    changed(label, "cancelled", None)
    with pytest.raises(DatesMoved):
        change_dates(
            initiative_id=label.initiative_id, wanted=seen, role=Role.TEAM,
            actor=PersonFactory(), now=NOON,
        )  # fmt: skip
    assert not Occurrence.objects.filter(status="full").exists()


def test_a_date_of_another_initiative_is_not_reached(label):
    other = a_label(label.initiative.call, "Autre", "2024-06-20")
    with pytest.raises(DatesMoved):
        change_dates(
            initiative_id=label.initiative_id, wanted=asked(other, "cancelled"), role=Role.TEAM,
            actor=PersonFactory(), now=NOON,
        )  # fmt: skip
    assert not Occurrence.objects.filter(status="cancelled").exists()


def test_before_the_label_a_date_is_corrected_in_the_deposit(label):
    Initiative.objects.filter(pk=label.initiative_id).update(state="submitted", settled_at=None)
    with pytest.raises(Refused, match="dépôt"):
        changed(label, "cancelled", None)
