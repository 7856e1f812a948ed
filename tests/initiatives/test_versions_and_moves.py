from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from gabare.initiatives.enums import Role, State
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Carrier, Initiative, Occurrence, StateChange, Version
from gabare.initiatives.operations import (
    claim_draft,
    move_initiative,
    reopen_draft,
    submit_version,
)
from gabare.mail.models import Letter, LetterText
from gabare.mail.queries import NoLetterText
from gabare.people.models import Organisation
from tests.factories import PersonFactory
from tests.initiatives.given import CARRIER, DATE, IN_JUNE, IN_MARCH, a_draft, answers, the_call

pytestmark = pytest.mark.django_db
ACKNOWLEDGED = {"received_on": "hier", "record": ["- Titre"], "next_steps": "Ensuite."}


def submitted(draft, *, person=None, occurrences=(DATE,), carriers=(CARRIER,), now=IN_JUNE,
              **changes):  # fmt: skip
    return submit_version(
        draft_id=draft.pk, person=person or PersonFactory(),
        values=answers(draft.initiative.call, **changes), occurrences=list(occurrences),
        carriers=list(carriers), now=now,
    )  # fmt: skip


def moved(version, move, role=Role.CARRIER, **more):
    values = {"letter_values": ACKNOWLEDGED, **more}
    return move_initiative(
        initiative_id=version.initiative_id, move=move, role=role, actor=None, now=IN_JUNE, **values
    )


def reopened(version, **changes):
    Initiative.objects.update(state=State.TO_COMPLETE, submitted_at=IN_JUNE)
    draft, _ = reopen_draft(initiative_id=version.initiative_id, now=IN_JUNE)
    return submitted(draft, **changes)


def test_a_version_freezes_words_dates_and_carriers():
    draft, _ = a_draft(the_call())
    version = submitted(draft, occurrences=[DATE, {**DATE, "start": "2024-07", "end": ""}])
    assert version.number == 1
    assert version.initiative.wave.key == "vague-1"
    first, second = version.initiative.occurrences.all()
    assert first.starts_at == datetime(2024, 6, 26, 15, 30, tzinfo=UTC)
    assert first.ends_at == datetime(2024, 6, 26, 17, 0, tzinfo=UTC)
    assert (first.precision, second.precision) == ("minute", "month")
    assert second.starts_at == datetime(2024, 6, 30, 22, 0, tzinfo=UTC)
    assert second.ends_at is None
    assert first.commune.name == "Nantes"
    assert [block["uid"] for block in version.occurrences] == [first.uid, second.uid]
    assert version.initiative.carriers.get().organisation.name == CARRIER["name"]


def test_sent_twice_it_is_one_version():
    draft, _ = a_draft(the_call())
    first = submitted(draft)
    assert submitted(draft, title="autre") == first
    assert Version.objects.count() == Occurrence.objects.count() == Carrier.objects.count() == 1


def test_slugs_are_readable_apart_and_kept():
    call = the_call()
    first, second, third, fourth = (
        submitted(a_draft(call)[0], title=title).initiative
        for title in ("Café IA !", "Café IA !", "数学と私", "Café-IA…")
    )
    assert first.slug == "cafe-ia"
    assert second.slug == f"cafe-ia-{second.public_id}"
    assert third.slug == third.public_id
    assert fourth.slug == f"cafe-ia-{fourth.public_id}"
    again = reopened(Version.objects.get(initiative=first), title="Un autre titre").initiative
    assert (again.slug, again.title) == ("cafe-ia", "Un autre titre")


def test_a_date_keeps_its_uid_and_its_sequence_rises_when_it_changes():
    draft, _ = a_draft(the_call())
    version = submitted(draft, occurrences=[DATE, {**DATE, "start": "2024-07-01", "end": ""}])
    first, second = version.occurrences
    after = reopened(
        version,
        occurrences=[{**first, "place": "Ailleurs"}, second, {**DATE, "start": "2024", "end": ""}],
    )
    uids = [block["uid"] for block in after.occurrences]
    assert uids[:2] == [first["uid"], second["uid"]]
    rows = {row.uid: row for row in Occurrence.objects.all()}
    assert [rows[uid].sequence for uid in uids] == [1, 0, 0]
    assert rows[uids[0]].place == "Ailleurs"
    last = reopened(after, occurrences=[second])
    assert [row.uid for row in Occurrence.objects.all()] == [second["uid"]]
    assert last.number == 3


