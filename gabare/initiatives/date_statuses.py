"""The published dates of an initiative, as the form that changes them shows and reads them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gabare.initiatives.enums import OccurrenceStatus
from gabare.initiatives.models import Initiative, Occurrence
from gabare.initiatives.operations import Wanted
from gabare.ui import dates

STATUS, SEEN = "status--", "seen--"


@dataclass(frozen=True)
class ShownDate:
    uid: str
    when: str
    place: str
    status: str
    sequence: int
    choices: list[tuple[str, str]]


def shown_dates(initiative: Initiative, *, language: str, now: datetime) -> list[ShownDate]:
    """Reads `initiative.call`. A date to come cannot be said to have taken place."""
    return [_shown(row, initiative, language, now) for row in initiative.occurrences.all()]


def _shown(row: Occurrence, initiative: Initiative, language: str, now: datetime) -> ShownDate:
    return ShownDate(
        uid=row.uid,
        when=when_of(row, initiative.call.time_zone, language),
        place=", ".join(part for part in (row.place, row.commune_name) if part),
        status=row.status,
        sequence=row.sequence,
        choices=[
            (value, str(label))
            for value, label in OccurrenceStatus.choices
            if value != OccurrenceStatus.HELD or row.starts_at <= now
        ],
    )


def when_of(row: Occurrence, zone: str, language: str) -> str:
    return dates.when(row.starts_at, row.ends_at, row.precision, zone=zone, language=language)


def wanted_in(posted: Mapping[str, object], uids: Iterable[str]) -> dict[str, Wanted]:
    """What the form asks for these dates; a sequence that is no number was never shown."""
    return {
        uid: Wanted(str(posted[STATUS + uid]), _number(posted.get(SEEN + uid)))
        for uid in uids
        if STATUS + uid in posted
    }


def _number(typed: object) -> int:
    text = str(typed)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
