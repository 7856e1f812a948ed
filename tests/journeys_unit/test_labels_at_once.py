"""Two people on one label, and dates that change meanwhile: one wins, the other is told."""

import pytest

from gabare.agenda.models import Listing
from gabare.initiatives.enums import Role
from gabare.initiatives.models import Occurrence
from gabare.initiatives.operations import DatesMoved, Wanted
from gabare.journeys.change_dates import change_dates
from gabare.journeys.change_label import change_label
from gabare.labels.enums import Mover
from gabare.labels.lifecycle import LabelRefused
from gabare.labels.models import Label, LabelChange
from gabare.labels.operations import AlreadyMoved
from gabare.mail.models import Letter
from tests.factories import PersonFactory
from tests.labels.given import NOON, a_label
from tests.review.given import a_call

pytestmark = pytest.mark.django_db(transaction=True)


def tried(act, **given) -> str:
    try:
        act(**given)
    except (AlreadyMoved, LabelRefused, DatesMoved) as told:
        return type(told).__name__
    return "done"


def test_four_people_on_one_label_at_once(at_once):
    label, person = a_label(a_call(), "Atelier", "2024-06-18"), PersonFactory()
    asked = [
        {"act": change_label, "label_id": label.pk, "move": move, "mover": Mover.LEAD,
         "actor": person, "reason": "asked", "seen": 0, "now": NOON}
        for move in ("suspend", "end", "revoke", "suspend")
    ]  # fmt: skip
    outcomes = at_once(tried, *asked)
    assert sorted(outcomes) == ["AlreadyMoved"] * 3 + ["done"]

    def left() -> tuple[int, int, bool]:
        change = LabelChange.objects.get()
        in_agenda = Listing.objects.filter(label_suspended=change.target == "suspended").exists()
        agrees = in_agenda == (change.target != "revoked")
        return Letter.objects.count(), LabelChange.objects.count(), agrees

    assert at_once(left, {})[0] == (1, 1, True)


def test_dates_all_cancelled_while_the_label_is_revoked(at_once):
    label, person = a_label(a_call(), "Atelier", "2024-06-18", "2024-06-25"), PersonFactory()
    wanted = {
        row.uid: Wanted("cancelled", 0)
        for row in Occurrence.objects.filter(initiative=label.initiative_id)
    }

    def act(what: str) -> str:
        if what == "label":
            return tried(
                change_label, label_id=label.pk, move="revoke", mover=Mover.LEAD, actor=person,
                reason="asked", now=NOON,
            )  # fmt: skip
        try:
            return tried(
                change_dates, initiative_id=label.initiative_id, wanted=wanted, role=Role.CARRIER,
                actor=person, now=NOON,
            )  # fmt: skip
        except Exception as refused:  # noqa: BLE001 - the label was revoked first
            return str(refused)

    revoked, dates = at_once(act, {"what": "label"}, {"what": "dates"})
    assert revoked == "done"
    assert dates == "done" or "retiré" in dates

    def left() -> tuple[str, int]:
        return Label.objects.get().state, Listing.objects.count()

    assert at_once(left, {})[0] == ("revoked", 0)


def test_two_people_change_the_same_date_at_once(at_once):
    label, person = a_label(a_call(), "Atelier", "2024-06-18"), PersonFactory()
    uid = Occurrence.objects.get(initiative=label.initiative_id).uid
    asked = [
        {"act": change_dates, "initiative_id": label.initiative_id, "role": Role.TEAM,
         "actor": person, "now": NOON, "wanted": {uid: Wanted(status, 0)}}
        for status in ("full", "cancelled")
    ]  # fmt: skip
    assert sorted(at_once(tried, *asked)) == ["DatesMoved", "done"]

    def left() -> tuple[int, int]:
        return Occurrence.objects.get().sequence, Listing.objects.get().sequence

    assert at_once(left, {})[0] == (1, 1)
