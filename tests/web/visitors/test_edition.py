import pytest
from bs4 import BeautifulSoup

from gabare.agenda.operations import create_edition
from tests.agenda.given import NOW, a_call, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    call = a_call()
    april, may = call.planned_rounds.all()
    create_edition(planned=april, counts={"label": 2, "complete": 1, "decline": 3}, now=NOW)
    create_edition(planned=may, counts={}, now=NOW)
    listed(call, "Deux dates", "2024-06-20", "2024-06-21", edition="2024-04")
    listed(call, "Un cours", axis="education", edition="2024-04")
    return call


def page(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_an_edition_lists_each_initiative_once_by_axis(client, call):
    soup = page(client, "/editions/2024-04/")
    assert soup.h1.text == "Avril\u00a02024"
    assert "Édition n°\u00a01, publiée le 12\u00a0juin\u00a02024" in soup.main.text
    assert [a.text for a in soup.select(".rows h3 a")] == ["Deux dates", "Un cours"]
    assert [h.text for h in soup.select("h2.month")] == [
        "Axe 1 · Axe evenements", "Axe 2 · Axe education"
    ]  # fmt: skip
    for said in [
        "2 initiatives labellisées",
        "1 dossier attend",
        "3 dossiers n’ont pas été retenus",
    ]:
        assert said in soup.main.text
    assert soup.select_one("a[rel=next]")["href"] == "/editions/2024-05/"
    assert soup.select_one("a[rel=prev]") is None
    assert soup.select_one("#abonnement a")["href"].endswith("?quand=tout&edition=2024-04")


def test_an_edition_may_be_empty(client, call):
    soup = page(client, "/editions/2024-05/")
    assert "n’a labellisé aucune initiative" in soup.main.text
    assert soup.select_one("a[rel=prev]")["href"] == "/editions/2024-04/"


def test_editions_newest_first(client, call):
    assert [a["href"] for a in page(client, "/editions/").select("h2 a")] == [
        "/editions/2024-05/", "/editions/2024-04/"
    ]  # fmt: skip


def test_no_edition_yet(client):
    a_call()
    assert "Aucune édition" in page(client, "/editions/").main.text
    assert client.get("/editions/2024-04/").status_code == 404
    assert client.get("/editions/nimporte/").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_an_edition_costs_the_same_queries(client, django_assert_num_queries, count):
    call = a_call()
    create_edition(planned=call.planned_rounds.first(), counts={"label": count}, now=NOW)
    for number in range(count):
        listed(call, f"Atelier {number}", "2024-06-20", criteria={"droit": "x"})
    with django_assert_num_queries(8):
        page(client, "/editions/2024-04/")
