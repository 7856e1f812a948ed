from datetime import timedelta

import pytest

from gabare.foundation.tokens import digest
from gabare.initiatives.enums import MandateRole, State
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.operations import (
    AlreadySent,
    NotTheSecret,
    StaleDraft,
    TooManyLetters,
    change_axis,
    claim_draft,
    reopen_draft,
    save_draft,
    send_resume_link,
    start_draft,
)
from gabare.initiatives.queries import draft_by_secret, live_drafts_held
from gabare.journeys.deposit_initiative import send_draft
from gabare.mail.models import Letter
from tests.factories import PersonFactory
from tests.initiatives.given import CARRIER, DATE, IN_JUNE, a_draft, the_call

pytestmark = pytest.mark.django_db


def save(draft, *, seen, answers=None, occurrences=None, carriers=None, now=IN_JUNE):
    return save_draft(
        draft_id=draft.pk, answers=answers or {}, occurrences=occurrences, carriers=carriers,
        seen_saves=seen, now=now,
    )  # fmt: skip


def begun(call=None):
    call = call or the_call()
    return start_draft(call=call, axis=call.axes.get(key="evenements"), now=IN_JUNE)


def test_a_draft_begins_without_a_person_and_keeps_only_the_digest_of_its_secret():
    draft, secret = begun()
    assert draft.initiative.state == State.DRAFT
    assert draft.secret_digest == digest(secret)
    assert secret not in str(Draft.objects.values().get())
    assert draft_by_secret(secret) == draft
    assert draft_by_secret("") is None
    assert draft_by_secret(secret[:-1]) is None


def test_saving_keeps_what_is_typed_even_wrong_and_only_touches_its_own_page():
    draft, _ = begun()
    draft = save(draft, seen=0, answers={"title": "A", "link": "pas un lien"}, carriers=[CARRIER])
    draft = save(draft, seen=1, answers={"title": "B"}, occurrences=[DATE])
    assert draft.values == {"title": "B", "link": "pas un lien"}
    assert draft.carriers == [CARRIER]
    assert draft.occurrences == [DATE]
    assert draft.saves == 2
    assert Initiative.objects.get().title == "B"


def test_the_older_save_of_two_tabs_is_refused_and_changes_nothing():
    draft, _ = begun()
    save(draft, seen=0, answers={"title": "premier onglet"})
    with pytest.raises(StaleDraft) as stale:
        save(draft, seen=0, answers={"title": "second onglet"})
    assert stale.value.draft.values == {"title": "premier onglet"}
    draft.refresh_from_db()
    assert (draft.values, draft.saves) == ({"title": "premier onglet"}, 1)


def test_saving_again_what_is_kept_is_harmless_even_when_late():
    draft, _ = begun()
    save(draft, seen=0, answers={"title": "A"})
    again = save(draft, seen=0, answers={"title": "A"}, now=IN_JUNE + timedelta(hours=1))
    assert (again.saves, again.saved_at) == (1, IN_JUNE)


def test_changing_axis_keeps_what_was_typed():
    call = the_call()
    draft, _ = a_draft(call)
    moved = change_axis(draft_id=draft.pk, axis=call.axes.get(key="education"), now=IN_JUNE)
    assert moved.initiative.axis.key == "education"
    assert moved.revision.questionnaire.key == call.axes.get(key="education").questionnaire.key
    assert moved.values["title"] == "Café IA à la médiathèque"
    assert moved.saves == draft.saves + 1
    same = change_axis(draft_id=draft.pk, axis=moved.initiative.axis, now=IN_JUNE)
    assert same.saves == moved.saves


def test_the_first_person_to_claim_owns_the_next_ones_help():
    draft, _ = begun()
    first, second = PersonFactory(), PersonFactory()
    assert claim_draft(draft_id=draft.pk, person=first).role == MandateRole.OWNER
    assert claim_draft(draft_id=draft.pk, person=second).role == MandateRole.EDITOR
    assert claim_draft(draft_id=draft.pk, person=first).role == MandateRole.OWNER
    assert draft.initiative.mandates.count() == 2


