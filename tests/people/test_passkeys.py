"""Passkeys, through the pages, with a key in software."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache

from gabare.mail.models import Letter
from tests.factories import PersonFactory
from tests.people.soft_key import SoftKey

pytestmark = pytest.mark.django_db
KEYS, ADD, ENTER = "/compte/cles/", "/compte/cles/ajouter/", "/compte/cles/entrer/"


@pytest.fixture
def ada(client):
    """Someone who has just entered with a code."""
    cache.clear()
    person = PersonFactory(email="ada@example.org")
    client.post("/compte/entrer/", {"email": person.email})
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", Letter.objects.get().text)[0]
    client.post("/compte/code/", {"code": code})
    Letter.objects.all().delete()
    return person


@pytest.fixture
def key(ada, client):
    key = SoftKey()
    added = client.post(
        ADD, {"credential": key.create(client.get(ADD).json()), "name": "téléphone"}
    )
    assert added["Location"] == KEYS
    return key


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_key_is_added_shown_and_told_by_letter(key, client):
    page = client.get(KEYS).content.decode()
    assert "téléphone" in page
    assert "data-passkey" in page
    letter = Letter.objects.get()
    assert letter.recipient == "ada@example.org"
    assert letter.key == "webauthn-added"


def test_a_key_enters_and_goes_where_the_person_was_going(key, ada, client):
    client.post("/compte/sortir/")
    credential = key.get(client.get(ENTER).json())
    answer = client.post(ENTER, {"credential": credential, "next": "/compte/"})
    assert answer["Location"] == "/compte/"
    assert client.session["_auth_user_id"] == str(ada.pk)


def test_what_a_key_signed_serves_once(key, client):
    client.post("/compte/sortir/")
    credential = key.get(client.get(ENTER).json())
    client.post(ENTER, {"credential": credential})
    client.post("/compte/sortir/")
    client.get(ENTER)
    client.post(ENTER, {"credential": credential})
    assert not signed_in(client)


def test_a_key_that_was_never_added_does_not_enter(key, client):
    client.post("/compte/sortir/")
    other = SoftKey(owner=key.owner)
    answer = client.post(ENTER, {"credential": other.get(client.get(ENTER).json())}, follow=True)
    assert "Cette clé n’est pas connue ici" in answer.content.decode()
    assert not signed_in(client)


@pytest.mark.parametrize(
    "credential",
    ["", "x", "{}", "[]", "null", '{"id": "é", "rawId": 1, "response": {}}', "[" * 100_000],
)
def test_a_credential_that_makes_no_sense_is_refused_in_words(ada, client, credential):
    client.get(ADD)
    added = client.post(ADD, {"credential": credential}, follow=True)
    assert "n’a pas pu être ajoutée" in added.content.decode()
    client.post("/compte/sortir/")
    client.get(ENTER)
    entered = client.post(ENTER, {"credential": credential}, follow=True)
    assert "n’est pas connue ici" in entered.content.decode()
    assert not Authenticator.objects.exists()


def test_a_key_is_removed_after_a_question_and_told_by_letter(key, client):
    address = f"{KEYS}{Authenticator.objects.get().pk}/retirer/"
    assert "téléphone" in client.get(address).content.decode()
    assert Authenticator.objects.exists()
    client.post(address)
    assert not Authenticator.objects.exists()
    assert Letter.objects.filter(key="webauthn-removed").count() == 1


def test_nobody_removes_the_key_of_another(key, client):
    other = Authenticator.objects.create(
        user=PersonFactory(), type=Authenticator.Type.WEBAUTHN, data={"name": "x"}
    )
    assert client.post(f"{KEYS}{other.pk}/retirer/").status_code == 404
    assert Authenticator.objects.filter(pk=other.pk).exists()


def test_a_closed_account_does_not_enter_with_its_key(key, ada, client):
    client.post("/compte/sortir/")
    ada.is_active = False
    ada.save()
    client.post(ENTER, {"credential": key.get(client.get(ENTER).json())})
    assert not signed_in(client)


def test_long_after_signing_in_a_new_code_comes_before_touching_keys(key, client):
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**r, "at": r["at"] - 16 * 60} for r in records]
    session.save()
    prove = "/compte/confirmer/?next=%2Fcompte%2Fcles%2F"
    assert client.get(ADD)["Location"] == prove
    assert "data-passkey" not in client.get(KEYS).content.decode()
    assert "ada@example.org" in client.get(prove).content.decode()
    answer = client.post("/compte/confirmer/code/", {"next": KEYS})
    assert answer["Location"] == "/compte/code/?next=%2Fcompte%2Fcles%2F"
    letter = Letter.objects.filter(key="login-code").first()
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", letter.text)[0]
    assert client.post("/compte/code/", {"code": code, "next": KEYS})["Location"] == KEYS
    assert client.get(ADD).status_code == 200


def test_a_key_is_never_asked_on_top_of_a_code(key, ada, client):
    client.post("/compte/sortir/")
    client.post("/compte/entrer/", {"email": ada.email})
    letter = Letter.objects.filter(key="login-code").first()
    client.post("/compte/code/", {"code": re.search(r"[A-Z]{4}-[A-Z]{4}", letter.text)[0]})
    assert signed_in(client)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_keys_asks_the_same_whatever_its_length(
    ada, client, count, django_assert_num_queries
):
    for _ in range(count):
        key = SoftKey()
        client.post(ADD, {"credential": key.create(client.get(ADD).json())})
    client.get(KEYS)  # the messages of the additions are read
    with django_assert_num_queries(4):
        client.get(KEYS)
