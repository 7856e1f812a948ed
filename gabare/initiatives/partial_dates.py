"""Dates known to the minute, the day, the month or the year, and never beyond.

Canonical text: `2024-06-26T17:30`, `2024-06-26`, `2024-06`, `2024`. An hour is never invented: a
day without an hour stays a day, in the database (`precision`), on the page and in calendars.
"""

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from gabare.initiatives.enums import Precision

CANONICAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2}))?)?)?", re.ASCII)
FORMS = [
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<day>\d{1,2})(?:er)?[\s/.-]+(?P<month>\d{1,2}|[a-z]{3,}\.?)[\s/.-]+(?P<year>\d{4})",
        r"(?P<month>\d{1,2}|[a-z]{3,}\.?)[\s/.-]+(?P<year>\d{4})",
        r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?",
    )
]
CLOCK = re.compile(r"(\d{1,2})(?:\s*(?:h|:|heures?)\s*(\d{2})?)?", re.ASCII)
MONTHS = (
    ("jan",), ("fev", "feb"), ("mar",), ("avr", "apr"), ("mai", "may"), ("juin", "jun"),
    ("juil", "jul"), ("aou", "aug"), ("sep",), ("oct",), ("nov",), ("dec",),
)  # fmt: skip
YEARS = range(1900, 2200)


class WrongDate(ValueError):
    """Not a date that exists. `str()` says what was expected."""


class WrongClock(WrongDate):
    """The day reads well, its hour does not."""


@dataclass(frozen=True)
class PartialDate:
    year: int
    month: int | None = None
    day: int | None = None
    clock: time | None = None

    @property
    def precision(self) -> Precision:
        if self.month is None:
            return Precision.YEAR
        if self.day is None:
            return Precision.MONTH
        return Precision.DAY if self.clock is None else Precision.MINUTE

    def __str__(self) -> str:
        if self.month is None:
            return f"{self.year:04}"
        if self.day is None:
            return f"{self.year:04}-{self.month:02}"
        day = f"{self.year:04}-{self.month:02}-{self.day:02}"
        return day if self.clock is None else f"{day}T{self.clock:%H:%M}"

    def first_day(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    def last_day(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def first_instant(self, zone: str) -> datetime:
        """When it begins, in `zone`: the first instant of the day, month or year."""
        return datetime.combine(self.first_day(), self.clock or time.min, ZoneInfo(zone))

    def last_instant(self, zone: str) -> datetime:
        """The last instant it covers, included; the very minute where the hour is known."""
        return datetime.combine(self.last_day(), self.clock or time.max, ZoneInfo(zone))

    def shown(self) -> tuple[str, str]:
        """What a form shows again: the date as it is typed in France, and the hour."""
        parts = [f"{part:02}" for part in (self.day, self.month) if part]
        clock = f"{self.clock:%H:%M}" if self.clock else ""
        return "/".join([*parts, f"{self.year:04}"]), clock


def parse(text: str) -> PartialDate:
    """A canonical text read back. Raises `WrongDate`; `str(parse(text)) == text`."""
    match = CANONICAL.fullmatch(text)
    if match is None:
        raise WrongDate(_("Cette date n’est pas lisible."))
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    clock = (hour, minute) if hour is not None and minute is not None else None
    return _existing(year or 0, month, day, clock)


def read(typed: str, typed_clock: str = "") -> PartialDate:
    """A date as people type it: `18/09/2024`, `18 septembre 2024`, `09/2024`, `2024`.

    The hour comes apart: `14:00`, `14 h 30`, `9h`. Raises `WrongDate`, whose sentence is shown.
    """
    folded = _fold(typed)
    if CANONICAL.fullmatch(folded.upper()):
        found = parse(folded.upper())
    else:
        match = next((m for form in FORMS if (m := form.fullmatch(folded))), None)
        if match is None:
            raise WrongDate(
                _("Écrivez la date comme 18/09/2024, ou 09/2024 si le jour n’est pas fixé.")
            )
        parts = match.groupdict()
        day = int(parts["day"]) if parts.get("day") else None
        month = _month(parts["month"]) if parts["month"] else None
        found = _existing(int(parts["year"]), month, day, None)
    return found if not typed_clock.strip() else _at(found, _clock(typed_clock))


def _existing(
    year: int, month: int | None, day: int | None, clock: tuple[int, int] | None
) -> PartialDate:
    if year not in YEARS:
        raise WrongDate(_("Écrivez l’année en quatre chiffres, par exemple 2024."))
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise WrongDate(_("Cette date n’existe pas dans le calendrier.")) from None
    try:
        at = time(*clock) if clock else None
    except ValueError:
        raise WrongDate(_("Cette heure n’existe pas.")) from None
    return PartialDate(year, month, day, at)


def _at(found: PartialDate, clock: time) -> PartialDate:
    if found.day is None:
        raise WrongDate(_("Donnez le jour pour pouvoir donner l’heure, ou laissez l’heure vide."))
    return PartialDate(found.year, found.month, found.day, clock)


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    for number, beginnings in enumerate(MONTHS, start=1):
        if word.startswith(beginnings):
            return number
    raise WrongDate(_("Ce mois n’est pas connu : écrivez par exemple septembre, ou 09."))


def _clock(typed: str) -> time:
    match = CLOCK.fullmatch(_fold(typed))
    try:
        return time(int(match[1]), int(match[2] or 0)) if match else _unreadable_clock()
    except ValueError:
        return _unreadable_clock()


def _unreadable_clock() -> time:
    raise WrongClock(_("Écrivez l’heure comme 14:00 ou 14 h 30."))


def _fold(typed: str) -> str:
    """Lower case, no accents, single spaces; any space that typography may have put in."""
    bare = unicodedata.normalize("NFKD", typed).encode("ascii", "ignore").decode().lower()
    return re.sub(r"\s+(?:a\s+)?", " ", bare).strip()
