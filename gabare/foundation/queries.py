"""Questions asked of the trace."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models

from gabare.foundation.models import TraceDigest, TraceLine

BEFORE_ALL = -(2**63)  # no number is lower, not even one given by hand


@dataclass(frozen=True)
class Search:
    """What is looked for in the trace; what is empty is not asked."""

    owners: tuple[str, ...] | None = None  # None: everyone's
    actor: str = ""
    verb: str = ""
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


def lines_about(about: str) -> models.QuerySet[TraceLine]:
    """The history of one thing, the latest first."""
    return TraceLine.objects.filter(about=about)


def lines_found(search: Search) -> models.QuerySet[TraceLine]:
    """The latest first."""
    asked: dict[str, object] = {
        "actor": search.actor, "verb": search.verb, "about": search.about,
        "at__gte": search.since, "at__lte": search.until,
    }  # fmt: skip
    found = TraceLine.objects.filter(**{name: value for name, value in asked.items() if value})
    return found if search.owners is None else found.filter(owner__in=search.owners)


def reference_of(thing: models.Model | None) -> str:
    """`person:12`: how the trace names who acts. Empty for a command or a task."""
    return f"{thing._meta.model_name}:{thing.pk}" if thing else ""  # noqa: SLF001 - Django's API


def last_digest() -> TraceDigest | None:
    return TraceDigest.objects.order_by("last").last()


def digests(after: int = 0) -> models.QuerySet[TraceDigest]:
    return TraceDigest.objects.filter(last__gt=after)


def digests_of(lines: Sequence[TraceLine]) -> dict[int, TraceDigest]:
    """The sealed day of each line that has one, by the line's number, in one query."""
    numbers = sorted(line.pk for line in lines)
    if not numbers:
        return {}
    found = list(TraceDigest.objects.filter(last__gte=numbers[0], first__lte=numbers[-1]))
    ends = [sealed.last for sealed in found]
    places = {number: bisect_left(ends, number) for number in numbers}
    return {number: found[place] for number, place in places.items() if place < len(found)}


def day_left_open(zone: str, now: datetime) -> datetime | None:
    """When the oldest line was laid that should be sealed by now; nothing when all is in time.

    A day is sealed in the day that follows it; one more is late.
    """
    former = last_digest()
    yesterday = now.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    yesterday -= timedelta(days=1)
    left = TraceLine.objects.filter(pk__gt=former.last if former else 0, at__lt=yesterday)
    return left.order_by("at").values_list("at", flat=True).first()
