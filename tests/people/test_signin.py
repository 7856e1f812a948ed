"""Signing in, through the pages that people use."""

import re
from html import unescape

import pytest
from allauth.core.context import request_context
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse

from gabare.mail.models import Letter
from gabare.people.models import Person
from gabare.people.signin import send_code
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ENTER, CODE = "/compte/entrer/", "/compte/code/"


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


def sent_code(email):
    letter = Letter.objects.filter(recipient=email).first()
    return re.search(r"^    ([A-Z]{4}-[A-Z]{4})$", letter.text, re.MULTILINE)[1]


def ask(client, email, **more):
    return client.post(ENTER, {"email": email, **more})


def words(response):
    return unescape(response.content.decode())


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_known_person_enters_with_the_code_and_goes_where_they_were_going(client):
    person = PersonFactory(email="ada@example.org")
    answer = ask(client, "Ada@example.org", next="/compte/cles/")
    assert answer["Location"] == "/compte/code/?next=%2Fcompte%2Fcles%2F"
    assert client.get(answer["Location"]).status_code == 200
    code = sent_code("ada@example.org")
    answer = client.post(CODE, {"code": code.lower().replace("-", " "), "next": "/compte/cles/"})
    assert answer["Location"] == "/compte/cles/"
    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_session_changes_its_name_when_it_gains_rights(client):
    ask(client, "ada@example.org")
    before = client.session.session_key
    client.post(CODE, {"code": sent_code("ada@example.org")})
    assert client.session.session_key != before


def test_an_unknown_address_gets_the_same_answer_and_an_account_only_with_its_code(client):
    PersonFactory(email="connue@example.org")
    known, unknown = ask(client, "connue@example.org"), ask(client, "neuve@example.org")
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    first, second = Letter.objects.order_by("id")
    assert first.subject == second.subject
    assert re.sub(r"[A-Z]{4}-[A-Z]{4}", "", first.text) == re.sub(
        r"[A-Z]{4}-[A-Z]{4}", "", second.text
    )
    assert not Person.objects.filter(email="neuve@example.org").exists()
    client.post(CODE, {"code": sent_code("neuve@example.org")})
    person = Person.objects.get(email="neuve@example.org")
    assert signed_in(client)
    assert not person.has_usable_password()
    assert not person.is_staff


def test_a_wrong_code_is_said_under_its_field_and_in_the_summary(client):
    ask(client, "ada@example.org")
    page = words(client.post(CODE, {"code": "XXXX-XXXX"}))
    assert "<title>Erreur – Votre code" in re.sub(r"\s+", " ", page)
    assert 'href="#id_code"' in page
    assert 'id="id_code-error"' in page
    assert 'value="XXXX-XXXX"' in page
    assert not signed_in(client)


def test_after_five_wrong_codes_the_right_one_is_refused_and_another_is_offered(client):
    ask(client, "ada@example.org")
    code = sent_code("ada@example.org")
    for _ in range(5):
        client.post(CODE, {"code": "XXXX-XXXX"})
    page = words(client.post(CODE, {"code": code}))
    assert "essayé trop de fois" in page
    assert not signed_in(client)
    assert client.post(CODE, {"action": "resend"}).status_code == 302
    client.post(CODE, {"code": sent_code("ada@example.org")})
    assert signed_in(client)


def test_an_expired_code_is_said_so_and_another_is_one_button_away(client, monkeypatch):
    ask(client, "ada@example.org", next="/compte/")
    code = sent_code("ada@example.org")
    age(client, minutes=16)
    page = words(client.post(CODE, {"code": code, "next": "/compte/"}))
    assert "n’est plus valable" in page
    assert "Recevoir un autre code" in page
    assert not signed_in(client)
    answer = client.post(CODE, {"action": "resend", "next": "/compte/"})
    assert answer["Location"] == "/compte/code/?next=%2Fcompte%2F#main"
    answer = client.post(CODE, {"code": sent_code("ada@example.org"), "next": "/compte/"})
    assert answer["Location"] == "/compte/"


def age(client, *, minutes):
    session = client.session
    login = session["account_login"]
    login["initiated_at"] -= minutes * 60
    login["state"]["stages"]["login_by_code"]["data"]["at"] -= minutes * 60
    session["account_login"] = login
    session.save()


def test_a_new_code_voids_the_earlier_one(client):
    ask(client, "ada@example.org")
    earlier = sent_code("ada@example.org")
    client.post(CODE, {"action": "resend"})
    client.post(CODE, {"code": earlier})
    assert not signed_in(client)


def test_the_fourth_code_in_a_minute_is_refused_in_words(client):
    for _ in range(3):
        ask(client, "ada@example.org")
    page = words(ask(client, "ada@example.org"))
    assert "viennent d’être envoyés" in page
    assert Letter.objects.count() == 3


@pytest.mark.parametrize("email", ["", "ada", "a@b", "a@example.org\nBcc: b@example.org"])
def test_what_is_no_address_is_said_and_kept(client, email):
    page = words(ask(client, email))
    assert 'href="#id_email"' in page
    assert 'role="alert"' in page
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    "target",
    ["https://piege.example/", "//piege.example", "javascript:x", "http://127.0.0.1/piege"],
)
def test_next_never_leaves_the_site(client, target):
    answer = ask(client, "ada@example.org", next=target)
    assert answer["Location"] == CODE
    code = sent_code("ada@example.org")
    answer = client.post(CODE, {"code": code, "next": target})
    assert answer["Location"].startswith("/")
    assert "piege" not in answer["Location"]


def test_no_code_asked_leads_back_to_the_address(client):
    assert client.get(CODE + "?next=/compte/")["Location"] == ENTER + "?next=%2Fcompte%2F"


def test_a_closed_account_is_told_so_after_its_code_and_not_before(client):
    PersonFactory(email="ada@example.org", is_active=False)
    ask(client, "ada@example.org")
    answer = client.post(CODE, {"code": sent_code("ada@example.org")}, follow=True)
    assert answer.status_code == 403
    assert "Compte fermé" in words(answer)
    assert not signed_in(client)


def test_signing_out_takes_a_post(client):
    client.force_login(PersonFactory())
    assert client.get("/compte/sortir/").status_code == 200
    assert signed_in(client)
    client.post("/compte/sortir/")
    assert not signed_in(client)


def test_english_pages_stay_in_english(client):
    answer = client.post("/en/compte/entrer/", {"email": "ada@example.org"})
    assert answer["Location"] == "/en/compte/code/"
    assert client.get("/en/compte/cles/")["Location"].startswith("/en/compte/entrer/")


def test_who_is_already_in_is_not_asked_again(client):
    client.force_login(PersonFactory())
    for name in ("account_login", "account_confirm_login_code"):
        assert client.get(reverse(name) + "?next=/compte/")["Location"] == "/compte/"


def test_the_name_given_with_a_deposit_becomes_the_persons_with_the_code(rf, client):
    request = rf.get("/")
    request.session, request.user = client.session, AnonymousUser()
    with request_context(request):
        send_code(request, email="Ada@example.org", name="Ada N.")
    request.session.save()
    client.cookies["sessionid"] = request.session.session_key
    client.post(CODE, {"code": sent_code("ada@example.org")})
    assert Person.objects.get(email="ada@example.org").name == "Ada N."
