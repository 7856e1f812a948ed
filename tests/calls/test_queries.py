from datetime import date

import pytest

from gabare.calls import queries
from gabare.calls.calendar import CURRENT, FUTURE, PAST
from gabare.calls.models import Call, Theme
from tests.calls.given import the_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    the_call()
    return queries.current_call()


def test_there_may_be_no_call_yet():
    assert queries.current_call() is None
    assert queries.call_by_key("nobody") is None


@pytest.mark.parametrize(
    ("day", "opened", "following", "planned"),
    [
        (date(2024, 3, 31), None, "vague-1", "2024-04"),
        (date(2024, 4, 1), "vague-1", "vague-2", "2024-04"),
        (date(2024, 4, 30), "vague-1", "vague-2", "2024-04"),
        (date(2024, 5, 1), "vague-1", "vague-2", "2024-05"),
        (date(2024, 8, 31), "vague-1", "vague-2", "2024-08"),
        (date(2024, 9, 1), None, "vague-2", "2024-10"),
        (date(2025, 3, 31), "vague-2", None, "2025-03"),
        (date(2025, 4, 1), None, None, None),
    ],
)
def test_the_wave_and_round_of_a_day(call, day, opened, following, planned):
    def key(found):
        return found and found.key

    assert key(queries.open_wave(call, day)) == opened
    assert key(queries.next_wave(call, day)) == following
    wave = queries.open_wave(call, day) or queries.next_wave(call, day)
    assert key(queries.planned_round_for(call, wave, day)) == planned


def test_the_last_answers_of_a_wave_wait_for_the_next_round(call):
    first = queries.waves(call)[0]
    assert queries.planned_round_for(call, first, date(2024, 9, 10)).key == "2024-10"


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (
            date(2024, 6, 3),
            [
                (date(2024, 4, 1), "Première vague", PAST),
                (date(2024, 5, 7), "Édition 1", PAST),
                (date(2024, 6, 7), "Relève 2", CURRENT),
                (date(2024, 9, 18), "Restitution", FUTURE),
                (date(2024, 10, 1), "Deuxième vague", FUTURE),
            ],
        ),
        (
            date(2026, 1, 1),
            [
                (date(2024, 4, 1), "Première vague", PAST),
                (date(2024, 9, 18), "Restitution", PAST),
                (date(2024, 10, 1), "Deuxième vague", PAST),
                (date(2025, 4, 7), "Édition 11", PAST),
            ],
        ),
    ],
)
def test_the_calendar_line_says_where_the_call_stands(call, day, line):
    found = queries.calendar_line(call, day)
    assert [(moment.day, moment.title, moment.state) for moment in found] == line


def test_a_closed_round_says_how_long_its_edition_takes(call):
    (awaited,) = [m for m in queries.calendar_line(call, date(2024, 6, 6)) if m.state == CURRENT]
    assert awaited.text == "Publication dans 1 jour"
    (filling,) = [m for m in queries.calendar_line(call, date(2024, 6, 20)) if m.state == CURRENT]
    assert (filling.day, filling.text) == (date(2024, 6, 30), "Édition le 7\xa0juillet")


def test_a_sub_criterion_lights_its_parent(call):
    petals = queries.petals(call, ["biometrie", "sobriete", "unknown"], "en")
    assert [petal.number for petal in petals] == ["1", "2", "3", "4", "5", "6", "7"]
    assert [petal.number for petal in petals if petal.lit] == ["2", "5"]
    assert petals[4].name == "Sobriety"
    assert petals[4].colour == "#3d7a35"


def test_choices_are_those_of_the_call(call):
    found = queries.choices(call, "fr")
    assert {name: len(offered) for name, offered in found.items()} == {
        "themes": 11,
        "audiences": 9,
        "criteria": 8,
        "communes": 24,
    }
    law = {choice.value: choice for choice in found["criteria"]}["biometrie"]
    assert (law.number, law.colour) == ("2.1", "#5b4a9e")
    assert found["communes"][8].label == {"fr": "La Montagne"}


def test_texts_are_named(call):
    assert queries.text(call, "help").title["en"] == "Help"
    assert queries.text(call, "nothing") is None
    assert [text.key for text in queries.texts(call)][:2] == ["context", "object"]


def use_everything(call):
    queries.axes(call)
    queries.steps(call)
    queries.calendar_line(call, date(2024, 6, 3))
    queries.open_wave(call, date(2024, 6, 3))
    queries.choices(call, "fr")
    for lit in (["droit"], ["usager"], []):
        queries.petals(call, lit, "fr")


@pytest.mark.parametrize("themes", [1, 3])
def test_a_page_asks_ten_questions_whatever_the_lists_hold(django_assert_num_queries, themes):
    the_call()
    Theme.objects.filter(position__gte=themes).delete()
    with django_assert_num_queries(10):
        call = queries.current_call()
        use_everything(call)
        use_everything(call)
    assert len(queries.choices(call, "fr")["themes"]) == themes


def test_only_one_call_is_shown(call):
    assert Call.objects.get().is_current
