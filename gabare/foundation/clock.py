"""The only place that asks what time it is.

Operations take `now`; views and commands get it here. `GABARE_TODAY` (a demonstration, a rehearsal)
replaces the day and lets the hours flow, so that "saved at 14:32" stays true.
"""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The current instant, aware; shifted to `GABARE_TODAY` where it is set."""
    instant = timezone.now()
    if settings.GABARE_TODAY is None:
        return instant
    day: date = settings.GABARE_TODAY
    local = instant.astimezone(ZoneInfo(settings.TIME_ZONE))
    return local.replace(year=day.year, month=day.month, day=day.day)


def machine_now() -> datetime:
    """The real instant, for machinery only: retries, leases, heartbeats.

    `now` comes back to the start of the same day every midnight of a demonstration; a wait
    measured with it might never end. Nothing that a person reads is dated with this.
    """
    return timezone.now()


def today(zone: str | None = None) -> date:
    """The current day in `zone` (an IANA name), by default the site's."""
    return now().astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()
