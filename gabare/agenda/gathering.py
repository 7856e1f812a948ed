"""Reads the listings into `Facets`, once for each generation of theirs in each process."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import psycopg
from django.conf import settings
from django.db import connection
from django.db.models import TextField
from django.db.models.functions import Cast
from psycopg.pq import ExecStatus

from gabare.agenda import searching
from gabare.agenda.facets import NEVER, Facets
from gabare.agenda.models import Generation, Listing
from gabare.calls.models import Call
from gabare.calls.queries import axes, choices, compass_in_force, current_call
from gabare.foundation.localised import pick
from gabare.initiatives.enums import CarrierRole, Mode, Precision

LONG = 31  # days: beyond, a date is a period and the initiative runs « en continu »
MONTHS_TOLD = 60  # of a long period: it is found by month that far, and always by « en continu »
SOURCES = {
    "critere": "criteria", "theme": "themes", "public": "audiences", "commune": "communes"
}  # fmt: skip
LISTS = ("criteria", "themes", "audiences", "carriers")  # read as text: few are different


class Row(NamedTuple):
    """What the facets keep of a listing."""

    pk: int
    starts_at: datetime | None
    ends_at: datetime | None
    precision: str
    published_at: datetime
    updated_at: datetime
    initiative_id: int
    axis: str
    mode: str
    free: bool | None
    commune: str
    commune_name: str
    edition_key: str
    criteria: str
    themes: str
    audiences: str
    carriers: str


Places = dict[str, dict[str, list[int]]]  # facet → value → places of rows

_lock = threading.Lock()
_current: Facets | None = None


def generation() -> Generation | None:
    return Generation.objects.filter(pk=1).first()


def current_facets() -> Facets:
    """The facets of the listings as they are now. One query, unless they have just changed."""
    global _current  # noqa: PLW0603 — one for the process, replaced whole
    now = generation()
    if now is None:  # nothing was ever published: nothing to keep
        return _build(0)
    facets = _current
    if facets is None or facets.listings != now.listings:
        with _lock:
            facets = _current
            if facets is None or facets.listings != now.listings:
                facets = _current = _build(now.listings)
    return facets


def _build(listings: int) -> Facets:
    call = current_call()
    facets = Facets(listings, call)
    values: Places = defaultdict(lambda: defaultdict(list))
    facets.names = {"commune": {}, "porteur": {}}
    parents = _prepare(call, facets)
    entries = searching.entries()
    for place, row in enumerate(_rows(call)):
        facets.entries.append(entries.get(row.pk, 0))
        _note(facets, values, place, row, parents)
    names = ("quand", "axe", "critere", "theme", "commune", "public", "gratuit", "mode")
    for name in (*names, "porteur", "edition"):
        found = {value: facets.at(places) for value, places in values[name].items()}
        facets.bits[name] = {**_offered(call, name), **found}
    facets.running = facets.at(values["running"]["yes"])
    return facets


def _prepare(call: Call | None, facets: Facets) -> dict[str, str]:
    """Read what the pages will ask of the call, and say which criterion is part of which."""
    if call is None:
        return {}
    axes(call)
    for commune in choices(call)["communes"]:
        facets.names["commune"][commune.value] = pick(commune.label, call.language)
    criteria = compass_in_force(call).criteria.all()
    return {c.key: c.parent.key for c in criteria if c.parent}


def _offered(call: Call | None, name: str) -> dict[str, int]:
    """The values that the call has, even where no row holds them: a filter, not a mistake."""
    if name == "mode":
        return {mode: 0 for mode in Mode.values if mode}
    if name == "gratuit":
        return {"oui": 0, "non": 0}
    if call is None:
        return {}
    if name == "axe":
        return {axis.key: 0 for axis in axes(call)}
    source = {
        "critere": "criteria",
        "theme": "themes",
        "public": "audiences",
        "commune": "communes",
    }
    return {c.value: 0 for c in choices(call)[source[name]]} if name in source else {}


def _rows(call: Call | None) -> Iterator[Row]:
    texts = {f"{name}_text": Cast(name, TextField()) for name in LISTS}
    columns = [name if name not in LISTS else f"{name}_text" for name in Row._fields]
    rows = Listing.objects.filter(initiative__call=call).annotate(**texts)
    found = rows.values_list(*columns).order_by("starts_at", "pk")
    # Engines do not agree on where an absent date sorts: undated rows come last.
    for some in (found.filter(starts_at__isnull=False), found.filter(starts_at=None)):
        yield from map(Row._make, some.iterator(chunk_size=5000))


@lru_cache(maxsize=20_000)
def _read(text: str) -> Any:
    return json.loads(text)


def _note(facets: Facets, values: Places, place: int, row: Row, parents: dict[str, str]) -> None:
    first, last = span(row.starts_at, row.ends_at, row.precision, _zone(facets.call))
    carriers = _read(row.carriers)
    leads = [c["slug"] for c in carriers if c["role"] == CarrierRole.LEAD]
    facets.ids.append(row.pk)
    facets.first.append(first)
    facets.last.append(last)
    facets.published.append(row.published_at.timestamp())
    facets.updated = max(facets.updated or row.updated_at, row.updated_at)
    facets.initiatives.append(row.initiative_id)
    facets.leads.append(leads[0] if leads else "")
    if not first or row.precision == Precision.YEAR or last - first > LONG:
        values["running"]["yes"].append(place)
    for name, some in _held(row, parents).items():
        for value in some:
            values[name][value].append(place)
    for value in _months(first, last) if first else ():
        values["quand"][value].append(place)
    if row.commune:
        facets.names["commune"].setdefault(row.commune, row.commune_name)
    for carrier in carriers:
        values["porteur"][carrier["slug"]].append(place)
        facets.names["porteur"][carrier["slug"]] = carrier["name"]


def _held(row: Row, parents: dict[str, str]) -> dict[str, Iterable[str]]:
    """The values of a row, facet by facet; a sub-criterion stands for its parent too."""
    criteria = _read(row.criteria)
    return {
        "axe": (row.axis,),
        "mode": (row.mode,) if row.mode else (),
        "gratuit": () if row.free is None else ("oui" if row.free else "non",),
        "commune": (row.commune,) if row.commune else (),
        "critere": {*criteria, *(parents[key] for key in criteria if key in parents)},
        "theme": set(_read(row.themes)),
        "public": set(_read(row.audiences)),
        "edition": (row.edition_key,),
    }


def _zone(call: Call | None) -> ZoneInfo:
    return ZoneInfo(call.time_zone if call else settings.TIME_ZONE)


def span(
    starts: datetime | None, ends: datetime | None, precision: str, zone: ZoneInfo
) -> tuple[int, int]:
    """The first and the last local day of a date, as ordinals, as far as its precision goes."""
    if starts is None:
        return 0, NEVER
    first = starts.astimezone(zone).date()
    last = ends.astimezone(zone).date() if ends else first
    if precision == Precision.MONTH:
        last = (last.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    elif precision == Precision.YEAR:
        last = last.replace(month=12, day=31)
    return first.toordinal(), max(first, last).toordinal()


@lru_cache(maxsize=20_000)
def _months(first: int, last: int) -> tuple[str, ...]:
    """The months that a period touches: `2024-06`, `2024-07`."""
    start, end = date.fromordinal(first), date.fromordinal(last)
    begin = start.year * 12 + start.month - 1
    count = min(end.year * 12 + end.month - begin, MONTHS_TOLD)
    return tuple(f"{m // 12:04}-{m % 12 + 1:02}" for m in range(begin, begin + count))


THE_NUMBER = "SELECT number FROM agenda_generation"  # its one row


def current_moment() -> tuple[int, str] | None:
    """The generation, and the time zone in which its days change. None before anything is public.

    Asked by every public request: one bare query on one row, and nothing else.
    """
    # A query that is being counted or shown goes by the usual door, the same on both engines.
    direct = connection.vendor == "postgresql" and not connection.queries_logged
    number = _from_libpq() if direct else _from_cursor()
    return None if number is None else (number, _zone_under(number))


def _from_cursor() -> int | None:
    with connection.cursor() as cursor:
        row = cursor.execute(THE_NUMBER).fetchone()
    return row[0] if row else None


def _from_libpq() -> int | None:
    """Through psycopg's own door to libpq: its cursors would cost as much as all the rest of a
    kept answer (90 µs against 28)."""
    connection.ensure_connection()
    with connection.wrap_database_errors:
        found = connection.connection.pgconn.exec_(THE_NUMBER.encode())
        if found.status != ExecStatus.TUPLES_OK:
            raise psycopg.OperationalError(found.error_message.decode(errors="replace"))
    text = found.get_value(0, 0)
    return None if text is None else int(text)


@lru_cache(maxsize=4)
def _zone_under(_number: int) -> str:
    """Another zone is another generation: importing a call renews it."""
    zone = Call.objects.filter(is_current=True).values_list("time_zone", flat=True).first()
    return zone or ""
