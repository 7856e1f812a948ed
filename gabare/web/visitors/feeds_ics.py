"""iCalendar (RFC 5545 and 7986), written as it is read: ten thousand events in flat memory.

Written by hand because a feed streams: the library builds the whole calendar first, in seconds. It
reads ours back in the tests, with a real calendar program.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from gabare.agenda.models import Listing
from gabare.initiatives.enums import OccurrenceStatus, Precision
from gabare.web.visitors.feeds_entries import (
    Feed,
    host,
    lines_of,
    names_of,
    page_of,
    printable,
    title_of,
    when_of,
)
from gabare.web.visitors.feeds_zones import time_zone_lines

EVENTS_AT_ONCE = 100
STATUS = {OccurrenceStatus.CANCELLED: "CANCELLED", OccurrenceStatus.POSTPONED: "TENTATIVE"}


def calendar(feed: Feed, rows: Iterable[Listing]) -> Iterator[bytes]:
    """Undated rows have no place in a calendar: they are on the page and in the news feeds."""
    zone = ZoneInfo(feed.zone)
    yield _bytes(_head(feed))
    lines: list[str] = []
    for count, row in enumerate((row for row in rows if row.starts_at), start=1):
        lines += _event(row, feed, zone)
        if count % EVENTS_AT_ONCE == 0:
            yield _bytes(lines)
            lines = []
    yield _bytes([*lines, "END:VCALENDAR"])


def _head(feed: Feed) -> list[str]:
    name = _escaped(printable(feed.title))
    return [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Gabare//Agenda//{feed.language.upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{name}",
        f"X-WR-CALNAME:{name}",
        f"X-WR-TIMEZONE:{feed.zone}",
        f"URL:{feed.page}",
        f"SOURCE;VALUE=URI:{feed.address}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT12H",
        "X-PUBLISHED-TTL:PT12H",
        *time_zone_lines(feed.zone),
    ]


def _event(row: Listing, feed: Feed, zone: ZoneInfo) -> list[str]:
    said = lines_of(row)
    place, names, page = said[0], names_of(row), page_of(row)
    exact = row.precision in {Precision.MINUTE, Precision.DAY}
    if not exact:  # a calendar shows days: say in words that it is only a month or a year
        said.insert(0, when_of(row, feed))
    description = "\n".join(line for line in said if line)
    return [
        "BEGIN:VEVENT",
        f"UID:{row.occurrence_uid}@{host()}",
        f"DTSTAMP:{_utc(row.updated_at)}",
        f"LAST-MODIFIED:{_utc(row.updated_at)}",
        f"SEQUENCE:{row.sequence}",
        f"STATUS:{STATUS.get(OccurrenceStatus(row.status), 'CONFIRMED')}",
        *_dates(row, feed, zone),
        f"SUMMARY:{_escaped(title_of(row))}",
        f"DESCRIPTION:{_escaped(description)}\\n{page}",
        *([f"LOCATION:{_escaped(place)}"] if place else []),
        *([f"CONTACT:{_escaped(names)}"] if names else []),
        f"URL:{page}",
        "END:VEVENT",
    ]


def _dates(row: Listing, feed: Feed, zone: ZoneInfo) -> list[str]:
    """Hours where they are known; whole days elsewhere, that leave the reader's day free."""
    starts: datetime = row.starts_at.astimezone(zone)  # type: ignore[union-attr]
    ends = row.ends_at.astimezone(zone) if row.ends_at else None
    if row.precision == Precision.MINUTE:
        lines = [f"DTSTART;TZID={feed.zone}:{starts:%Y%m%dT%H%M%S}"]
        if ends and ends > starts:
            lines.append(f"DTEND;TZID={feed.zone}:{ends:%Y%m%dT%H%M%S}")
        return lines
    after = _day_after((ends or starts).date(), row.precision)
    lines = [f"DTSTART;VALUE=DATE:{starts:%Y%m%d}", f"DTEND;VALUE=DATE:{after:%Y%m%d}"]
    return lines if row.precision == Precision.DAY else [*lines, "TRANSP:TRANSPARENT"]


def _day_after(last: date, precision: str) -> date:
    if precision == Precision.YEAR:
        return date(last.year + 1, 1, 1)
    if precision == Precision.MONTH:
        return (last.replace(day=28) + timedelta(days=4)).replace(day=1)
    return last + timedelta(days=1)


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _bytes(lines: list[str]) -> bytes:
    return b"".join(_folded(line.encode()) + b"\r\n" for line in lines)


def _folded(line: bytes) -> bytes:
    """At most 75 octets a line, never in the middle of a character."""
    if len(line) <= 75:
        return line
    parts, start, room = [], 0, 75
    while start < len(line):
        end = min(start + room, len(line))
        while end < len(line) and line[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(line[start:end])
        start, room = end, 74  # the space that begins the next line counts
    return b"\r\n ".join(parts)
