from datetime import timedelta

import pytest
from django.http import QueryDict

from gabare.agenda.facets import places_of
from gabare.agenda.filters import Filters, read_filters
from gabare.agenda.gathering import current_facets
from gabare.agenda.models import Listing
from gabare.agenda.queries import (
    every_listing,
    filtered,
    last_published,
    listings_of,
    related,
)
from tests.agenda.given import NOW, a_call, listed

pytestmark = pytest.mark.django_db


def asked(query: str = "") -> Filters:
    return read_filters(QueryDict(query), current_facets().bits).filters


def titles(query: str = "", number: int = 1) -> list[str]:
    page = filtered(asked(query), now=NOW, number=number)
    return [row.title for section in page.sections for row in section.rows]


@pytest.mark.parametrize(
    ("quand", "expected"),
    [
        ("a-venir", {"ce soir", "en cours", "semaine", "juillet", "mois", "année", "mooc"}),
        ("semaine", {"ce soir", "en cours", "semaine", "lundi", "mois", "année"}),
        ("passees", {"mai", "lundi"}),
        ("continu", {"année", "mooc"}),
        ("2024-06", {"lundi", "ce soir", "en cours", "semaine", "mois", "année"}),
        ("2024-05", {"mai", "année"}),
        ("tout", {"ce soir", "en cours", "semaine", "juillet", "mois", "année", "mooc", "mai",
                  "lundi"}),
    ],
)  # fmt: skip
def test_periods(quand, expected):
    """NOW is a Wednesday, 12 June 2024."""
    call = a_call()
    for title, *dates in [
        ("mai", "2024-05-02"), ("lundi", "2024-06-10T09:00"), ("ce soir", "2024-06-12T07:00"),
        ("en cours", {"start": "2024-06-11", "end": "2024-06-13"}), ("semaine", "2024-06-16"),
        ("juillet", "2024-07-01T00:00"), ("mois", "2024-06"), ("année", "2024"), ("mooc",),
    ]:  # fmt: skip
        listed(call, title, *dates)
    assert set(titles(f"quand={quand}")) == expected
    counts = filtered(Filters(), now=NOW).counts["quand"]
    assert counts[quand] == len(expected)


def test_days_are_those_of_the_call():
    call = a_call()
    listed(call, "Minuit à Paris", "2024-07-01T00:30")  # still June in UTC
    assert titles("quand=2024-07") == ["Minuit à Paris"]
    assert titles("quand=2024-06") == []


def test_values_widen_and_filters_narrow():
    call = a_call()
    listed(call, "A", {"start": "2024-06-20", "commune_id": "44109"}, access="gratuit")
    listed(call, "B", {"start": "2024-06-21", "commune_id": "44143"}, access="payant")
    listed(call, "C", "2024-06-22", access="gratuit")
    assert titles("commune=44109&commune=44143") == ["A", "B"]
    assert titles("commune=44109&commune=44143&gratuit=oui") == ["A"]
    assert titles("gratuit=non") == ["B"]


def test_a_sub_criterion_counts_for_its_criterion():
    listed(a_call(), "A", "2024-06-20", criteria={"biometrie": "x"})
    assert titles("critere=droit") == titles("critere=biometrie") == ["A"]


def test_every_facet_can_be_asked():
    call = a_call()
    listed(
        call, "A", {"start": "2024-06-20", "mode": "mixte"}, themes=["sante"], audiences=["tous"],
        carriers=["Asso"], edition="2024-05",
    )  # fmt: skip
    listed(call, "B", "2024-06-20", carriers=["Autre"])
    for query in ["theme=sante", "public=tous", "mode=mixte", "porteur=asso", "edition=2024-05"]:
        assert titles(query) == ["A"]


def test_the_past_alone_is_read_backwards():
    call = a_call()
    for day in ("01", "02", "03"):
        listed(call, day, f"2024-05-{day}")
    assert titles("quand=passees") == ["03", "02", "01"]
    assert titles("quand=tout") == ["01", "02", "03"]


def test_only_the_call_that_the_site_shows():
    other = a_call("autre", current=False)
    listed(other, "Ailleurs", "2024-06-20")
    listed(a_call(), "Ici", "2024-06-20")
    assert titles() == ["Ici"]


def test_a_change_is_seen_at_once():
    call = a_call()
    listed(call, "A", "2024-06-20")
    assert titles() == ["A"]
    listed(call, "B", "2024-06-21")
    assert titles() == ["A", "B"]