def test_a_sent_draft_is_saved_no_more_until_it_is_reopened():
    draft, _ = a_draft(the_call())
    version = send_draft(draft_id=draft.pk, person=PersonFactory(), now=IN_JUNE)
    with pytest.raises(AlreadySent):
        save(draft, seen=1, answers={"title": "trop tard"})
    later = IN_JUNE + timedelta(days=1)
    reopened, secret = reopen_draft(initiative_id=draft.initiative_id, now=later)
    assert reopened.pk == draft.pk
    assert reopened.values == version.values
    assert reopened.occurrences == version.occurrences
    assert draft_by_secret(secret) == reopened
    save(reopened, seen=reopened.saves, answers={"title": "corrigé"})
    kept, _ = reopen_draft(initiative_id=draft.initiative_id, now=later)
    assert kept.values["title"] == "corrigé"
    assert Initiative.objects.get().title == "Café IA à la médiathèque"
    version.refresh_from_db()
    assert version.values["title"] == "Café IA à la médiathèque"


def test_a_settled_initiative_is_not_reopened():
    draft, _ = a_draft(the_call())
    send_draft(draft_id=draft.pk, person=PersonFactory(), now=IN_JUNE)
    Initiative.objects.update(state=State.LABELLED, settled_at=IN_JUNE)
    with pytest.raises(Refused, match="Labellisée"):
        reopen_draft(initiative_id=draft.initiative_id, now=IN_JUNE)


def test_the_axis_of_what_was_sent_does_not_change():
    call = the_call()
    draft, _ = a_draft(call)
    send_draft(draft_id=draft.pk, person=PersonFactory(), now=IN_JUNE)
    reopened, _ = reopen_draft(initiative_id=draft.initiative_id, now=IN_JUNE)
    with pytest.raises(Refused):
        change_axis(draft_id=reopened.pk, axis=call.axes.get(key="recherche"), now=IN_JUNE)


def test_the_link_is_sent_three_times_an_hour_at_most():
    draft, secret = a_draft(the_call())

    def ask(now=IN_JUNE):
        return send_resume_link(
            draft_id=draft.pk, secret=secret, email="a@example.org", language="fr", now=now
        )

    letter, *_ = [ask() for _ in range(3)]
    assert f"/deposer/reprendre/{secret}/" in letter.text
    assert "pas encore envoyé" in letter.text
    with pytest.raises(TooManyLetters):
        ask()
    ask(IN_JUNE + timedelta(hours=2))
    with pytest.raises(NotTheSecret):
        send_resume_link(
            draft_id=draft.pk, secret="autre", email="a@example.org", language="fr", now=IN_JUNE
        )
    assert Letter.objects.count() == 4


def test_new_drafts_do_not_send_more_letters_to_the_same_address():
    call = the_call()

    def ask(email):
        draft, secret = a_draft(call)
        send_resume_link(draft_id=draft.pk, secret=secret, email=email, language="fr", now=IN_JUNE)

    for _ in range(3):
        ask("a@example.org")
    with pytest.raises(TooManyLetters):
        ask("A@example.org")
    ask("b@example.org")


@pytest.mark.parametrize("many", [1, 3])
def test_live_drafts_of_a_browser_and_of_a_person_come_in_one_query(
    many, django_assert_num_queries
):
    call, person = the_call(), PersonFactory()
    pairs = [a_draft(call) for _ in range(many)]
    mine, _ = begun(call)
    claim_draft(draft_id=mine.pk, person=person)
    begun(call)  # somebody else's
    secrets = [secret for _, secret in pairs]
    with django_assert_num_queries(1):
        found = live_drafts_held(secrets=secrets, person=person, call=call)
        assert all(d.initiative.axis.title for d in found)
    assert {d.pk for d in found} == {d.pk for d, _ in pairs} | {mine.pk}
    sent = pairs[0][0]
    send_draft(draft_id=sent.pk, person=person, now=IN_JUNE)
    assert sent not in live_drafts_held(secrets=secrets, person=person, call=call)
