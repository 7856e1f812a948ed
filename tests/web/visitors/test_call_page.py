import pytest
from django.conf import settings as django_settings

from gabare.calls.models import CallText, Promise
from gabare.calls.operations import apply_package
from gabare.calls.packages.reading import read_package
from tests.agenda.given import NOW, a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_call():
    """The real first call, from its package."""
    package = read_package(django_settings.BASE_DIR / "packages" / "ndia-2024")
    call = apply_package(package=package, now=NOW)
    type(call).objects.filter(pk=call.pk).update(is_current=True)
    return call


@pytest.mark.parametrize(
    "words",
    [
        "Axe 1 · Événements, rencontres, échanges",
        "Organisateurs publics et privés d’événements",
        "Établissements d’enseignement scolaire ou supérieur",
        "La promotion croisée de votre initiative",
        "ndia@nantesmetropole.fr",
        "Restitution le 18 septembre 2024",
    ],
)
def test_the_whole_call_is_there(client, first_call, words):
    html = client.get("/appel/").content.decode().replace("\u00a0", " ").replace("&#x27;", "’")
    assert words in html


def test_it_reads_in_english_too(client, first_call):
    html = client.get("/en/appel/").content.decode()
    assert "Contributions" in html or "contributions" in html
    assert '<html lang="en">' in html


def test_what_each_axis_asks_is_said(client, first_call):
    html = client.get("/appel/").content.decode()
    assert html.count('<details class="fold">') == 3
    assert "(obligatoire)" in html


def test_a_text_in_markdown_is_a_part_of_the_page(client):
    call = a_call()
    CallText.objects.create(
        call=call, key="contexte", position=1, title={"fr": "Contexte"},
        body={"fr": "# Sous\n\n*Oui*"},
    )  # fmt: skip
    html = client.get("/appel/").content.decode()
    assert "<h2>Contexte</h2>" in html
    assert "<h3>Sous</h3>" in html
    assert "<em>Oui</em>" in html


def test_markup_in_a_promise_is_text(client):
    Promise.objects.create(call=a_call(), key="p", position=1, label={"fr": "<b>Logo</b>"})
    assert "&lt;b&gt;Logo&lt;/b&gt;" in client.get("/appel/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_follow_the_number_of_promises(client, count, django_assert_num_queries):
    call = a_call()
    for position in range(count):
        Promise.objects.create(
            call=call, key=f"p{position}", position=position, label={"fr": f"Promesse {position}"}
        )
    with django_assert_num_queries(10):
        client.get("/appel/")