@pytest.mark.parametrize("count", [1, 3])
def test_a_page_costs_two_queries_and_a_search_two_more(django_assert_num_queries, count):
    call = a_call()
    for number in range(count):
        listed(call, f"Atelier {number}", "2024-06-20", criteria={"droit": "x"})
    filtered(Filters(q="atelier"), now=NOW)
    with django_assert_num_queries(2):
        filtered(Filters(), now=NOW)
    with django_assert_num_queries(4):
        filtered(Filters(q="atelier"), now=NOW)


class TestSearch:
    def test_titles_first_then_dates(self):
        call = a_call()
        listed(call, "Tard", "2024-08-01", summary="Au musée.")
        listed(call, "Tôt", "2024-06-20", summary="Des musées.")
        listed(call, "Le Musée et l’IA", "2024-07-01")
        page = filtered(asked("q=musee"), now=NOW)
        assert [(s.kind, [r.title for r in s.rows]) for s in page.sections] == [
            ("title", ["Le Musée et l’IA"]),
            ("text", ["Tôt", "Tard"]),
        ]

    @pytest.mark.parametrize(
        "question",
        [
            "musee", "MUSÉES", "le musée", "oeuvres", "Œuvre", "dieppe", "Réze", "association b",
            "droit loi", "l’IA", "数据", "Thème santé",
        ],
    )  # fmt: skip
    def test_what_people_type(self, question):
        call = a_call()
        listed(
            call, "L’IA au musée : œuvres et 数据",
            {"start": "2024-06-20", "place": "Salle Dieppe", "commune_id": "44143"},
            carriers=["Association B"], criteria={"droit": "On lit les lois du droit."},
            themes=["sante"],
        )  # fmt: skip
        listed(call, "Autre chose", "2024-06-20")
        assert titles(f"quand=tout&q={question}") == ["L’IA au musée : œuvres et 数据"]

    @pytest.mark.parametrize(
        "question",
        ['"', "'", "a OR b", "NOT x", "x*", "(", "title:x", "& | !", "%", "\\", "<->", "NEAR(a b)"],
    )
    def test_signs_and_operators_are_text(self, question):
        listed(a_call(), "Atelier", "2024-06-20")
        query = QueryDict(mutable=True)
        query["q"] = question
        page = filtered(read_filters(query, current_facets().bits).filters, now=NOW)
        letters = any(sign.isalnum() for sign in question)
        assert page.total == (0 if letters else 1)  # signs alone ask nothing


def test_feeds_hold_all_and_news_come_first():
    call = a_call()
    listed(call, "Ancien", "2024-08-01", now=NOW - timedelta(days=9))
    listed(call, "Nouveau", "2024-06-20", now=NOW)
    assert [row.title for row in every_listing(Filters(), now=NOW)] == ["Nouveau", "Ancien"]
    news = last_published(Filters(), now=NOW, most=1)
    assert ([row.title for row in news.rows], news.pages) == (["Nouveau"], 2)
    assert last_published(Filters(), now=NOW, number=2, most=1).rows[0].title == "Ancien"


def test_related_share_most_then_come_next_and_favour_nobody():
    call = a_call()
    both = {"droit": "x", "usager": "y"}
    (mine,) = listed(call, "Moi", "2024-06-20", criteria=both, carriers=["A"])
    listed(call, "Loin", "2024-09-01", criteria=both, carriers=["B"])
    listed(call, "Un seul", "2024-06-21", criteria={"droit": "x"}, carriers=["C"])
    listed(call, "Encore B", "2024-06-22", criteria=both, carriers=["B"])
    listed(call, "Encore moi", "2024-06-21", criteria=both, carriers=["A"])
    listed(call, "Passé", "2024-06-01", criteria=both, carriers=["D"])
    listed(call, "Rien", "2024-06-21", criteria={"securite": "x"}, carriers=["E"])
    assert [row.title for row in related(mine, now=NOW)] == ["Encore B", "Un seul"]
    assert len(related(mine, now=NOW, most=1)) == 1


def test_listings_of_a_slug():
    rows = listed(a_call(), "A", "2024-06-20", "2024-06-22")
    assert listings_of(rows[0].slug) == rows
    assert listings_of("inconnu") == []
    assert Listing.objects.count() == 2


def test_places_of_bits_both_ways():
    bits = 0b1011001
    assert list(places_of(bits)) == [0, 3, 4, 6]
    assert list(places_of(bits, backwards=True)) == [6, 4, 3, 0]
    assert list(places_of(0)) == []
