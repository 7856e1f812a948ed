from datetime import timedelta

import pytest

from gabare.initiatives.enums import Role
from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.operations import claim_draft, move_initiative, send_resume_link
from gabare.initiatives.rules import UNSENT_IS_KEPT
from gabare.journeys.deposit_initiative import owner_of_files, send_draft
from gabare.journeys.forget_unsent_drafts import forget_unsent_drafts
from gabare.mail.models import Letter
from gabare.questionnaires.models import Attachment
from gabare.questionnaires.operations import keep_file
from tests.factories import PersonFactory
from tests.initiatives.given import IN_JUNE, a_draft, the_call
from tests.questionnaires.given import PDF, upload

pytestmark = pytest.mark.django_db
A_SECOND = timedelta(seconds=1)
TOO_OLD = IN_JUNE + UNSENT_IS_KEPT + A_SECOND


@pytest.fixture
def call():
    return the_call()


def test_a_draft_goes_with_its_files_and_the_letter_of_its_secret(call):
    draft, secret = a_draft(call)
    claim_draft(draft_id=draft.pk, person=PersonFactory())
    keep_file(upload=upload("a.pdf", PDF), owner=owner_of_files(draft.initiative), now=IN_JUNE)
    send_resume_link(
        draft_id=draft.pk, secret=secret, email="a@example.org", language="fr", now=IN_JUNE
    )
    assert forget_unsent_drafts(now=TOO_OLD - 2 * A_SECOND) == 0
    assert forget_unsent_drafts(now=TOO_OLD) == 1
    for model in (Initiative, Draft, Attachment, Letter):
        assert not model.objects.exists()


def test_a_draft_still_written_stays(call):
    a_draft(call)
    later, _secret = a_draft(call, now=IN_JUNE + timedelta(days=2))
    assert forget_unsent_drafts(now=TOO_OLD) == 1
    assert Draft.objects.get() == later


def test_what_was_withdrawn_before_it_was_ever_sent_goes_too(call):
    draft, _secret = a_draft(call)
    person = PersonFactory()
    claim_draft(draft_id=draft.pk, person=person)
    move_initiative(
        initiative_id=draft.initiative_id,
        move="withdraw",
        role=Role.CARRIER,
        actor=person,
        now=IN_JUNE,
    )
    assert forget_unsent_drafts(now=TOO_OLD) == 1
    assert not Initiative.objects.exists()


def test_what_was_sent_is_never_erased(call):
    draft, _secret = a_draft(call)
    send_draft(draft_id=draft.pk, person=PersonFactory(), now=IN_JUNE)
    assert forget_unsent_drafts(now=TOO_OLD) == 0
    assert Draft.objects.get() == draft
