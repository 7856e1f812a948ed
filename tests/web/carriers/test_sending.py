import re

import pytest
from django.test import Client

from gabare.initiatives.enums import MandateRole, State
from gabare.initiatives.models import Draft, Initiative, Version
from gabare.initiatives.operations import claim_draft
from gabare.mail.models import Letter
from gabare.people.models import Person
from gabare.web.carriers.holding import COOKIE
from tests.factories import PersonFactory
from tests.initiatives.given import DATE, TOO_LATE, a_draft, the_call
from tests.web.carriers.given import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings):
    at(settings)
    return the_call()


def holding(client: Client, call, **changes) -> Draft:
    """This browser holds a draft, by its secret link."""
    draft, secret = a_draft(call, **changes)
    client.post(f"/deposer/reprendre/{secret}/")
    assert COOKIE in client.cookies
    return draft


def page(client, draft, end, status=200):
    answer = client.get(f"/deposer/{draft.initiative.public_id}/{end}/")
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def post(client, draft, end, **data):
    return client.post(f"/deposer/{draft.initiative.public_id}/{end}/", data)


def test_the_review_echoes_everything_with_the_way_back(client, call):
    draft = holding(client, call)
    html = page(client, draft, "relecture")
    for said in ("Café IA à la médiathèque", "Une soirée pour parler", "Gratuit", "17 h 30 – 19 h",
                 "Les Ateliers de l’estuaire", "contact@example.org"):  # fmt: skip
        assert said in html
    assert html.count(">Modifier<") == 4
    assert "À corriger" not in html
    assert "Recevoir un code" in html
    assert "pas encore envoyé" in html


def test_the_contact_already_given_is_not_typed_twice(client, call):
    html = page(client, holding(client, call), "relecture")
    assert re.search(r'id="id_name" name="name" value="Camille Exemple"', html)
    assert re.search(r'id="id_email" name="email" value="contact@example.org"', html)


def test_the_preview_is_the_public_page_and_hides_what_is_not_public(client, call):
    draft = holding(client, call)
    html = page(client, draft, "apercu")
    assert "Café IA à la médiathèque</h1>" in html
    assert "On regarde ce que l’outil change" in html
    assert "contact@example.org" not in html
    assert "Camille Exemple" not in html


def test_facts_are_told_and_do_not_prevent_sending(client, call):
    draft = holding(
        client, call,
        occurrences=[{**DATE, "start": "2025-09-19", "end": "", "commune": "",
                      "commune_name": "Laval"}],
    )  # fmt: skip
    html = page(client, draft, "relecture")
    assert "Aucune date ne tombe dans la période" in html
    assert "Aucun lieu n’est sur le territoire" in html
    assert "Recevoir un code" in html


def test_identity_is_asked_last_and_a_code_leads_to_the_last_confirmation(client, call):
    draft = holding(client, call)
    answer = post(client, draft, "identite", name="Camille Exemple", email="camille@example.org")
    sending = f"/deposer/{draft.initiative.public_id}/envoyer/"
    assert answer.url.startswith("/compte/code/?next=")
    assert not Person.objects.exists()
    letter = Letter.objects.get()
    code = re.search(r"\b[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}\b", letter.subject + letter.text)[0]
    answer = client.post(answer.url, {"code": code})
    assert answer.url == sending
    html = page(client, draft, "envoyer")
    assert "camille@example.org" in html
    assert "pas encore envoyé" in html
    assert not Version.objects.exists()
    mandate = draft.initiative.mandates.get()
    assert (mandate.person.name, mandate.role) == ("Camille Exemple", MandateRole.OWNER)
    answer = client.post(sending)
    assert answer.url == sending.replace("envoyer", "envoyee")
    html = page(client, draft, "envoyee")
    assert draft.initiative.public_id in html
    assert "dimanche 30 juin 2024" in html
    assert Letter.objects.filter(key="acknowledgment").count() == 1


def test_sending_twice_finds_the_first_one(client, call):
    draft = holding(client, call)
    client.force_login(PersonFactory())
    first, second = post(client, draft, "envoyer"), post(client, draft, "envoyer")
    assert first.url == second.url
    assert Version.objects.count() == 1
    assert client.get(f"/deposer/{draft.initiative.public_id}/envoyer/").url == first.url
    assert "déjà été envoyée" in page(client, draft, "presentation", 410)


def test_a_wrong_identity_keeps_the_draft_and_what_was_typed(client, call):
    draft = holding(client, call)
    answer = post(client, draft, "identite", name="", email="camille@")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="camille@"' in html
    assert 'href="#id_email"' in html
    assert 'id="id_name-error"' in html
    assert not Letter.objects.exists()


def test_too_many_codes_are_told_and_the_draft_waits(client, call):
    draft = holding(client, call)
    answers = [
        post(client, draft, "identite", name="Camille", email="camille@example.org")
        for _ in range(12)
    ]
    assert answers[-1].status_code == 422
    assert "votre brouillon est gardé" in answers[-1].content.decode()


def test_nobody_sends_without_signing_in(client, call):
    draft = holding(client, call)
    answer = post(client, draft, "envoyer")
    assert answer.url == f"/deposer/{draft.initiative.public_id}/relecture/"
    assert not Version.objects.exists()


def test_what_is_missing_is_listed_before_and_refused_after(client, call):
    draft = holding(client, call, title="", link="pas un lien")
    html = page(client, draft, "relecture")
    assert "Recevoir un code" not in html
    assert "?complet=1#field-title" in html
    assert "?complet=1#field-link" in html
    client.force_login(PersonFactory())
    assert "Il reste 2 réponses" in page(client, draft, "envoyer")
    assert post(client, draft, "envoyer").url.endswith("/relecture/")
    assert Initiative.objects.get().state == State.DRAFT


def test_a_deadline_that_passes_while_typing_keeps_the_draft_and_says_what_can_be_done(
    client, call, settings
):
    draft = holding(client, call)
    client.force_login(PersonFactory())
    at(settings, TOO_LATE.replace(month=9, day=2))
    html = page(client, draft, "presentation")
    assert "Votre brouillon est gardé" in html
    assert "mardi 1er octobre 2024" in html
    assert "Café IA à la médiathèque" in html
    answer = post(client, draft, "envoyer")
    assert answer.status_code == 409
    assert "Votre brouillon est gardé" in answer.content.decode()
    at(settings, TOO_LATE.replace(month=10, day=2))
    assert post(client, draft, "envoyer").url.endswith("/envoyee/")
    assert Initiative.objects.get().wave.key == "vague-2"


def test_a_helper_writes_and_the_owner_sends(client, call):
    draft, secret = a_draft(call)
    claim_draft(draft_id=draft.pk, person=PersonFactory())
    client.post(f"/deposer/reprendre/{secret}/")
    client.force_login(PersonFactory())
    assert "est la seule à pouvoir l’envoyer" in page(client, draft, "envoyer")
    assert post(client, draft, "envoyer").status_code == 409
    assert not Version.objects.exists()


def test_the_session_may_die_at_every_step_the_draft_stays(client, call):
    draft = holding(client, call)
    cookie = client.cookies[COOKIE].value
    for end in ("presentation", "quand-ou", "boussole", "besoins", "relecture"):
        client = Client()
        client.cookies[COOKIE] = cookie
        assert "Café IA à la médiathèque" in page(client, draft, end)
