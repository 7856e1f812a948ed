from datetime import date

import pytest

from gabare.calls.models import Wave
from tests.agenda.given import a_call, listed
from tests.web.visitors.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    call = a_call()
    call.tagline = {"fr": "Une métropole débat.", "en": "A city debates."}
    call.save()
    return call


def second_wave(call) -> None:
    Wave.objects.create(
        call=call, key="vague-2", position=2, title={"fr": "Deuxième vague"},
        opens_on=date(2024, 10, 1), new_until=date(2025, 3, 31), complete_until=date(2025, 3, 31),
        correct_until=date(2025, 3, 31), freeze_on=date(2025, 4, 30),
        starts_on=date(2024, 10, 1), ends_on=date(2025, 4, 30),
    )  # fmt: skip


def said(client, settings, day: date) -> str:
    settings.GABARE_TODAY = day
    html = client.get("/").content.decode().replace("\u00a0", " ")
    start = html.index('<p class="eyebrow">') + len('<p class="eyebrow">')
    return html[start : html.index("</p>", start)]


@pytest.mark.parametrize(
    ("day", "sentence", "deposit"),
    [
        (date(2024, 3, 1), "Bientôt · Première vague : dépôts à partir du 1er avril", False),
        (date(2024, 4, 1), "Première vague · dépôts ouverts jusqu’au 31 août", True),
        (date(2024, 9, 1), "Entre deux vagues · Deuxième vague : dépôts à partir du 1er octobre",
         False),
        (date(2024, 12, 1), "Deuxième vague · dépôts ouverts jusqu’au 31 mars 2025", True),
        (date(2025, 4, 1), "Appel terminé · les dépôts sont clos", False),
    ],
)  # fmt: skip
def test_it_says_where_the_call_stands(client, call, settings, day, sentence, deposit):
    second_wave(call)
    assert said(client, settings, day) == sentence
    main = client.get("/").content.decode().split("<main")[1]
    assert ("/deposer/" in main) == deposit


def test_the_last_days_are_counted(client, call, settings):
    assert "jusqu’au 31 août, il reste 2 jours" in said(client, settings, date(2024, 8, 29))


def test_without_a_call_it_says_so(client):
    assert "Aucun appel n’est publié" in client.get("/").content.decode()


def test_it_shows_the_next_six_dates_and_the_year_of_the_call(client, call):
    for day in range(13, 21):
        listed(call, f"Rencontre du {day}", f"2024-06-{day}T18:00")
    html = client.get("/").content.decode()
    assert "8 rendez-vous à venir" in html
    assert [f"Rencontre du {day}" in html for day in range(13, 21)] == [True] * 6 + [False] * 2
    assert 'class="timeline"' in html


def test_with_nothing_to_come_it_stays_whole(client, call):
    assert "Rien d’annoncé pour l’instant" in client.get("/").content.decode()


def test_english_has_its_own_sentence(client, call):
    assert "A city debates." in client.get("/en/").content.decode()


def test_the_rose_of_the_hero_is_decorative_and_numbered(client, call):
    roses = [svg for svg in read(client, "/").every("svg") if svg["class"] == "rose large"]
    assert [rose["aria-hidden"] for rose in roses] == ["true"]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_follow_the_number_of_dates(client, call, count, django_assert_num_queries):
    for day in range(count):
        listed(call, f"Rencontre {day}", f"2024-06-{13 + day}T18:00")
    client.get("/agenda/")  # the facets are read once a generation
    with django_assert_num_queries(5):
        client.get("/")
