from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.initiatives.enums import Precision
from gabare.initiatives.partial_dates import PartialDate, WrongDate, parse, read

PARIS = ZoneInfo("Europe/Paris")
days = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))
clocks = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def partial_dates(draw):
    day = draw(days)
    known = draw(st.sampled_from(list(Precision)))
    return {
        Precision.YEAR: PartialDate(day.year),
        Precision.MONTH: PartialDate(day.year, day.month),
        Precision.DAY: PartialDate(day.year, day.month, day.day),
        Precision.MINUTE: PartialDate(day.year, day.month, day.day, draw(clocks)),
    }[known]


@given(partial_dates())
def test_canonical_text_reads_back_the_same(value):
    assert parse(str(value)) == value


@given(partial_dates())
def test_what_a_form_shows_reads_back_the_same(value):
    assert read(*value.shown()) == value


@given(partial_dates(), st.sampled_from(["Europe/Paris", "Indian/Reunion", "America/Cayenne"]))
def test_first_instant_never_after_the_last(value, zone):
    assert value.first_instant(zone) <= value.last_instant(zone)
    assert value.first_instant(zone).astimezone(ZoneInfo(zone)).date() == value.first_day()


@given(st.text(max_size=30), st.text(max_size=10))
def test_any_text_is_read_or_refused_with_a_sentence(typed, clock):
    try:
        value = str(read(typed, clock))
    except WrongDate as wrong:
        value = str(wrong)
    assert value.endswith(".") or str(parse(value)) == value


@pytest.mark.parametrize(
    ("typed", "clock", "canonical"),
    [
        ("18/09/2024", "14:00", "2024-09-18T14:00"),
        ("18/9/2024", "14 h 30", "2024-09-18T14:30"),
        ("18 septembre 2024", "9h", "2024-09-18T09:00"),
        ("1er août 2024", "18 heures", "2024-08-01T18:00"),
        ("18\u00a0sept. 2024", "", "2024-09-18"),
        ("3 February 2025", "", "2025-02-03"),
        ("  2024-06-26T17:30 ", "", "2024-06-26T17:30"),
        ("2024-06-26", "17:30", "2024-06-26T17:30"),
        ("06/2024", "", "2024-06"),
        ("juin 2024", "", "2024-06"),
        ("Juillet 2024", "", "2024-07"),
        ("2018", "", "2018"),
        ("29/02/2024", "", "2024-02-29"),
    ],
)
def test_dates_as_people_type_them(typed, clock, canonical):
    assert str(read(typed, clock)) == canonical


@pytest.mark.parametrize(
    ("typed", "clock", "says"),
    [
        ("31/02/2024", "", "n’existe pas"),
        ("29/02/2023", "", "n’existe pas"),
        ("18/13/2024", "", "n’existe pas"),
        ("18/09/24", "", "Écrivez la date"),
        ("bientôt", "", "Écrivez la date"),
        ("18 brumaire 2024", "", "mois"),
        ("01/01/0004", "", "quatre chiffres"),
        ("2024-06-26T25:00", "", "heure"),
        ("06/2024", "14:00", "Donnez le jour"),
        ("18/09/2024", "midi", "Écrivez l’heure"),
        ("18/09/2024", "26:00", "Écrivez l’heure"),
    ],
)
def test_wrong_dates_say_what_is_expected(typed, clock, says):
    with pytest.raises(WrongDate, match=says):
        read(typed, clock)


@pytest.mark.parametrize("text", ["", "2024-6", "2024-06-26T17", "2024-06-26 17:30", "24", "x"])
def test_only_canonical_text_is_parsed(text):
    with pytest.raises(WrongDate):
        parse(text)


def test_ends_cover_their_whole_day_month_or_year():
    last = time.max
    assert parse("2024-02").last_instant("Europe/Paris") == datetime.combine(
        date(2024, 2, 29), last, PARIS
    )
    assert parse("2024").last_instant("Europe/Paris") == datetime.combine(
        date(2024, 12, 31), last, PARIS
    )
    assert parse("2024-06-26T17:30").last_instant("Europe/Paris") == datetime(
        2024, 6, 26, 17, 30, tzinfo=PARIS
    )


def test_precision_is_what_was_given():
    given_texts = ["2024-06-26T17:30", "2024-06-26", "2024-06", "2024"]
    assert [parse(text).precision for text in given_texts] == ["minute", "day", "month", "year"]
