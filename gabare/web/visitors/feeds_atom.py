"""Atom (RFC 4287, paged as RFC 5005 says): the newest first."""

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree as ET

from gabare.agenda.models import Listing
from gabare.web.visitors.feeds_entries import (
    Feed,
    absolute,
    host,
    latest,
    page_of,
    printable,
    text_of,
    title_of,
)

NAMESPACE = "http://www.w3.org/2005/Atom"


def atom(feed: Feed, rows: Iterable[Listing]) -> bytes:
    rows = list(rows)
    root = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _text(root, "title", printable(feed.title))
    _text(root, "id", feed.address)
    _text(root, "updated", _instant(feed.updated or latest(rows)))
    _link(root, "self", feed.address, "application/atom+xml")
    _link(root, "alternate", feed.page, "text/html")
    if feed.next:
        _link(root, "next", feed.next, "application/atom+xml")
    author = ET.SubElement(root, "author")
    _text(author, "name", feed.call.organiser if feed.call else "Gabare")
    _text(root, "icon", absolute("/icone.svg"))
    for row in rows:
        _entry(root, row, feed)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="utf-8")


def _entry(root: ET.Element, row: Listing, feed: Feed) -> None:
    entry = ET.SubElement(root, "entry")
    _text(entry, "title", title_of(row))
    _text(entry, "id", entry_id(row))
    _text(entry, "published", _instant(row.published_at))
    _text(entry, "updated", _instant(row.updated_at))
    _link(entry, "alternate", page_of(row), "text/html")
    for carrier in row.carriers:
        _text(ET.SubElement(entry, "author"), "name", printable(carrier["name"]))
    for term in (row.axis, *row.criteria, *row.themes):
        ET.SubElement(entry, "category", {"term": printable(term)})
    _text(entry, "summary", text_of(row, feed))


def entry_id(row: Listing) -> str:
    """Never changes, whatever the address of the site becomes in a page's link."""
    return f"tag:{host()},2024:initiatives/{row.slug}/{row.occurrence_uid or 'sans-date'}"


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text


def _link(parent: ET.Element, rel: str, address: str, kind: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "href": address, "type": kind})


def _instant(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
