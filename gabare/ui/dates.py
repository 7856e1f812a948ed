"""Dates as people write them, French first: « mardi 18 juin 2024, 14 h – 16 h ».

Names of days and months come from Django's own translations, so another language works too; only
the order of words is decided here. Spaces inside an hour or before a month never break.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext, ngettext

NBSP = "\u00a0"


def in_zone(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def _french(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] == "fr"


def _month(day: date) -> str:
    return str(MONTHS[day.month])


def _day_number(day: date, language: str) -> str:
    return "1er" if day.day == 1 and _french(language) else str(day.day)


def day_month(day: date, language: str) -> str:
    """« 3 juin », « 1er juin »."""
    with translation.override(language):
        return f"{_day_number(day, language)}{NBSP}{_month(day)}"


def month_year(day: date, language: str) -> str:
    """« juin 2024 »."""
    with translation.override(language):
        return f"{_month(day)}{NBSP}{day.year}"


def of_month(day: date, language: str) -> str:
    """« d’avril 2024 », « de juin 2024 »; elsewhere « April 2024 »."""
    text = month_year(day, language)
    if not _french(language):
        return text
    return f"d’{text}" if text[0] in "aeiouy" else f"de{NBSP}{text}"


def long_date(day: date, language: str, *, weekday: bool = False) -> str:
    """« 18 septembre 2024 », « mercredi 18 septembre 2024 »."""
    text = f"{day_month(day, language)}{NBSP}{day.year}"
    if not weekday:
        return text
    with translation.override(language):
        return f"{WEEKDAYS[day.weekday()]}{NBSP}{text}"


def hour(instant: datetime, language: str) -> str:
    """« 18 h », « 18 h 30 »; elsewhere « 18:30 ». The instant is already in its own zone."""
    if not _french(language):
        return f"{instant:%H:%M}"
    minutes = f"{NBSP}{instant:%M}" if instant.minute else ""
    return f"{instant.hour}{NBSP}h{minutes}"


def long_moment(instant: datetime, *, zone: str, language: str) -> str:
    """« mardi 18 juin 2024 à 23 h 59 »."""
    local = in_zone(instant, zone)
    link = f"{NBSP}à{NBSP}" if _french(language) else ", "
    return f"{long_date(local.date(), language, weekday=True)}{link}{hour(local, language)}"


def _between(first: str, last: str, language: str, *, words: tuple[str, str]) -> str:
    if _french(language):
        return f"{words[0]}{first} {words[1]}{NBSP}{last}"
    return f"{first} – {last}"


def day_range(first: date, last: date, language: str) -> str:
    """« du 17 au 19 septembre 2024 »; whatever both ends share is said once."""
    if first >= last:
        return long_date(first, language)
    if (first.year, first.month) == (last.year, last.month):
        start = _day_number(first, language)
    elif first.year == last.year:
        start = day_month(first, language)
    else:
        start = long_date(first, language)
    return _between(start, long_date(last, language), language, words=(f"du{NBSP}", "au"))


def month_range(first: date, last: date, language: str) -> str:
    """« d’avril à septembre 2024 »."""
    if (first.year, first.month) >= (last.year, last.month):
        return month_year(first, language)
    with translation.override(language):
        name = _month(first)
    start = name if first.year == last.year else month_year(first, language)
    de = "d’" if name[0] in "aeiouy" else f"de{NBSP}"
    return _between(start, month_year(last, language), language, words=(de, "à"))


def year_range(first: date, last: date, language: str) -> str:
    if first.year >= last.year:
        return str(first.year)
    return _between(str(first.year), str(last.year), language, words=(f"de{NBSP}", "à"))


def _minutes(start: datetime, end: datetime | None, language: str, *, weekday: bool) -> str:
    text = f"{long_date(start.date(), language, weekday=weekday)}, {hour(start, language)}"
    if end is None or end <= start:
        return text
    if end.date() == start.date():
        return f"{text}{NBSP}– {hour(end, language)}"
    last = f"{long_date(end.date(), language, weekday=weekday)}, {hour(end, language)}"
    return f"du{NBSP}{text}, au{NBSP}{last}" if _french(language) else f"{text} – {last}"


def when(
    starts_at: datetime | date | None,
    ends_at: datetime | date | None,
    precision: str,
    *,
    zone: str,
    language: str,
    weekday: bool = True,
) -> str:
    """A date with the precision it was given in: never an hour or a day that nobody wrote."""
    if starts_at is None:
        return ""
    start, end = _local(starts_at, zone), _local(ends_at, zone) if ends_at else None
    if precision == "minute":
        return _minutes(start, end, language, weekday=weekday)
    first, last = start.date(), (end or start).date()
    if precision == "month":
        return month_range(first, last, language)
    if precision == "year":
        return year_range(first, last, language)
    if first >= last:
        return long_date(first, language, weekday=weekday)
    return day_range(first, last, language)


def _local(value: datetime | date, zone: str) -> datetime:
    tz = ZoneInfo(zone)
    if isinstance(value, datetime):
        return value.astimezone(tz)
    return datetime(value.year, value.month, value.day, tzinfo=tz)


def remaining(until: datetime, now: datetime, language: str) -> str:
    """« il reste 3 jours », then hours, then minutes; « c’est terminé » once passed."""
    left = until - now
    with translation.override(language):
        if left <= timedelta(0):
            return gettext("c’est terminé")
        if left >= timedelta(days=1):
            return ngettext("il reste %(n)d jour", "il reste %(n)d jours", left.days) % {
                "n": left.days
            }
        minutes = max(1, int(left.total_seconds() // 60))
        if minutes >= 60:
            hours = minutes // 60
            return ngettext("il reste %(n)d heure", "il reste %(n)d heures", hours) % {"n": hours}
        return ngettext("il reste %(n)d minute", "il reste %(n)d minutes", minutes) % {"n": minutes}
