from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.ui.dates import day_month, long_date, long_moment, remaining, when

PARIS = "Europe/Paris"
NBSP = "\u00a0"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


SUMMER = at(2024, 6, 18, 12)  # 14:00 in Paris


@pytest.mark.parametrize(
    ("start", "end", "precision", "french", "english"),
    [
        (SUMMER, at(2024, 6, 18, 14), "minute", "mardi 18 juin 2024, 14 h – 16 h",
         "Tuesday 18 June 2024, 14:00 – 16:00"),
        (at(2024, 6, 26, 16, 30), None, "minute", "mercredi 26 juin 2024, 18 h 30",
         "Wednesday 26 June 2024, 18:30"),
        (at(2024, 9, 1, 7), at(2024, 9, 3, 16, 5), "minute",
         "du dimanche 1er septembre 2024, 9 h, au mardi 3 septembre 2024, 18 h 05",
         "Sunday 1 September 2024, 09:00 – Tuesday 3 September 2024, 18:05"),
        (date(2024, 5, 1), None, "day", "mercredi 1er mai 2024", "Wednesday 1 May 2024"),
        (date(2024, 9, 17), date(2024, 9, 19), "day", "du 17 au 19 septembre 2024",
         "17 – 19 September 2024"),
        (date(2024, 8, 30), date(2024, 9, 1), "day", "du 30 août au 1er septembre 2024",
         "30 August – 1 September 2024"),
        (date(2024, 12, 30), date(2025, 1, 2), "day",
         "du 30 décembre 2024 au 2 janvier 2025", "30 December 2024 – 2 January 2025"),
        (date(2024, 6, 1), None, "month", "juin 2024", "June 2024"),
        (date(2024, 4, 1), date(2024, 9, 1), "month", "d’avril à septembre 2024",
         "April – September 2024"),
        (date(2024, 2, 1), date(2025, 1, 1), "month", "de février 2024 à janvier 2025",
         "February 2024 – January 2025"),
        (date(2018, 1, 1), None, "year", "2018", "2018"),
        (date(2018, 1, 1), date(2020, 1, 1), "year", "de 2018 à 2020", "2018 – 2020"),
        (None, None, "day", "", ""),
    ],
)  # fmt: skip
def test_a_date_keeps_the_precision_it_was_given_in(start, end, precision, french, english):
    assert plain(when(start, end, precision, zone=PARIS, language="fr")) == french
    assert plain(when(start, end, precision, zone=PARIS, language="en")) == english


def test_an_instant_is_told_in_the_zone_of_the_call():
    late = at(2024, 6, 18, 22, 30)
    assert plain(when(late, None, "minute", zone=PARIS, language="fr")) == (
        "mercredi 19 juin 2024, 0 h 30"
    )


def test_the_weekday_may_be_left_out():
    said = when(SUMMER, None, "minute", zone=PARIS, language="fr", weekday=False)
    assert plain(said) == "18 juin 2024, 14 h"


def test_an_end_before_its_start_is_not_told():
    said = when(SUMMER, SUMMER - timedelta(hours=3), "minute", zone=PARIS, language="fr")
    assert plain(said) == "mardi 18 juin 2024, 14 h"


def test_days_and_moments():
    assert plain(day_month(date(2024, 6, 1), "fr")) == "1er juin"
    assert plain(long_date(date(2024, 9, 18), "fr", weekday=True)) == "mercredi 18 septembre 2024"
    assert plain(long_moment(at(2024, 8, 31, 21, 59), zone=PARIS, language="fr")) == (
        "samedi 31 août 2024 à 23 h 59"
    )


def test_a_date_never_breaks_inside():
    assert " " not in long_date(date(2024, 9, 18), "fr", weekday=True)


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(days=3, hours=4), "il reste 3 jours"),
        (timedelta(days=1), "il reste 1 jour"),
        (timedelta(hours=23, minutes=59), "il reste 23 heures"),
        (timedelta(hours=1), "il reste 1 heure"),
        (timedelta(minutes=12), "il reste 12 minutes"),
        (timedelta(seconds=3), "il reste 1 minute"),
        (timedelta(0), "c’est terminé"),
        (timedelta(days=-2), "c’est terminé"),
    ],
)
def test_what_remains_is_told_in_its_largest_unit(left, said):
    assert remaining(SUMMER + left, SUMMER, "fr") == said


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.none() | st.timedeltas(timedelta(0), timedelta(days=900)),
    st.sampled_from(["minute", "day", "month", "year"]),
    st.sampled_from(["fr", "en"]),
)
def test_any_date_says_its_year_once_or_twice(start, length, precision, language):
    end = None if length is None else start + length
    said = when(start, end, precision, zone=PARIS, language=language)
    assert (
        1
        <= sum(word.isdigit() and len(word) == 4 for word in plain(said).replace(",", "").split())
        <= 2
    )
