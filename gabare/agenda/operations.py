"""What changes the public reading: listings, editions, and the generation that caches ask for."""

from datetime import datetime

from django.db import transaction
from modelsearch.backends import get_search_backend

from gabare.agenda import stemming
from gabare.agenda.models import Edition, Generation, Listing
from gabare.calls.models import PlannedRound, Theme
from gabare.foundation.tokens import new_stamp
from gabare.initiatives.enums import OccurrenceStatus, State
from gabare.initiatives.models import Carrier, Initiative, Occurrence, Version
from gabare.initiatives.queries import Record, public_record
from gabare.people.models import Organisation


class NotLabelled(Exception):
    """Only a labelled initiative is ever listed."""


@transaction.atomic
def bump_generation(*, listings: bool = True) -> Generation:
    """Make every cached public answer obsolete. Call it in the transaction of the change.

    `listings=False` when neither a listing nor the call changed, only words around them.
    """
    generation = Generation.objects.filter(pk=1).first() or Generation(pk=1)
    generation.number = new_stamp()
    if listings or not generation.listings:
        generation.listings = generation.number
    generation.save()
    return generation


@transaction.atomic
def create_edition(*, planned: PlannedRound, counts: dict[str, int], now: datetime) -> Edition:
    """The edition of a round, numbered in its call; the same one when asked again."""
    number = Edition.objects.filter(planned__call=planned.call_id).count() + 1
    edition, created = Edition.objects.get_or_create(
        planned=planned,
        defaults={
            "key": planned.key, "number": number, "published_at": now, "counts": counts,
        },
    )  # fmt: skip
    if created:
        bump_generation()
    return edition


@transaction.atomic
def list_initiative(
    *,
    initiative: Initiative,
    version: Version,
    label_number: str,
    edition_key: str,
    now: datetime,
    label_suspended: bool = False,
) -> list[Listing]:
    """Write the rows of an initiative, one a date, or one without a date.

    Listing again updates the same rows. A date that has gone is kept as cancelled: calendars that
    subscribed must hear of it, and an erased event says nothing. Raises `NotLabelled`.
    """
    if initiative.state != State.LABELLED:
        raise NotLabelled(initiative.state)
    shared = _shared_fields(initiative, version, label_number, edition_key, now)
    shared["label_suspended"] = label_suspended
    known = {row.occurrence_uid: row for row in Listing.objects.filter(initiative=initiative)}
    rows = []
    for dated in [_dated_fields(o) for o in _occurrences(initiative)] or [_UNDATED]:
        row = known.pop(str(dated["occurrence_uid"]), None) or Listing(
            initiative=initiative, published_at=now
        )
        for name, value in {**shared, **dated}.items():
            setattr(row, name, value)
        place = [row.place, row.address, row.commune_name]
        row.search_text = stemming.indexed(str(shared["search_text"]), *place)
        row.save()
        rows.append(row)
    rows += [kept for row in known.values() if (kept := _tombstone(row, now))]
    get_search_backend().add_bulk(Listing, rows)
    bump_generation()
    return rows


@transaction.atomic
def mark_suspended(*, initiative: Initiative, suspended: bool, now: datetime) -> None:
    """Its rows stay in the agenda and say whether its label is suspended."""
    rows = Listing.objects.filter(initiative=initiative).exclude(label_suspended=suspended)
    rows.update(label_suspended=suspended, updated_at=now)
    bump_generation()


@transaction.atomic
def unlist_initiative(*, initiative: Initiative) -> None:
    """Take an initiative off everything that is read in public: its label was revoked."""
    for row in Listing.objects.filter(initiative=initiative):
        get_search_backend().delete(row)
        row.delete()
    bump_generation()


_UNDATED: dict[str, object] = {
    "occurrence_uid": "", "starts_at": None, "ends_at": None, "precision": "",
    "status": OccurrenceStatus.SCHEDULED, "place": "", "address": "", "commune": "",
    "commune_name": "", "mode": "",
}  # fmt: skip


def _occurrences(initiative: Initiative) -> list[Occurrence]:
    return list(Occurrence.objects.filter(initiative=initiative).select_related("commune"))


def _dated_fields(occurrence: Occurrence) -> dict[str, object]:
    commune = occurrence.commune
    return {
        "occurrence_uid": occurrence.uid,
        "starts_at": occurrence.starts_at,
        "ends_at": occurrence.ends_at,
        "precision": occurrence.precision,
        "status": occurrence.status,
        "sequence": occurrence.sequence,
        "place": occurrence.place,
        "address": occurrence.address,
        "commune": commune.code if commune else "",
        "commune_name": occurrence.commune_name or (commune.name if commune else ""),
        "mode": occurrence.mode,
        **({"url": occurrence.url} if occurrence.url else {}),
    }


def _shared_fields(
    initiative: Initiative, version: Version, label_number: str, edition_key: str, now: datetime
) -> dict[str, object]:
    record = public_record(version)
    organisations = [
        (carrier.organisation, carrier.role)
        for carrier in Carrier.objects.filter(initiative=initiative).select_related("organisation")
    ]
    return {
        "version": version,
        "slug": initiative.slug,
        "title": record.title,
        "summary": record.summary,
        "axis": initiative.axis.key,
        "wave": initiative.wave.key if initiative.wave else "",
        "free": record.free,
        "criteria": list(record.criteria),
        "themes": list(record.themes),
        "audiences": list(record.audiences),
        "carriers": [{"slug": o.slug, "name": o.name, "role": role} for o, role in organisations],
        "url": record.link,
        "label_number": label_number,
        "edition_key": edition_key,
        "updated_at": now,
        "search_text": _words_of(initiative, record, [o for o, _ in organisations]),
    }


def _words_of(initiative: Initiative, record: Record, carriers: list[Organisation]) -> str:
    themes = Theme.objects.filter(call=initiative.call_id, key__in=record.themes)
    return "\n".join(
        [
            record.title,
            record.summary,
            *(carrier.name for carrier in carriers),
            *record.criteria.values(),
            *record.themes,
            *(word for theme in themes for word in theme.label.values()),
        ]
    )


def _tombstone(row: Listing, now: datetime) -> Listing | None:
    if not row.occurrence_uid:  # it had no date and now has some: nothing was announced
        get_search_backend().delete(row)
        row.delete()
        return None
    if row.status != OccurrenceStatus.CANCELLED:
        row.status = OccurrenceStatus.CANCELLED
        row.sequence += 1
        row.updated_at = now
        row.save()
    return row
