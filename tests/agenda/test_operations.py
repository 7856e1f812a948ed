from datetime import timedelta

import pytest

from gabare.agenda.models import Edition, Generation, Listing
from gabare.agenda.operations import (
    NotLabelled,
    bump_generation,
    create_edition,
    list_initiative,
)
from gabare.initiatives.models import Occurrence
from tests.agenda.given import NOW, a_call, an_initiative, an_occurrence, listed

pytestmark = pytest.mark.django_db


def again(row: Listing) -> list[Listing]:
    return list_initiative(
        initiative=row.initiative, version=row.version, label_number="2024-001",
        edition_key="2024-04", now=NOW + timedelta(days=1),
    )  # fmt: skip


def test_a_listing_holds_what_the_version_says_and_a_row_a_date():
    rows = listed(
        a_call(), "L’IA au musée",
        {"start": "2024-06-26T17:30", "place": "Muséum", "commune_id": "44109"}, "2024-07",
        access="gratuit", themes=["sante", {"other": "Chats"}], audiences=["tous"],
        criteria={"droit": "On lit la loi."}, link="https://example.org/ia",
        carriers=["Association A", "Université B"],
    )  # fmt: skip
    assert [row.precision for row in rows] == ["minute", "month"]
    first = rows[0]
    assert (first.title, first.free, first.criteria) == ("L’IA au musée", True, ["droit"])
    assert first.themes == ["sante", "Chats"]
    assert (first.commune, first.commune_name, first.place) == ("44109", "Nantes", "Muséum")
    assert first.url == "https://example.org/ia"
    assert [(c["name"], c["role"]) for c in first.carriers] == [
        ("Association A", "lead"),
        ("Université B", "partner"),
    ]


def test_without_a_date_there_is_one_undated_row():
    (row,) = listed(a_call(), "Un MOOC", axis="education")
    assert (row.occurrence_uid, row.starts_at, row.precision) == ("", None, "")


@pytest.mark.parametrize("state", ["submitted", "to_complete"])
def test_only_a_labelled_initiative_is_listed(state):
    version = an_initiative(a_call())
    version.initiative.state = state
    with pytest.raises(NotLabelled):
        list_initiative(
            initiative=version.initiative, version=version, label_number="1",
            edition_key="2024-04", now=NOW,
        )  # fmt: skip
    assert not Listing.objects.exists()


def test_listing_again_keeps_the_same_rows_and_their_first_publication():
    (row,) = listed(a_call(), "Atelier", "2024-06-26")
    (same,) = again(row)
    assert (same.pk, same.published_at) == (row.pk, NOW)
    assert same.updated_at > NOW


def test_a_date_that_went_away_is_announced_as_cancelled():
    first, gone = listed(a_call(), "Atelier", "2024-06-26", "2024-06-27")
    Occurrence.objects.get(uid=gone.occurrence_uid).delete()
    again(first)
    gone.refresh_from_db()
    assert (gone.status, gone.sequence) == ("cancelled", 1)
    again(first)
    gone.refresh_from_db()
    assert gone.sequence == 1


def test_an_undated_row_gives_way_to_a_date():
    (undated,) = listed(a_call(), "Un cours")
    an_occurrence(undated.initiative, start="2024-09-01")
    (dated,) = again(undated)
    assert dated.occurrence_uid
    assert list(Listing.objects.all()) == [dated]


def test_each_bump_is_another_generation_and_words_alone_keep_the_listings():
    first = bump_generation()
    assert first.listings == first.number
    second = bump_generation(listings=False)
    assert second.number != first.number
    assert second.listings == first.listings
    assert bump_generation().listings != first.listings
    assert Generation.objects.count() == 1


def test_an_edition_is_created_once_and_numbered_in_its_call():
    call = a_call()
    april, may = call.planned_rounds.all()
    first = create_edition(planned=april, counts={"label": 3}, now=NOW)
    assert create_edition(planned=april, counts={"label": 9}, now=NOW) == first
    second = create_edition(planned=may, counts={}, now=NOW)
    assert [(e.key, e.number) for e in (first, second)] == [("2024-04", 1), ("2024-05", 2)]
    assert Edition.objects.get(key="2024-04").counts == {"label": 3}
