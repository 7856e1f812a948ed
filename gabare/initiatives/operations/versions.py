"""Freezing a deposit: the words in a version, the dates and carriers in rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from gabare.calls.queries import open_wave
from gabare.calls.rules import day_of
from gabare.foundation.tokens import new_public_id
from gabare.initiatives.enums import MandateRole
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Carrier, Draft, Initiative, Mandate, Occurrence, Version
from gabare.initiatives.operations.drafts import lock_draft
from gabare.initiatives.partial_dates import parse
from gabare.initiatives.records import record_of
from gabare.initiatives.validators import Block
from gabare.people.models import Person
from gabare.people.operations import find_or_add_organisation
from gabare.people.validators import folded_name

FACTS = (
    "starts_at", "ends_at", "precision", "mode", "place", "address",
    "commune_id", "commune_name", "url",
)  # fmt: skip


@transaction.atomic
def submit_version(
    *,
    draft_id: int,
    person: Person,
    values: Mapping[str, Any],
    occurrences: Sequence[Block],
    carriers: Sequence[Block],
    now: datetime,
) -> Version:
    """Keep what is sent, word for word. The caller has checked it and then moves the initiative.

    Sent twice without having been reopened, it is the same version: the second call writes
    nothing. Raises `lifecycle.Refused` where no wave is open to a first sending.
    """
    draft = lock_draft(draft_id)
    initiative = draft.initiative
    last = initiative.versions.last()
    if draft.sent_at is not None and last is not None:
        return last
    _place_in_wave(initiative, now)
    _name(initiative, values)
    blocks = _write_occurrences(initiative, occurrences)
    _write_carriers(initiative, carriers, now)
    Mandate.objects.get_or_create(
        initiative=initiative, person=person, defaults={"role": MandateRole.OWNER}
    )
    version = Version.objects.create(
        initiative=initiative,
        number=last.number + 1 if last else 1,
        revision=draft.revision,
        values=dict(values),
        occurrences=blocks,
        carriers=list(carriers),
        sent_at=now,
        sent_by=person,
    )
    Draft.objects.filter(pk=draft.pk).update(sent_at=now)
    return version


def _place_in_wave(initiative: Initiative, now: datetime) -> None:
    """The wave of the first sending, for good: a complement stays in the wave it answers."""
    if initiative.wave_id is None:
        call = initiative.call
        initiative.wave = open_wave(call, day_of(call, now))
        if initiative.wave is None:
            raise Refused(_("Aucune vague n’est ouverte aux dépôts aujourd’hui."))
        initiative.save(update_fields=["wave"])


def _name(initiative: Initiative, values: Mapping[str, Any]) -> None:
    """The title as sent; the slug is made once, at the first sending, and never changes."""
    initiative.title = record_of(initiative.call, values).title[:200]
    initiative.save(update_fields=["title"])
    readable = slugify(initiative.title)[:80].strip("-")
    if initiative.slug != initiative.public_id or not readable:
        return
    for slug in (readable, f"{readable}-{initiative.public_id}"):
        if Initiative.objects.filter(slug=slug).exists():
            continue
        try:
            with transaction.atomic():
                Initiative.objects.filter(pk=initiative.pk).update(slug=slug)
        except IntegrityError:  # taken in between by another deposit of the same title
            continue
        initiative.slug = slug
        return


def _write_occurrences(initiative: Initiative, blocks: Sequence[Block]) -> list[Block]:
    """Rows follow the blocks. A date keeps its uid; its sequence rises when a fact of it changes.

    A date no longer there is deleted: nothing has published it, since what is labelled is not
    sent again. Returns the blocks with their uids.
    """
    rows = {row.uid: row for row in initiative.occurrences.all()}
    named: list[Block] = []
    for block in blocks:
        facts = _facts(initiative, block)
        row = rows.pop(str(block.get("uid", "")), None)
        if row is None:
            row = Occurrence.objects.create(initiative=initiative, uid=new_public_id(), **facts)
        elif any(getattr(row, name) != facts[name] for name in FACTS):
            for name in FACTS:
                setattr(row, name, facts[name])
            row.sequence += 1
            row.save()
        named.append({**block, "uid": row.uid})
    initiative.occurrences.filter(uid__in=rows).delete()
    return named


def _facts(initiative: Initiative, block: Block) -> dict[str, Any]:
    zone = initiative.call.time_zone
    start = parse(block["start"])
    return {
        "starts_at": start.first_instant(zone),
        "ends_at": parse(block["end"]).last_instant(zone) if block["end"] else None,
        "precision": start.precision.value,
        "mode": block["mode"],
        "place": block["place"],
        "address": block["address"],
        "commune_id": block["commune"] or None,
        "commune_name": block["commune_name"],
        "url": block["url"],
    }


def _write_carriers(initiative: Initiative, blocks: Sequence[Block], now: datetime) -> None:
    """One row an organisation, in the order given; the same folded name is the same one."""
    initiative.carriers.all().delete()
    seen: set[str] = set()
    for position, block in enumerate(blocks):
        if folded_name(block["name"]) in seen:
            continue
        seen.add(folded_name(block["name"]))
        organisation = find_or_add_organisation(
            name=block["name"], kind=block["kind"], website=block["website"],
            register_number=block["register_number"], now=now,
        )  # fmt: skip
        Carrier.objects.create(
            initiative=initiative, organisation=organisation, role=block["role"], position=position
        )
