"""What every feed says of a listing, and of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from gabare.agenda.lines import status_words, where
from gabare.agenda.models import Listing
from gabare.calls.models import Call
from gabare.initiatives.enums import Mode
from gabare.ui.dates import when


@dataclass(frozen=True)
class Feed:
    call: Call | None
    title: str
    language: str
    page: str  # the same selection for people
    address: str
    updated: datetime | None = None
    next: str = ""

    @property
    def zone(self) -> str:
        return self.call.time_zone if self.call else settings.TIME_ZONE


def absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"


def page_of(listing: Listing) -> str:
    return absolute(reverse("visitors:initiative", args=[listing.slug]))


def title_of(listing: Listing) -> str:
    """With what a reader must know before coming: « Annulé : Atelier »."""
    said = status_words(listing.status)
    title = printable(listing.title)
    return f"{said.capitalize()}\u00a0: {title}" if said else title


def place_of(listing: Listing) -> str:
    parts = [where(listing), listing.address]
    if listing.mode in {Mode.ONLINE, Mode.MIXED}:
        parts.append(_("en ligne") if parts[0] else _("En ligne"))
    return printable(", ".join(part for part in parts if part))


def when_of(listing: Listing, feed: Feed) -> str:
    return when(
        listing.starts_at, listing.ends_at, listing.precision,
        zone=feed.zone, language=feed.language,
    )  # fmt: skip


def text_of(listing: Listing, feed: Feed) -> str:
    """The whole entry as plain text, for readers that show nothing else."""
    where_when = " · ".join(part for part in (when_of(listing, feed), place_of(listing)) if part)
    access = "" if listing.free is None else _("Gratuit") if listing.free else _("Payant")
    label = _("Label n° %(number)s") % {"number": listing.label_number}
    carriers = _("Porté par %(names)s") % {"names": names_of(listing)} if listing.carriers else ""
    lines = [where_when, access, printable(listing.summary), carriers, label]
    return "\n".join(line for line in lines if line)


def names_of(listing: Listing) -> str:
    return ", ".join(printable(carrier["name"]) for carrier in listing.carriers)


def latest(rows: Iterable[Listing]) -> datetime:
    return max((row.updated_at for row in rows), default=datetime(1970, 1, 1, tzinfo=UTC))


def printable(text: str) -> str:
    """Without the control signs that calendars and XML refuse; lines and tabs stay."""
    return "".join(
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\n\t" or ("\x20" <= sign <= "\ud7ff") or "\ue000" <= sign <= "\ufffd"
        or sign >= "\U00010000"
    )  # fmt: skip
