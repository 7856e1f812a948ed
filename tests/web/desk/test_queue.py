import pytest
from django.urls import reverse

from gabare.initiatives.enums import Role
from gabare.initiatives.operations import move_initiative
from gabare.people.operations import give_role
from tests.factories import PersonFactory
from tests.review.given import IN_APRIL, a_call, a_dossier, labelled, sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def reader(call, client):
    person = PersonFactory(name="Reader")
    give_role(team=call.team, person=person, role="reviewer")
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def day(settings):
    settings.GABARE_TODAY = IN_APRIL.date()


def test_queue_shows_dossiers_with_counts_and_carriers(call, reader, client):
    a_dossier(call, "À lire encore", carriers=["Médiathèque"])
    labelled(a_dossier(call, "Déjà décidée"), reader)
    page = client.get("/equipe/").content.decode()
    assert "1 à lire · 1 décidé</p>" in page
    for words in ("Relève d’avril\u00a02024", "Médiathèque", "✓ Labelliser · Reader"):
        assert words in page
    assert page.count('class="rose small"') >= 2


def test_queue_without_a_round_says_when_the_next_one_comes(reader, client):
    page = client.get("/equipe/").content.decode()
    assert "commencera avec le premier dépôt" in page


def test_a_withdrawn_initiative_is_no_longer_there(call, reader, client):
    dossier = a_dossier(call, "Retirée")
    move_initiative(
        initiative_id=dossier.initiative_id, move="withdraw", role=Role.CARRIER,
        actor=None, now=IN_APRIL,
    )  # fmt: skip
    page = client.get("/equipe/").content.decode()
    assert "Retirée</a>" not in page
    assert "Retirés par leur porteur" in page


@pytest.mark.parametrize("many", [1, 3])
def test_queue_asks_the_same_queries_whatever_its_length(
    call, reader, client, many, django_assert_num_queries
):
    for rank in range(many):
        labelled(a_dossier(call, f"Atelier {rank}"), reader)
        sent_back(a_dossier(call, f"Autre {rank}"), reader)
        a_dossier(call, f"À lire {rank}")
    with django_assert_num_queries(QUEUE):
        assert client.get("/equipe/").status_code == 200


QUEUE = 11


@pytest.mark.parametrize("name", ["queue", "letters", "labels", "editions"])
def test_pages_are_for_the_team(call, client, name):
    address = reverse(f"desk:{name}")
    assert client.get(address).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(address).status_code == 403
    member = PersonFactory()
    give_role(team=call.team, person=member, role="editor")
    client.force_login(member)
    assert client.get(address).status_code == 200


def test_a_dossier_of_another_call_is_not_found(call, reader, client):
    other = a_dossier(a_call("rennes", current=False))
    assert client.get(reverse("desk:dossier", args=[other.pk])).status_code == 404
