"""What pages, feeds and the API read: all of them through the same filters."""

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import chain, islice
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet

from gabare.agenda import searching
from gabare.agenda.facets import Counts, Facets, places_of
from gabare.agenda.filters import PAST, UPCOMING, Filters
from gabare.agenda.gathering import current_facets
from gabare.agenda.models import Edition, Listing
from gabare.calls.models import Call

A_PAGE = 20
A_CHUNK = 500  # rows read at once by a feed: memory stays flat however long it is


@dataclass(frozen=True)
class Section:
    """Rows that go under one heading: a month, what runs on, or where the words were found."""

    kind: str  # "month" | "running" | "title" | "text"
    month: date | None
    rows: list[Listing]


@dataclass(frozen=True)
class Page:
    filters: Filters
    call: Call | None
    number: int
    pages: int
    total: int
    running: int  # among the total: without a date, or over a long time
    sections: list[Section]
    counts: Counts
    names: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Part:
    kind: str
    bits: int


def filtered(
    filters: Filters, *, now: datetime, number: int = 1, facets: Facets | None = None
) -> Page:
    """One page of the agenda and all its facets. Four queries at most, whatever the size.

    `facets` where the caller has just read them.
    """
    facets = facets or current_facets()
    today = local_day(facets, now)
    found = searching.find(filters.q) if filters.q else None
    words = facets.of_entries(found.everywhere) if found else None
    passing = facets.matching(filters, today, words)
    bits = facets.common(passing)
    titles = facets.of_entries(found.in_title) if found else None
    parts = _parts(facets, bits, titles)
    total = bits.bit_count()
    pages = max(1, -(-total // A_PAGE))
    number = min(number, pages)
    places = _ordered(parts, filters)
    shown = list(islice(places, (number - 1) * A_PAGE, number * A_PAGE))
    return Page(
        filters=filters,
        call=facets.call,
        number=number,
        pages=pages,
        total=total,
        running=(bits & facets.running).bit_count(),
        sections=_sections(shown, facets),
        counts=facets.counts(passing, today),
        names=facets.names,
    )


def local_day(facets: Facets, now: datetime) -> date:
    zone = facets.call.time_zone if facets.call else settings.TIME_ZONE
    return now.astimezone(ZoneInfo(zone)).date()


def _parts(facets: Facets, bits: int, titles: int | None) -> list[_Part]:
    if titles is not None:
        return [_Part("title", bits & titles), _Part("text", bits & ~titles)]
    return [_Part("month", bits & ~facets.running), _Part("running", bits & facets.running)]


def _ordered(parts: list[_Part], filters: Filters) -> Iterator[tuple[str, int]]:
    """Coming dates first to last; when only the past is asked, from the nearest back."""
    backwards = filters.periods == (PAST,)
    return chain.from_iterable(
        ((part.kind, place) for place in places_of(part.bits, backwards=backwards))
        for part in parts
    )


def _sections(shown: list[tuple[str, int]], facets: Facets) -> list[Section]:
    rows = read_rows([facets.ids[place] for _, place in shown])
    sections: list[Section] = []
    for kind, place in shown:
        row = rows.get(facets.ids[place])
        if row is None:  # taken off since the facets were read: the next request knows
            continue
        month = date.fromordinal(facets.first[place]).replace(day=1) if kind == "month" else None
        if not sections or (sections[-1].kind, sections[-1].month) != (kind, month):
            sections.append(Section(kind, month, []))
        sections[-1].rows.append(row)
    return sections


def read_rows(ids: list[int]) -> dict[int, Listing]:
    """Without the words of the search, which no page shows and which weigh most."""
    return Listing.objects.defer("search_text").in_bulk(ids)


def every_listing(filters: Filters, *, now: datetime) -> Iterator[Listing]:
    """All the rows that pass, in order of dates, read a few at a time."""
    facets = current_facets()
    places = places_of(_bits(facets, filters, now))
    while chunk := [facets.ids[place] for place in islice(places, A_CHUNK)]:
        rows = read_rows(chunk)
        yield from (rows[pk] for pk in chunk if pk in rows)


def last_published(filters: Filters, *, now: datetime, number: int = 1, most: int = 50) -> "News":
    """The rows that pass, newest first: what a news reader expects."""
    facets = current_facets()
    bits = _bits(facets, filters, now)
    newest = heapq.nlargest(
        number * most, places_of(bits), key=lambda place: (facets.published[place], place)
    )
    ids = [facets.ids[place] for place in newest[(number - 1) * most :]]
    rows = read_rows(ids)
    return News(
        call=facets.call,
        rows=[rows[pk] for pk in ids if pk in rows],
        number=number,
        pages=max(1, -(-bits.bit_count() // most)),
    )


@dataclass(frozen=True)
class News:
    call: Call | None
    rows: list[Listing]
    number: int
    pages: int


def _bits(facets: Facets, filters: Filters, now: datetime) -> int:
    found = searching.find(filters.q) if filters.q else None
    ids = facets.of_entries(found.everywhere) if found else None
    return facets.common(facets.matching(filters, local_day(facets, now), ids))


def listings_of(slug: str) -> list[Listing]:
    """The rows of one initiative with what its page reads of them; empty when it is not listed."""
    rows = Listing.objects.filter(slug=slug).defer("search_text")
    return list(rows.select_related("initiative__axis", "initiative__call", "version__revision"))


def listings_of_edition(call: Call, key: str) -> QuerySet[Listing]:
    """Every date of what that edition labelled, the first date of each first."""
    rows = Listing.objects.filter(initiative__call=call, edition_key=key).defer("search_text")
    return rows.order_by("title", "initiative_id", "starts_at", "pk")


def editions(call: Call) -> list[Edition]:
    """Newest first."""
    return list(Edition.objects.filter(planned__call=call).select_related("planned__wave"))


def related(
    listing: Listing, *, now: datetime, most: int = 3, facets: Facets | None = None
) -> list[Listing]:
    """What sheds light on the same criteria: the most in common, then the next date.

    Nobody is favoured: one line an initiative, and never two of the same carrier.
    """
    facets = facets or current_facets()
    coming = facets.period(UPCOMING, local_day(facets, now))
    mine = [facets.bits["critere"].get(key, 0) for key in listing.criteria]
    seen: set[object] = {listing.initiative_id, *(c["slug"] for c in listing.carriers)}
    chosen: list[int] = []
    for level in reversed(_levels(mine)):
        for bits in (level & coming & ~facets.running, level & coming & facets.running):
            chosen += _different(facets, bits, seen, most - len(chosen))
    rows = read_rows(chosen)
    return [rows[pk] for pk in chosen if pk in rows]


def _levels(many: Iterable[int]) -> list[int]:
    """Rows in at least one of these, in at least two, and so on."""
    levels: list[int] = []
    for bits in many:
        levels.append(0)
        for rank in range(len(levels) - 1, 0, -1):
            levels[rank] |= levels[rank - 1] & bits
        levels[0] |= bits
    return levels


def _different(facets: Facets, bits: int, seen: set[object], most: int) -> list[int]:
    chosen: list[int] = []
    for place in places_of(bits):
        if len(chosen) >= most:
            break
        who: set[object] = {facets.initiatives[place], facets.leads[place]} - {""}
        if not who & seen:
            seen |= who
            chosen.append(facets.ids[place])
    return chosen
