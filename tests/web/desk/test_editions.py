import pytest
from django.urls import reverse

from gabare.agenda.models import Edition
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter
from gabare.people.operations import give_role
from gabare.review.models import Round
from tests.factories import PersonFactory
from tests.review.given import IN_APRIL, IN_MAY, a_call, a_dossier, declined, labelled, sent_back

pytestmark = pytest.mark.django_db
ADDRESS = "/equipe/edition/"
LETTERS, LABELS, EDITIONS = 8, 9, 8


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def lead(call, client):
    person = PersonFactory(name="Responsable")
    give_role(team=call.team, person=person, role="lead")
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def day(settings):
    settings.GABARE_TODAY = IN_MAY.date()


def shown_plan(client):
    page = client.get(ADDRESS).content.decode()
    return page.split('name="plan" value="')[1].split('"')[0]


def test_what_will_happen_is_said_before(call, lead, client):
    labelled(a_dossier(call, "Retenue"))
    sent_back(a_dossier(call, "Incomplète"))
    declined(a_dossier(call, "Hors sujet"))
    a_dossier(call, "Pas lue")
    page = client.get(ADDRESS).content.decode()
    for words in (
        "1 initiative labellisée", "1 complément demandé", "1 non retenue", "3 lettres",
        "Label n° 2024-001", "Ce qui passe à la relève suivante", "Pas lue", "Dites où.",
    ):  # fmt: skip
        assert words in page
    assert "La relève devait rester ouverte" not in page
    assert not Edition.objects.exists()


def test_publishing_before_the_cut_off_is_said(call, lead, client, settings):
    a_dossier(call)
    settings.GABARE_TODAY = IN_APRIL.date()
    assert "La relève devait rester ouverte" in client.get(ADDRESS).content.decode()


def test_publishing_applies_what_was_shown(call, lead, client):
    labelled(a_dossier(call))
    answer = client.post(ADDRESS, {"plan": shown_plan(client)})
    assert answer.url == reverse("desk:editions")
    assert Edition.objects.get().counts["label"] == 1
    assert "2024" in client.get(answer.url).content.decode()
    assert Letter.objects.get().key == "labelled"


def test_nothing_else_than_what_was_shown_is_published(call, lead, client):
    labelled(a_dossier(call))
    plan = shown_plan(client)
    declined(a_dossier(call, "Décidée entre-temps", now=IN_APRIL))
    answer = client.post(ADDRESS, {"plan": plan})
    assert answer.status_code == 409
    assert "rien n’est publié" in answer.content.decode()
    assert not Edition.objects.exists()


def test_publishing_twice_from_the_same_page_publishes_once(call, lead, client):
    labelled(a_dossier(call))
    plan = shown_plan(client)
    client.post(ADDRESS, {"plan": plan})
    again = client.post(ADDRESS, {"plan": plan})
    assert again.status_code in {302, 409}
    assert Edition.objects.count() == 1


def test_the_last_round_is_not_published_with_something_undecided(call, lead, client):
    labelled(a_dossier(call))
    client.post(ADDRESS, {"plan": shown_plan(client)})
    a_dossier(call, now=IN_MAY)
    page = client.get(ADDRESS).content.decode()
    assert "C’est la dernière relève" in page
    assert "Publier l’édition" not in page


def test_nothing_of_the_desk_stays_in_a_browser(call, lead, client):
    assert "no-store" in client.get(ADDRESS)["Cache-Control"]


def test_only_the_lead_publishes(call, client):
    reviewer = PersonFactory()
    give_role(team=call.team, person=reviewer, role="reviewer")
    client.force_login(reviewer)
    labelled(a_dossier(call))
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS).status_code == 403
    assert Round.objects.get().state == "open"


@pytest.mark.parametrize("many", [1, 3])
def test_the_plan_asks_the_same_queries(call, lead, client, many, django_assert_num_queries):
    for rank in range(many):
        labelled(a_dossier(call, f"Atelier {rank}"))
        declined(a_dossier(call, f"Hors sujet {rank}"))
    with django_assert_num_queries(15):
        assert client.get(ADDRESS).status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_letters_and_labels_ask_the_same_queries(
    call, lead, client, many, django_assert_num_queries
):
    for rank in range(many):
        labelled(a_dossier(call, f"Atelier {rank}"))
    client.post(ADDRESS, {"plan": shown_plan(client)})
    with django_assert_num_queries(LETTERS):
        assert client.get("/equipe/courrier/").content.decode().count("<tr>") == many + 1
    with django_assert_num_queries(LABELS):
        assert client.get("/equipe/labels/").content.decode().count("<tr>") == many + 1
    with django_assert_num_queries(EDITIONS):
        assert client.get("/equipe/editions/").status_code == 200


def test_a_letter_is_kept_from_leaving_or_edited(call, lead, client):
    labelled(a_dossier(call))
    client.post(ADDRESS, {"plan": shown_plan(client)})
    letter = Letter.objects.get()
    address = reverse("desk:letter", args=[letter.public_id])
    assert "2024-001" in client.get(address).content.decode()
    client.post(address, {"cancel": "1"})
    assert Letter.objects.get().state == LetterState.CANCELLED
    assert "Ne pas envoyer" not in client.get(address).content.decode()
    Letter.objects.update(state=LetterState.HELD)
    client.post(address, {"release": "1", "subject": "Autre objet", "text": "Autres mots"})
    assert (Letter.objects.get().subject, Letter.objects.get().text) == (
        "Autre objet", "Autres mots\n",
    )  # fmt: skip


def test_a_letter_that_is_not_about_an_initiative_is_not_shown(call, lead, client):
    labelled(a_dossier(call))
    client.post(ADDRESS, {"plan": shown_plan(client)})
    Letter.objects.update(about="person:1")
    assert "2024-001" not in client.get("/equipe/courrier/").content.decode()
    assert client.get(f"/equipe/courrier/{Letter.objects.get().public_id}/").status_code == 404


def test_an_editor_reads_a_letter_and_changes_nothing(call, lead, client):
    labelled(a_dossier(call))
    client.post(ADDRESS, {"plan": shown_plan(client)})
    letter = Letter.objects.get()
    editor = PersonFactory()
    give_role(team=call.team, person=editor, role="editor")
    client.force_login(editor)
    address = reverse("desk:letter", args=[letter.public_id])
    page = client.get(address).content.decode()
    assert "2024-001" in page
    assert "Ne pas envoyer" not in page
    assert client.post(address, {"cancel": "1"}).status_code == 403
    assert Letter.objects.get().state == LetterState.WAITING
