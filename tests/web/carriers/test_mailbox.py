"""The demonstration's mailbox, and its absence everywhere else."""

import importlib
import sys
from datetime import UTC, datetime

import pytest
from django.urls import NoReverseMatch, clear_url_caches, reverse

from gabare.mail.models import Letter

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 4, 2, 8, tzinfo=UTC)


def assemble():
    importlib.reload(sys.modules["config.urls"])
    clear_url_caches()


@pytest.fixture
def demonstration(settings):
    reverse("visitors:home")  # the addresses are read once at least
    settings.GABARE_DEMO = True
    assemble()
    yield
    settings.GABARE_DEMO = False
    assemble()


def write(count=1, **more):
    fields = {"key": "x", "recipient": "ada@example.org", "text": "Voir https://exemple.org/x"}
    for number in range(count):
        Letter.objects.create(created_at=NOW, subject=f"Lettre {number}", **{**fields, **more})


def test_out_of_a_demonstration_there_is_no_mailbox(client):
    write()
    with pytest.raises(NoReverseMatch):
        reverse("demo-mailbox")
    assert client.get("/demo/courrier/").status_code in {302, 404}


def test_anybody_reads_the_letters_of_a_demonstration(demonstration, client):
    write(text="<b>gras</b>\n\nVoir https://exemple.org/x")
    page = client.get("/demo/courrier/").content.decode()
    assert "Lettre 0" in page
    address = reverse("demo-letter", args=[Letter.objects.get().public_id])
    page = client.get(address).content.decode()
    assert "&lt;b&gt;gras" in page
    assert 'href="https://exemple.org/x"' in page


def test_the_page_of_the_code_leads_to_its_letter(demonstration, client):
    client.post("/compte/entrer/", {"email": "ada@example.org"})
    assert 'href="/demo/courrier/"' in client.get("/compte/code/").content.decode()


def test_an_empty_mailbox_says_so(demonstration, client):
    assert "Aucune lettre" in client.get("/demo/courrier/").content.decode()


def test_many_letters_take_several_pages(demonstration, client):
    write(31)
    assert "page=2" in client.get("/demo/courrier/").content.decode()
    assert "page=1" in client.get("/demo/courrier/?page=2").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(
    demonstration, client, count, django_assert_num_queries
):
    write(count)
    with django_assert_num_queries(4):
        client.get("/demo/courrier/")
