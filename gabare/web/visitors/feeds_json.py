"""JSON Feed 1.1: the newest first, with the dates as data for whoever builds on it."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from gabare.agenda.models import Listing
from gabare.initiatives.enums import Precision
from gabare.web.visitors.feeds_atom import entry_id
from gabare.web.visitors.feeds_entries import (
    Feed,
    absolute,
    page_of,
    place_of,
    printable,
    text_of,
    title_of,
)

SHAPES = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%Y-%m", Precision.YEAR: "%Y"}


def json_feed(feed: Feed, rows: Iterable[Listing]) -> dict[str, object]:
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": printable(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.address,
        **({"next_url": feed.next} if feed.next else {}),
        "icon": absolute("/icone.svg"),
        "language": feed.language,
        "authors": [{"name": feed.call.organiser if feed.call else "Gabare"}],
        "items": [_item(row, feed) for row in rows],
    }


def _item(row: Listing, feed: Feed) -> dict[str, object]:
    return {
        "id": entry_id(row),
        "url": page_of(row),
        **({"external_url": row.url} if row.url else {}),
        "title": title_of(row),
        "content_text": text_of(row, feed),
        "summary": printable(row.summary),
        "date_published": row.published_at.isoformat(timespec="seconds"),
        "date_modified": row.updated_at.isoformat(timespec="seconds"),
        "authors": [{"name": printable(carrier["name"])} for carrier in row.carriers],
        "tags": [printable(tag) for tag in (row.axis, *row.criteria, *row.themes)],
        "_gabare": _facts(row, feed),
    }


def _facts(row: Listing, feed: Feed) -> dict[str, object]:
    return {
        "starts": exact(row.starts_at, row.precision, feed.zone),
        "ends": exact(row.ends_at, row.precision, feed.zone),
        "precision": row.precision,
        "status": row.status,
        "mode": row.mode,
        "place": place_of(row),
        "commune": row.commune,
        "free": row.free,
        "label": row.label_number,
        "label_suspended": row.label_suspended,
        "edition": row.edition_key,
    }


def exact(instant: datetime | None, precision: str, zone: str) -> str | None:
    """An instant written no further than it is known: `2024-06`, never an invented day."""
    if instant is None:
        return None
    local = instant.astimezone(ZoneInfo(zone))
    if precision == Precision.MINUTE:
        return local.isoformat(timespec="minutes")
    return local.strftime(SHAPES[Precision(precision)])
