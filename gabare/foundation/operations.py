"""The verbs of the trace. Only `record` is called by others, once for each thing seen or done."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import connection, models, transaction

from gabare.foundation import chain, queries
from gabare.foundation.enums import TraceKind, TraceVerb
from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.traced import WORDS

SEEN_IS_KEPT = timedelta(days=365)
LONGEST_DETAIL = 500


def record(
    *,
    actor: models.Model | None,
    verb: str,
    about: str,
    owner: str = "",
    detail: Mapping[str, object] | None = None,
    kind: TraceKind = TraceKind.DID,
    named: bool = True,
    now: datetime | None,
) -> TraceLine:
    """Lay one line, in the transaction of what it tells of: rolled back with it.

    One INSERT, that waits for nobody: numbers are the table's, digests of days are for later.
    `named` keeps the name as of then, for good: for who acts for the city. Who does not is only
    referred to, and their name goes when they are forgotten.

    Without `now` the row dates itself. A verb that no room registered is a programming error.
    """
    if verb not in WORDS:
        raise KeyError(verb)
    detail = dict(detail or {})
    if len(json.dumps(detail)) > LONGEST_DETAIL:
        raise ValueError("a trace says what was done, never what was written")
    line = TraceLine(
        kind=kind, verb=verb, owner=owner, about=about, detail=detail,
        actor=queries.reference_of(actor), label=str(actor)[:200] if actor and named else "",
        salt=secrets.token_hex(16), **({"at": now} if now else {}),
    )  # fmt: skip
    line.digest = chain.line_digest(line)
    line.save(force_insert=True)
    return line


@transaction.atomic
def close_days(*, zone: str, now: datetime) -> list[TraceDigest]:
    """Seal every day of `zone` that is over and has lines in no digest yet, in order.

    A day takes the lines after the former day's last one, up to its own last one: none is left
    out, whatever the order they came in. Run twice, it seals nothing more.
    """
    _wait_for_lines_being_written()
    today = now.astimezone(ZoneInfo(zone)).date()
    sealed = []
    former = queries.last_digest()
    while (day := _next_day(former, zone)) and day < today:
        former = _seal(day, former, zone)
        sealed.append(former)
    return sealed


@transaction.atomic
def purge_seen(*, now: datetime) -> int:
    """Empty the consultations older than a year: who, and what. How many were.

    Their digests stay, so the chain still holds; a line says that it was done, and up to when.
    Only sealed lines: one that no digest covers could be emptied before being known.
    """
    before, last = now - SEEN_IS_KEPT, queries.last_digest()
    old: models.QuerySet[TraceLine] = models.QuerySet(TraceLine).filter(
        kind=TraceKind.SEEN, at__lt=before, pk__lte=last.last if last else 0
    )
    count = old.exclude(salt="").update(actor="", label="", about="", detail={}, salt="")
    if count:
        record(
            actor=None, verb=TraceVerb.PURGED, about="trace:",
            detail={"lines": count, "before": before.isoformat()}, now=now,
        )  # fmt: skip
    return count


def _next_day(former: TraceDigest | None, zone: str) -> date | None:
    """The first day, after the one last sealed, on which a line that is in no digest was laid."""
    left = TraceLine.objects.filter(pk__gt=former.last if former else 0)
    first = left.order_by("at").first()
    if first is None:
        return None
    day: date = first.at.astimezone(ZoneInfo(zone)).date()
    return max(day, former.day + timedelta(days=1)) if former else day


def _seal(day: date, former: TraceDigest | None, zone: str) -> TraceDigest:
    start, previous = (former.last, former.digest) if former else (0, "")
    left = TraceLine.objects.filter(pk__gt=start).order_by("pk")
    over = datetime.combine(day, time.max, tzinfo=ZoneInfo(zone))
    last = left.filter(at__lte=over).order_by("-pk")[0]
    lines = list(left.filter(pk__lte=last.pk).values_list("pk", "digest"))
    numbers = chain.ranges(number for number, _digest in lines)
    return TraceDigest.objects.create(
        day=day, first=lines[0][0], last=last.pk, count=len(lines), numbers=numbers,
        previous=previous, digest=chain.day_digest(previous, day, numbers, lines),
    )  # fmt: skip


def _wait_for_lines_being_written() -> None:
    """A transaction may hold a number lower than one already seen: wait for it to end.

    Once a day. SQLite writes one transaction at a time, and this one is writing.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE foundation_traceline IN SHARE ROW EXCLUSIVE MODE")
