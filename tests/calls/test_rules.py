from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from gabare.calls import rules
from gabare.calls.models import Wave

WAVE = Wave(
    key="one",
    position=0,
    opens_on=date(2024, 4, 1),
    new_until=date(2024, 8, 31),
    complete_until=date(2024, 9, 15),
    correct_until=date(2024, 9, 30),
    freeze_on=date(2024, 10, 31),
)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 3, 31), (False, False, False)),
        (date(2024, 4, 1), (True, True, True)),
        (date(2024, 8, 31), (True, True, True)),
        (date(2024, 9, 1), (False, True, True)),
        (date(2024, 9, 15), (False, True, True)),
        (date(2024, 9, 16), (False, False, True)),
        (date(2024, 10, 1), (False, False, False)),
    ],
)
def test_each_date_is_included(day, expected):
    said = (rules.is_open, rules.may_complete, rules.may_correct)
    assert tuple(rule(WAVE, day) for rule in said) == expected


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Auckland", "America/Martinique"])
@pytest.mark.parametrize("day", [date(2024, 3, 31), date(2024, 10, 27), date(2024, 2, 29)])
def test_a_deadline_is_the_end_of_its_day_even_when_the_clock_changes(zone, day):
    end = rules.end_of_day(day, zone)
    assert end.date() == day
    assert (end + timedelta(microseconds=1)).date() == day + timedelta(days=1)
    assert end.utcoffset() == datetime(day.year, day.month, day.day, 23, 59,
                                       tzinfo=ZoneInfo(zone)).utcoffset()  # fmt: skip
