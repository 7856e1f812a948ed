from hypothesis import given
from hypothesis import strategies as st

from gabare.initiatives.validators import (
    check_carriers,
    check_occurrences,
    says_something,
)

COMMUNES = {"44109": "Nantes", "44143": "Rezé"}
typed = st.text(max_size=40)


def occurrences(*blocks, required=False):
    return check_occurrences(blocks, required=required, communes=COMMUNES)


def test_a_date_comes_back_canonical_with_the_name_of_its_commune():
    found = occurrences(
        {
            "start": "26/06/2024", "start_time": "17 h 30", "end": "26/06/2024",
            "end_time": "19:00", "mode": "sur-place", "place": " Halle  6 Ouest ",
            "commune": "44109", "url": "exemple.fr/atelier",
        }
    )  # fmt: skip
    assert not found.errors
    assert not found.missing
    assert found.values == [
        {
            "uid": "", "start": "2024-06-26T17:30", "end": "2024-06-26T19:00",
            "mode": "sur-place", "place": "Halle 6 Ouest", "address": "", "commune": "44109",
            "commune_name": "Nantes", "url": "https://exemple.fr/atelier",
        }
    ]  # fmt: skip
    assert occurrences(*found.values).values == found.values


def test_a_place_outside_the_territory_is_kept_in_words():
    found = occurrences({"start": "2024-03-13", "commune": "", "commune_name": "Laval"})
    assert found.values[0]["commune_name"] == "Laval"


def test_dates_are_sorted_and_silent_blocks_left_out():
    found = occurrences(
        {"mode": "mixte"}, {"start": "2024-07"}, {"uid": "x"}, {"start": "2024-06-01"}
    )
    assert [block["start"] for block in found.values] == ["2024-06-01", "2024-07"]


def test_each_error_names_the_field_of_its_own_block():
    found = occurrences(
        {"start": "2024-06-01"},
        {"start": "31/02/2024"},
        {"start": "2024-06-02", "end": "2024-06-01"},
        {"start": "2024-06-02T10:00", "end": "2024-06-03"},
        {
            "start": "2024-06",
            "mode": "par télépathie",
            "commune": "75056",
            "url": "pas une adresse",
        },
        {"place": "Halle 6"},
    )
    assert set(found.errors) == {
        "occurrence-2-start", "occurrence-3-end", "occurrence-4-end", "occurrence-5-mode",
        "occurrence-5-commune", "occurrence-5-url",
    }  # fmt: skip
    assert set(found.missing) == {"occurrence-6-start"}
    assert [block["start"] for block in found.values] == ["2024-06-01"]


def test_an_axis_that_wants_dates_says_so_on_the_first_field():
    assert set(occurrences(required=True).missing) == {"occurrence-1-start"}
    assert not occurrences(required=False).missing


def test_too_many_dates_are_refused():
    assert occurrences(*[{"start": "2024"}] * 61).errors


def test_text_too_long_is_said_and_not_cut():
    found = occurrences({"start": "2024", "place": "a" * 201})
    assert set(found.errors) == {"occurrence-1-place"}


@given(st.lists(st.dictionaries(st.sampled_from(["start", "end", "mode", "place", "url"]), typed)))
def test_any_block_is_checked_without_failing_and_checking_again_changes_nothing(blocks):
    found = occurrences(*blocks)
    again = occurrences(*found.values)
    assert (again.values, again.errors, again.missing) == (found.values, {}, {})


def carrier(name="Le Lieu utile", kind="association", **more):
    return {"name": name, "kind": kind, **more}


def test_the_first_carrier_leads_when_nobody_is_said_to():
    found = check_carriers([carrier(), carrier("Autre")])
    assert [block["role"] for block in found.values] == ["lead", "partner"]


def test_only_one_carrier_leads():
    found = check_carriers(
        [carrier(role="partner"), carrier("B", role="lead"), carrier("C", role="lead")]
    )
    assert [block["role"] for block in found.values] == ["partner", "lead", "partner"]


def test_register_numbers_and_sites_are_tidied_or_refused():
    found = check_carriers(
        [
            carrier(register_number="356 000 000 00048", website="exemple.fr"),
            carrier("B", register_number="w442001234"),
            carrier("C", register_number="12", website="http://"),
        ]
    )
    assert found.values[0]["register_number"] == "35600000000048"
    assert found.values[0]["website"] == "https://exemple.fr"
    assert found.values[1]["register_number"] == "W442001234"
    assert set(found.errors) == {"carrier-3-register_number", "carrier-3-website"}


def test_the_same_organisation_twice_is_refused_on_the_second():
    found = check_carriers([carrier("Café IA"), carrier("CAFE  ia")])
    assert set(found.errors) == {"carrier-2-name"}


def test_missing_carriers_are_missing_not_wrong():
    found = check_carriers([{"name": "", "kind": "association"}])
    assert not found.errors
    assert set(found.missing) == {"carrier-1-name"}
    assert set(check_carriers([{"name": "X"}]).missing) == {"carrier-1-kind"}
    assert set(check_carriers([{"website": "exemple.fr", "kind": "company"}]).missing) == {
        "carrier-1-name"
    }


def test_markup_and_control_characters_stay_text_on_one_line():
    found = check_carriers([carrier("<b>A</b>\x00\r\nB")])
    assert found.values[0]["name"] == "<b>A</b> B"


def test_a_block_speaks_when_something_is_typed():
    assert not says_something({"mode": "mixte", "uid": "x", "start": " "})
    assert says_something({"mode": "", "place": "Halle"})
