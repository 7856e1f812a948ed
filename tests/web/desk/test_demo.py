"""The links that the demonstration prints: one use each, and only in a demonstration."""

import pytest
from django.core import signing

from gabare.journeys.demo_entry import SALT, entry_address
from gabare.people.operations import give_role
from tests.factories import PersonFactory
from tests.review.given import a_call

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.GABARE_DEMO = True


def path_for(person):
    return "/equipe/" + entry_address(person).split("/equipe/")[1]


def test_a_link_opens_once(client):
    call, person = a_call(), PersonFactory()
    give_role(team=call.team, person=person, role="lead")
    link = path_for(person)
    assert client.get(link).url == "/equipe/"
    assert client.get("/equipe/").status_code == 200
    client.logout()
    again = client.get(link)
    assert again.status_code == 410
    assert "a déjà servi" in again.content.decode()
    assert client.get("/equipe/").status_code == 302


def test_a_carrier_enters_at_home(client):
    a_call()
    assert client.get(path_for(PersonFactory())).url == "/mes-initiatives/"


def test_a_new_link_replaces_none_and_works_after_a_visit(client):
    person = PersonFactory()
    client.get(path_for(person))
    person.refresh_from_db()
    assert client.get(path_for(person)).status_code == 302


@pytest.mark.parametrize(
    "token",
    ["x", "a:b:c", signing.dumps([1, ""], salt="another")],
    ids=["a word", "three words", "signed for something else"],
)
def test_an_invented_link_opens_nothing(client, token):
    PersonFactory()
    assert client.get(f"/equipe/demonstration/{token}/").status_code == 410


def test_an_old_link_opens_nothing(client, monkeypatch):
    person = PersonFactory()
    with monkeypatch.context() as past:
        past.setattr("time.time", lambda: 1_700_000_000.0)
        token = signing.dumps([person.pk, ""], salt=SALT)
    assert client.get(f"/equipe/demonstration/{token}/").status_code == 410


def test_a_person_who_left_does_not_enter(client):
    assert client.get(path_for(PersonFactory(is_active=False))).status_code == 410


def test_nothing_opens_outside_a_demonstration(client, settings):
    link = path_for(PersonFactory())
    settings.GABARE_DEMO = False
    assert client.get(link).status_code == 404
    assert "_auth_user_id" not in client.session
