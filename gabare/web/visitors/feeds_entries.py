"""What every feed says of a listing, and of itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gabare.agenda.lines import status_words, where
from gabare.agenda.models import Listing
from gabare.calls.models import Call
from gabare.initiatives.enums import Mode
from gabare.ui.dates import when
from gabare.ui.typography import printable


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


@lru_cache(maxsize=16)
def _initiatives(_language: str) -> str:
    """The address of any initiative in the active language: resolved once, not once a line."""
    return reverse("visitors:initiative", args=["SLUG"])


def page_of(listing: Listing) -> str:
    return absolute(_initiatives(get_language() or "").replace("SLUG", listing.slug))


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
    dates = when_of(listing, feed)
    return "\n".join(part for part in (dates, *lines_of(listing)) if part)


class Words(NamedTuple):
    free: str
    paying: str
    numbered: str
    suspended: str
    carried: str


@lru_cache(maxsize=16)
def _words(_language: str) -> Words:
    """What lines say around their facts: translated once, not ten thousand times a feed."""
    return Words(
        free=_("Gratuit"),
        paying=_("Payant"),
        numbered=_("Label n°\u00a0%(number)s"),
        suspended=_("Label n°\u00a0%(number)s, suspendu"),
        carried=_("Porté par %(names)s"),
    )


def lines_of(listing: Listing) -> list[str]:
    """The same without its dates, for calendars, which have them already."""
    words = _words(get_language() or "")
    access = "" if listing.free is None else words.free if listing.free else words.paying
    numbered = words.suspended if listing.label_suspended else words.numbered
    label = numbered % {"number": listing.label_number}
    carriers = words.carried % {"names": names_of(listing)} if listing.carriers else ""
    return [place_of(listing), access, printable(listing.summary), carriers, label]


def names_of(listing: Listing) -> str:
    return ", ".join(printable(carrier["name"]) for carrier in listing.carriers)


def latest(rows: Iterable[Listing]) -> datetime:
    return max((row.updated_at for row in rows), default=datetime(1970, 1, 1, tzinfo=UTC))
