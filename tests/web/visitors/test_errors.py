"""Pages that nobody hopes to see."""

import pytest
from django.test import Client
from django.views.defaults import server_error

from tests.agenda.given import a_call
from tests.factories import PersonFactory
from tests.web.visitors.pages import Page, read

pytestmark = pytest.mark.django_db


def test_a_lost_page_offers_ways_out(client):
    a_call()
    page = read(client, "/nulle/part/", 404)
    links = {link["href"] for link in page.every("a")}
    assert {"/agenda/", "/plan-du-site/"} <= links


def test_a_lost_page_in_english_stays_in_english(client):
    assert read(client, "/en/nowhere/", 404).every("html")[0]["lang"] == "en"


@pytest.mark.parametrize("path", ["/equipe/", "/gestion/"])
def test_a_reserved_page_says_who_can_open_it(client, path):
    a_call()
    client.force_login(PersonFactory())
    answer = client.get(path)
    assert answer.status_code == 403
    assert "écrivez à l’équipe" in answer.content.decode()


def test_a_form_too_old_says_that_the_draft_is_kept():
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/compte/entrer/", {"login": "a@example.org"})
    assert answer.status_code == 403
    assert "Votre brouillon est gardé" in answer.content.decode()


def test_a_crash_is_drawn_without_the_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = Page(server_error(rf.get("/")).content.decode())
    assert not page.wrong
    assert page.headings == [1]
    assert [html["lang"] for html in page.every("html")] == ["fr"]


@pytest.mark.parametrize(("demo", "debug", "status"), [(0, 0, 404), (1, 0, 200), (0, 1, 200)])
def test_the_gallery_is_for_those_who_build(client, settings, demo, debug, status):
    settings.GABARE_DEMO, settings.DEBUG = bool(demo), bool(debug)
    assert client.get("/composants/").status_code == status


def test_the_gallery_is_well_made(client, settings):
    settings.GABARE_DEMO = True
    page = read(client, "/composants/")
    assert not page.wrong
    assert len(page.ids) == len(set(page.ids))
