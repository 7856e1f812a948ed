"""A listing as one line of a list: what is said of its date, its place and its state.

The date keeps the precision it was given in: « juin 2024 » stays a month, and no hour is invented.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.dates import MONTHS_AP
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gabare.agenda.models import Listing
from gabare.calls.models import Call
from gabare.calls.queries import axes, kept, petals
from gabare.foundation.localised import pick
from gabare.initiatives.enums import CarrierRole, Mode, OccurrenceStatus, Precision
from gabare.ui import dates
from gabare.ui.rose import Petal

LONG = 31  # days; beyond, a line says until when rather than since when


STATUS_WORDS = {
    OccurrenceStatus.CANCELLED.value: pgettext_lazy("date", "annulé"),
    OccurrenceStatus.POSTPONED.value: pgettext_lazy("date", "reporté"),
    OccurrenceStatus.FULL.value: pgettext_lazy("date", "complet"),
}


@dataclass(frozen=True)
class Chip:
    text: str
    kind: str = ""  # "" | "free" | "alert"


@dataclass(frozen=True)
class Line:
    big: str  # « 12 », « sept. », « 2024 », or nothing
    small: str  # « juin », « 2024 », « sans date »
    details: str
    chips: list[Chip]
    petals: list[Petal]


def line_of(listing: Listing, call: Call, language: str, *, year: bool = False) -> Line:
    """`year` where no heading says which year it is. `language` is the one that is active."""
    big, small = _date_block(listing, call.time_zone, year=year)
    lit = f"petals {language} {' '.join(listing.criteria)}"  # few sets, drawn on every line
    return Line(
        big=big,
        small=small,
        details=" · ".join(part for part in _details(listing, call, language) if part),
        chips=_chips(listing, call, language),
        petals=kept(call, lit, lambda: petals(call, listing.criteria, language)),
    )


def _date_block(listing: Listing, zone: str, *, year: bool) -> tuple[str, str]:
    if listing.starts_at is None:
        return "", _("sans date")
    first, last = _days(listing, zone)
    if listing.precision == Precision.YEAR:
        return str(first.year), ""
    if listing.precision == Precision.MONTH:
        return _month(first), str(first.year)
    if (last - first).days > LONG:
        return "", _("jusqu’au %(day)s") % {"day": f"{last.day} {_month(last)} {last.year}"}
    months = f"{_month(first)} {first.year}" if year else _month(first)
    same_month = first != last and first.month == last.month
    return (f"{first.day}–{last.day}" if same_month else str(first.day)), months


def _days(listing: Listing, zone: str) -> tuple[date, date]:
    starts: datetime = listing.starts_at  # type: ignore[assignment]
    return (
        dates.in_zone(starts, zone).date(),
        dates.in_zone(listing.ends_at or starts, zone).date(),
    )


def _month(day: date) -> str:
    return str(MONTHS_AP[day.month])


def _details(listing: Listing, call: Call, language: str) -> list[str]:
    lead = next((c["name"] for c in listing.carriers if c["role"] == CarrierRole.LEAD), "")
    return [lead, where(listing), _hours(listing, call.time_zone, language)]


def where(listing: Listing) -> str:
    """« Halle 6 Ouest, Nantes », said once when the place already names its commune."""
    place, commune = listing.place, listing.commune_name
    if not place or not commune or commune.lower() in place.lower():
        return place or commune
    return f"{place}, {commune}"


def _hours(listing: Listing, zone: str, language: str) -> str:
    if listing.starts_at is None:
        return ""
    first, last = _days(listing, zone)
    if listing.precision == Precision.MINUTE and first == last:
        start = dates.hour(dates.in_zone(listing.starts_at, zone), language)
        if not listing.ends_at or listing.ends_at <= listing.starts_at:
            return start
        return f"{start} – {dates.hour(dates.in_zone(listing.ends_at, zone), language)}"
    if first == last and listing.precision == Precision.DAY:
        return ""
    return dates.when(
        listing.starts_at, listing.ends_at, listing.precision,
        zone=zone, language=language, weekday=False,
    )  # fmt: skip


def _chips(listing: Listing, call: Call, language: str) -> list[Chip]:
    chips = [Chip(said, "alert") for said in (status_words(listing.status),) if said]
    if listing.label_suspended:
        chips.append(Chip(_("label suspendu"), "alert"))
    if listing.free is not None:
        chips.append(Chip(_("gratuit"), "free") if listing.free else Chip(_("payant")))
    axis = next((axis for axis in axes(call) if axis.key == listing.axis), None)
    if axis:
        chips.append(Chip(f"{_('Axe')} {axis.number} · {pick(axis.short, language)}"))
    if listing.mode == Mode.ONLINE:
        chips.append(Chip(_("en ligne")))
    elif listing.mode == Mode.MIXED:
        chips.append(Chip(_("sur place et en ligne")))
    return chips


def status_words(status: str) -> str:
    """What a reader must know before coming; nothing when all goes as planned."""
    return str(STATUS_WORDS.get(status, ""))
