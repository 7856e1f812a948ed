"""The whole chain of the trace again, from its first line: what does not hold, in one sentence."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from gabare.foundation import chain, queries
from gabare.foundation.enums import TraceKind, TraceVerb
from gabare.foundation.models import TraceDigest, TraceLine


def first_fault() -> str:
    """The first day or line that is not as it was sealed; "" when the whole chain holds.

    It holds against who changes a row. Who rewrites the whole chain is met by a digest noted
    elsewhere (`is_known`): a backup, an export, a sheet of paper.
    """
    return next(_faults(), "")


def is_known(digest: str) -> bool:
    """Whether a digest that was noted is one of the chain's. Its beginning is enough."""
    return len(digest) >= 12 and TraceDigest.objects.filter(digest__startswith=digest).exists()


def _faults() -> Iterator[str]:
    purged_before = _purged_before()
    former = None
    for sealed in queries.digests().iterator():
        start, previous = (former.last, former.digest) if former else (queries.BEFORE_ALL, "")
        day = date_format(sealed.day, "j F Y")
        if sealed.previous != previous:
            yield _("Le %(day)s ne suit pas le jour qui le précède dans la trace.") % {"day": day}
        lines = TraceLine.objects.filter(pk__gt=start, pk__lte=sealed.last).order_by("pk")
        yield from _faults_of_day(sealed, day, list(lines), purged_before)
        former = sealed
    left = TraceLine.objects.filter(pk__gt=former.last if former else queries.BEFORE_ALL).order_by(
        "pk"
    )
    for line in left.iterator():
        yield from _fault_of_line(line, None)


def _faults_of_day(
    sealed: TraceDigest, day: str, lines: list[TraceLine], purged_before: datetime | None
) -> Iterator[str]:
    there = {line.pk for line in lines}
    for number in chain.numbers_in(sealed.numbers):
        if number not in there:
            yield _("Le %(day)s, la ligne %(number)s a été retirée.") % {
                "day": day, "number": number,
            }  # fmt: skip
    for line in lines:
        if not chain.holds(sealed.numbers, line.pk):
            yield _("Le %(day)s, la ligne %(number)s a été ajoutée après coup.") % {
                "day": day, "number": line.pk,
            }  # fmt: skip
        yield from _fault_of_line(line, purged_before)
    kept = [(line.pk, line.digest) for line in lines]
    counted = (kept[0][0], len(kept)) if kept else (0, 0)
    digest = chain.day_digest(sealed.previous, sealed.day, sealed.numbers, kept)
    if digest != sealed.digest or counted != (sealed.first, sealed.count):
        yield _("Le %(day)s n’est plus tel qu’il a été scellé.") % {"day": day}


def _fault_of_line(line: TraceLine, purged_before: datetime | None) -> Iterator[str]:
    words = {"number": line.pk, "day": date_format(line.at, "j F Y")}
    if line.is_purged:
        known = purged_before is not None and line.at < purged_before
        if line.kind != TraceKind.SEEN or not known:
            yield (
                _("Le %(day)s, la ligne %(number)s a été vidée sans que la trace le dise.") % words
            )
    elif chain.line_digest(line) != line.digest:
        yield _("Le %(day)s, la ligne %(number)s a été modifiée.") % words


def _purged_before() -> datetime | None:
    """Up to when the consultations were emptied, as the trace itself says it."""
    purges = TraceLine.objects.filter(verb=TraceVerb.PURGED, kind=TraceKind.DID)
    said = [datetime.fromisoformat(line.detail["before"]) for line in purges]
    return max(said, default=None)