def test_the_uid_of_another_initiative_is_not_taken():
    call = the_call()
    other = submitted(a_draft(call)[0])
    stolen = {**DATE, "uid": other.occurrences[0]["uid"], "place": "pris"}
    mine = submitted(a_draft(call)[0], occurrences=[stolen])
    assert mine.occurrences[0]["uid"] != other.occurrences[0]["uid"]
    assert other.initiative.occurrences.get().place == "Médiathèque"


def test_carriers_follow_the_order_given_and_organisations_are_shared():
    call = the_call()
    partner = {**CARRIER, "name": "Un partenaire", "role": "partner"}
    version = submitted(a_draft(call)[0], carriers=[partner, CARRIER])
    submitted(a_draft(call)[0], carriers=[{**CARRIER, "name": CARRIER["name"].upper()}])
    found = version.initiative.carriers.values_list("organisation__name", "role")
    assert list(found) == [("Un partenaire", "partner"), (CARRIER["name"], "lead")]
    assert Organisation.objects.count() == 2
    after = reopened(version, carriers=[CARRIER])
    assert after.initiative.carriers.get().organisation.name == CARRIER["name"]


def test_no_version_is_made_where_no_wave_is_open():
    draft, _ = a_draft(the_call(), now=IN_MARCH)
    with pytest.raises(Refused, match="Aucune vague"):
        submitted(draft, now=IN_MARCH)
    assert not Version.objects.exists()


def test_a_move_writes_state_log_and_letters_to_every_holder_of_a_mandate():
    draft, _ = a_draft(the_call())
    owner, helper = PersonFactory(), PersonFactory(language="en")
    claim_draft(draft_id=draft.pk, person=owner)
    claim_draft(draft_id=draft.pk, person=helper)
    version = submitted(draft, person=owner)
    initiative = moved(version, "submit")
    assert (initiative.state, initiative.submitted_at) == (State.SUBMITTED, IN_JUNE)
    line = StateChange.objects.get()
    assert (line.source, line.target, line.role) == (State.DRAFT, State.SUBMITTED, Role.CARRIER)
    letters = {letter.recipient: letter for letter in Letter.objects.all()}
    assert set(letters) == {owner.email, helper.email}
    assert letters[owner.email].about == f"initiative:{initiative.public_id}"
    assert letters[helper.email].language == "en"
    withdrawn = moved(version, "withdraw")
    assert (withdrawn.state, withdrawn.settled_at) == (State.WITHDRAWN, IN_JUNE)
    assert withdrawn.submitted_at == IN_JUNE


def test_a_letter_that_cannot_be_written_undoes_the_move():
    draft, _ = a_draft(the_call())
    version = submitted(draft)
    LetterText.objects.filter(key="acknowledgment").delete()
    with pytest.raises(NoLetterText), transaction.atomic():
        moved(version, "submit")
    version.initiative.refresh_from_db()
    assert version.initiative.state == State.DRAFT
    assert not StateChange.objects.exists()


def test_a_refused_move_writes_nothing():
    draft, _ = a_draft(the_call())
    version = submitted(draft)
    for role in (Role.TEAM, Role.EDITION):
        with pytest.raises(Refused):
            moved(version, "submit", role)
    assert not StateChange.objects.exists()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "accepted"},
        {"state": State.LABELLED},  # settled without a date
        {"state": State.SUBMITTED},  # sent without date or wave
        {"settled_at": IN_JUNE},  # a date without being settled
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    draft, _ = a_draft(the_call())
    with pytest.raises(IntegrityError), transaction.atomic():
        Initiative.objects.filter(pk=draft.initiative_id).update(**wrong)


def test_the_database_refuses_a_date_that_ends_before_it_starts_and_two_leads():
    version = submitted(a_draft(the_call())[0])
    dates = Occurrence.objects.all()
    early = dates.get().starts_at - timedelta(hours=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        dates.update(ends_at=early)
    other = Organisation.objects.create(name="B", slug="b", folded_name="b", kind="association")
    with pytest.raises(IntegrityError), transaction.atomic():
        Carrier.objects.create(initiative=version.initiative, organisation=other, role="lead")
