"""A time zone as iCalendar wants it: its two rules, not the list of its past changes."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
YEAR = 2024  # the year whose rules are written; they have held since 1996 in the Union


@lru_cache(maxsize=8)
def time_zone_lines(name: str) -> tuple[str, ...]:
    zone = ZoneInfo(name)
    changes = _changes(zone)
    if changes:
        parts = [line for change in changes for line in _rule(change, zone)]
    else:
        parts = _fixed(datetime(YEAR, 1, 1, tzinfo=zone))
    return ("BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE")


def _changes(zone: ZoneInfo) -> list[datetime]:
    """The instants of the year at which the offset changes, to the quarter of an hour."""
    quarter = timedelta(minutes=15)
    found = []
    for day in range(366):
        start = datetime(YEAR, 1, 1, tzinfo=UTC) + timedelta(days=day)
        if _offset(start, zone) == _offset(start + timedelta(days=1), zone):
            continue
        while _offset(start, zone) == _offset(start + quarter, zone):
            start += quarter
        found.append(start + quarter)
    return found


def _offset(instant: datetime, zone: ZoneInfo) -> timedelta:
    return instant.astimezone(zone).utcoffset() or timedelta()


def _rule(change: datetime, zone: ZoneInfo) -> list[str]:
    before = _offset(change - timedelta(seconds=1), zone)
    local = change.astimezone(zone)
    wall = (change + before).replace(tzinfo=None)  # the change as the clock showed it
    nth = "-1" if (wall + timedelta(days=7)).month != wall.month else str((wall.day - 1) // 7 + 1)
    kind = "DAYLIGHT" if local.dst() else "STANDARD"
    return [
        f"BEGIN:{kind}",
        f"DTSTART:{_first(wall, nth):%Y%m%dT%H%M%S}",
        f"RRULE:FREQ=YEARLY;BYMONTH={wall.month};BYDAY={nth}{DAYS[wall.weekday()]}",
        f"TZOFFSETFROM:{_signed(before)}",
        f"TZOFFSETTO:{_signed(_offset(change, zone))}",
        f"TZNAME:{local.tzname()}",
        f"END:{kind}",
    ]


def _first(wall: datetime, nth: str) -> datetime:
    """The same rule in 1970: no event is older."""
    day = datetime(1970, wall.month, 1, wall.hour, wall.minute)  # noqa: DTZ001 — wall clock
    days = [day + timedelta(days=n) for n in range(31)]
    same = [d for d in days if d.month == wall.month and d.weekday() == wall.weekday()]
    return same[-1] if nth == "-1" else same[int(nth) - 1]


def _fixed(instant: datetime) -> list[str]:
    offset = _signed(instant.utcoffset() or timedelta())
    return [
        "BEGIN:STANDARD", "DTSTART:19700101T000000", f"TZOFFSETFROM:{offset}",
        f"TZOFFSETTO:{offset}", f"TZNAME:{instant.tzname()}", "END:STANDARD",
    ]  # fmt: skip


def _signed(offset: timedelta) -> str:
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{abs(minutes) % 60:02}"
