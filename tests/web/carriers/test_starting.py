import re

import pytest
from django.test import Client

from gabare.initiatives.enums import State
from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.operations import claim_draft
from gabare.mail.models import Letter
from gabare.web.carriers.holding import COOKIE
from tests.factories import PersonFactory
from tests.initiatives.given import IN_JUNE, IN_MARCH, TOO_LATE, a_draft, the_call
from tests.web.carriers.given import at, begin

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def call(settings):
    at(settings)
    return the_call()


def test_an_open_wave_offers_each_axis_with_its_target_and_says_the_deadline(client, call):
    html = page(client, "/deposer/")
    assert "samedi 31 août 2024 à 23 h 59" in html
    assert "(il reste 8" in html
    assert html.count("Choisir cet axe") == 3
    assert "Organisateurs publics et privés" in html
    assert "Je ne sais pas quel axe choisir" in html


def test_a_wave_not_open_yet_says_when(client, call, settings):
    at(settings, IN_MARCH)
    html = page(client, "/deposer/")
    assert "pas encore ouverts" in html
    assert "lundi 1er avril 2024" in html
    assert "Choisir cet axe" not in html
    assert client.post("/deposer/", {"axis": "evenements"}).status_code == 200
    assert not Draft.objects.exists()


def test_a_closed_call_says_who_to_write_to(client, call, settings):
    at(settings, TOO_LATE.replace(year=2026))
    html = page(client, "/deposer/")
    assert "Les dépôts sont fermés" in html
    assert "ndia@nantesmetropole.fr" in html


def test_without_a_call_there_is_nothing_to_deposit(client, db):
    assert "Aucun appel" in page(client, "/deposer/", 404)


def test_the_page_exists_in_english(client, call):
    assert 'lang="en"' in page(client, "/en/deposer/")


def test_choosing_an_axis_opens_a_draft_held_by_a_cookie_out_of_reach(client, call):
    address = begin(client)
    cookie = client.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    draft = Draft.objects.get()
    assert draft.initiative.state == State.DRAFT
    assert not draft.initiative.mandates.exists()
    assert draft.initiative.public_id in address
    html = page(client, address)
    assert "Brouillon ouvert, pas encore envoyé" in html
    assert client.get(address)["Cache-Control"].startswith("max-age=0")


def test_without_the_cookie_or_a_mandate_the_draft_is_refused_with_an_explanation(client, call):
    address = begin(client)
    stranger = Client()
    assert "ne s’ouvre pas ici" in page(stranger, address, 403)
    assert stranger.post(address, {"title": "x"}).status_code == 403
    assert stranger.post(f"{address}enregistrer/", {"title": "x"}).status_code == 403
    for end in ("apercu", "envoyer", "envoyee", "axe"):
        other = re.sub("presentation/$", f"{end}/", address)
        assert stranger.get(other).status_code == 403
    stranger.cookies[COOKIE] = client.cookies[COOKIE].value[:-2] + "xx"
    assert stranger.get(address).status_code == 403
    person = PersonFactory()
    stranger.force_login(person)
    assert stranger.get(address).status_code == 403
    claim_draft(draft_id=Draft.objects.get().pk, person=person)
    assert stranger.get(address).status_code == 200
    assert Client().get("/deposer/inconnu000/presentation/").status_code == 403


def test_coming_back_resumes_and_an_empty_draft_is_never_doubled(client, call):
    address = begin(client)
    assert begin(client) == address
    assert Draft.objects.count() == 1
    Initiative.objects.update(title="Café IA")
    html = page(client, "/deposer/")
    assert html.index("Reprendre") < html.index("Ou commencer une autre initiative")
    assert 'class="button" href="' + address in html
    assert "Café IA" in html
    Draft.objects.update(saves=1)
    assert begin(client) != address
    assert page(client, "/deposer/").count(">Reprendre<") == 2


def test_a_signed_in_person_finds_their_draft_on_any_device(client, call):
    draft, _ = a_draft(call)
    person = PersonFactory()
    claim_draft(draft_id=draft.pk, person=person)
    client.force_login(person)
    assert draft.initiative.public_id in page(client, "/deposer/")


def test_an_axis_that_does_not_exist_is_not_found(client, call):
    assert client.post("/deposer/", {"axis": "rien"}).status_code == 404


def test_the_secret_link_opens_elsewhere_after_a_button(client, call):
    address = begin(client)
    link = re.search(r'readonly value="http://testserver([^"]+)"', page(client, address))[1]
    phone = Client()
    assert "Reprendre" in page(phone, link)
    assert COOKIE not in phone.cookies
    answer = phone.post(link)
    assert answer.url == address
    assert phone.get(address).status_code == 200
    assert "ne s’ouvre pas ici" in page(phone, link[:-3] + "/", 404)


def test_a_browser_remembers_several_drafts(client, call):
    first = begin(client)
    Draft.objects.update(saves=1)
    second = begin(client, "education")
    assert client.get(first).status_code == client.get(second).status_code == 200


def test_the_link_is_sent_by_mail_on_request(client, call):
    address = begin(client).replace("presentation", "lien")
    answer = client.post(address, {"email": "claude@example.org"})
    assert answer.status_code == 200
    letter = Letter.objects.get()
    assert letter.recipient == "claude@example.org"
    assert "/deposer/reprendre/" in letter.text
    assert client.post(address, {"email": "pas une adresse"}).status_code == 422
    for _ in range(3):
        answer = client.post(address, {"email": "claude@example.org"})
    assert answer.status_code == 422
    assert "réessayez dans une heure" in answer.content.decode()


def test_the_axis_changes_in_the_way_and_answers_stay(client, call):
    address = begin(client)
    client.post(address, {"title": "Café IA", "shown": "title", "seen_saves": "0", "go": "stay"})
    other = address.replace("presentation", "axe")
    assert "Garder cet axe" in page(client, other)
    answer = client.post(other, {"axis": "recherche"})
    draft = Draft.objects.get()
    assert draft.initiative.axis.key == "recherche"
    assert draft.values["title"] == "Café IA"
    assert 'value="Café IA"' in page(client, answer.url)


def test_a_draft_already_sent_says_so(client, call):
    address = begin(client)
    Draft.objects.update(sent_at=IN_JUNE)
    assert "déjà été envoyée" in page(client, address, 410)
