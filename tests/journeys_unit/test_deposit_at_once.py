"""Several people, tabs and fingers at once, on a real file or server: nothing lost, no lock met."""

import pytest

from gabare.initiatives.models import Draft, Version
from gabare.initiatives.operations import StaleDraft, save_draft
from gabare.journeys.deposit_initiative import send_draft
from gabare.mail.models import Letter
from gabare.review.models import Dossier
from tests.factories import PersonFactory
from tests.initiatives.given import IN_JUNE, a_draft, the_call

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


def test_a_deposit_sent_many_times_at_once_is_sent_once(at_once):
    draft, _ = a_draft(the_call())
    person = PersonFactory()
    given = {"draft_id": draft.pk, "person": person, "now": IN_JUNE}
    versions = at_once(send_draft, *[given] * MANY)
    assert len({version.pk for version in versions}) == 1

    def counted() -> list[int]:
        return [model.objects.count() for model in (Version, Dossier, Letter)]

    assert at_once(counted, {})[0] == [1, 1, 1]


def test_many_drafts_saved_and_sent_at_once_are_all_there(at_once):
    call, person = the_call(), PersonFactory()
    drafts = [a_draft(call)[0] for _ in range(MANY)]
    saves = [
        {"draft_id": draft.pk, "answers": {"title": f"Dépôt {n}"}, "occurrences": None,
         "carriers": None, "seen_saves": 1, "now": IN_JUNE}
        for n, draft in enumerate(drafts)
    ]  # fmt: skip
    assert all(isinstance(saved, Draft) for saved in at_once(save_draft, *saves))
    given = [{"draft_id": draft.pk, "person": person, "now": IN_JUNE} for draft in drafts]
    versions = at_once(send_draft, *given)
    assert {v.values["title"] for v in versions} == {f"Dépôt {n}" for n in range(MANY)}
    assert len({version.initiative.slug for version in versions}) == MANY


def test_of_many_saves_of_one_draft_at_once_one_is_kept_and_the_others_are_told(at_once):
    draft, _ = a_draft(the_call())
    saves = [
        {"draft_id": draft.pk, "answers": {"title": f"Onglet {n}"}, "occurrences": None,
         "carriers": None, "seen_saves": 1, "now": IN_JUNE}
        for n in range(MANY)
    ]  # fmt: skip
    found = at_once(save_draft, *saves)
    kept = [each for each in found if isinstance(each, Draft)]
    assert len(kept) == 1
    told = [each for each in found if isinstance(each, StaleDraft)]
    assert len(told) == MANY - 1
    assert all(each.draft.values["title"] == kept[0].values["title"] for each in told)


def test_the_same_title_sent_at_once_makes_different_addresses(at_once):
    call, person = the_call(), PersonFactory()
    drafts = [a_draft(call)[0] for _ in range(MANY)]
    versions = at_once(
        send_draft, *[{"draft_id": d.pk, "person": person, "now": IN_JUNE} for d in drafts]
    )
    slugs = {version.initiative.slug for version in versions}
    assert len(slugs) == MANY
    assert "cafe-ia-a-la-mediatheque" in slugs
