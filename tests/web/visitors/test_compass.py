from datetime import date

import pytest

from gabare.calls.models import Compass, Correspondence, Criterion
from tests.agenda.given import a_call, listed
from tests.web.visitors.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


def another_wording(call) -> Criterion:
    other = Compass.objects.create(
        call=call, key="conseil", position=2, title={"fr": "Boussole du conseil"},
        source="Délibération", dated_on=date(2025, 6, 1),
    )  # fmt: skip
    return Criterion.objects.create(
        compass=other, key="loi", position=1, number="1", wording={"fr": "Respecter la loi"},
        short={"fr": "Loi"},
    )  # fmt: skip


def test_each_criterion_has_its_words_and_its_sub_criteria(client, call):
    html = client.get("/boussole/").content.decode()
    for name in ("securite", "droit", "biometrie", "usager"):
        assert f"Le critère {name}" in html
    assert html.count('href="/boussole/') == 1 + 3  # the menu, and each one of the first rank


def test_it_counts_what_sheds_light_on_each(client, call):
    listed(call, "A", "2024-06-20", criteria={"droit": "Ainsi"})
    listed(call, "B", "2024-05-20", criteria={"droit": "Ainsi", "usager": "Aussi"})
    html = client.get("/boussole/").content.decode()
    assert "2 dans l’agenda" in html
    assert "1 dans l’agenda" in html
    assert "0 dans l’agenda" in html


def test_other_wordings_are_told_with_their_date(client, call):
    another_wording(call)
    html = client.get("/boussole/").content.decode()
    assert "D’autres rédactions" in html
    assert "Respecter la loi" in html


def test_a_criterion_shows_what_sheds_light_on_it_and_what_answers_to_it(client, call):
    listed(call, "Procès fictif", "2024-06-20", criteria={"biometrie": "Ainsi"})
    listed(call, "Hors sujet", "2024-06-20", criteria={"usager": "Ainsi"})
    theirs = another_wording(call)
    mine = Criterion.objects.get(key="droit")
    Correspondence.objects.create(left=mine, right=theirs, relation="part", note={"fr": "Note"})
    html = client.get("/boussole/droit/").content.decode()
    assert "Le critère droit" in html
    assert "Procès fictif" in html  # a lit sub-criterion lights its parent
    assert "Hors sujet" not in html
    assert "Respecter la loi" in html
    assert "en partie" in html
    assert "L’appel" in html


def test_a_sub_criterion_is_read_on_its_parent_s_page(client, call):
    answer = client.get("/boussole/biometrie/")
    assert answer.status_code == 301
    assert answer["Location"] == "/boussole/droit/#biometrie"
    assert "biometrie" in read(client, "/boussole/droit/").ids


def test_a_criterion_that_nothing_sheds_light_on_says_so(client, call):
    assert "n’éclaire encore ce critère" in client.get("/boussole/securite/").content.decode()


@pytest.mark.parametrize("address", ["/boussole/inconnu/", "/boussole/loi/"])
def test_a_criterion_of_no_compass_in_force_is_not_found(client, call, address):
    another_wording(call)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_follow_what_is_listed(client, call, count, django_assert_num_queries):
    for day in range(count):
        listed(call, f"Rencontre {day}", f"2024-06-{13 + day}", criteria={"droit": "Ainsi"})
    client.get("/agenda/")
    with django_assert_num_queries(4):
        client.get("/boussole/droit/")
