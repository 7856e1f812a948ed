"""What becomes of a date once it is published: postponed, cancelled, full, held, or back."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from gabare.initiatives.enums import OccurrenceStatus, State
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Initiative, Occurrence


class Wanted(NamedTuple):
    """A status asked for a date, and the date's sequence on the page that asked."""

    status: str
    seen: int


class DatesMoved(Exception):
    """Someone changed a date since the page was shown; nothing was written."""


@transaction.atomic
def change_occurrence_status(
    *, initiative_id: int, wanted: Mapping[str, Wanted], now: datetime
) -> list[Occurrence]:
    """Say what becomes of published dates, by uid; returns those that changed.

    Before the label, a date is corrected in the deposit itself. Each change raises the date's
    sequence, so that calendars hear of it. Asking for what is already so writes nothing. Raises
    `DatesMoved`, and `Refused` for what cannot be true.
    """
    initiative = Initiative.objects.select_for_update().get(pk=initiative_id)
    if initiative.state != State.LABELLED:
        raise Refused(_("Tant qu’elle n’est pas labellisée, une date se corrige dans le dépôt."))
    rows = {row.uid: row for row in initiative.occurrences.all()}
    if not wanted.keys() <= rows.keys():
        raise DatesMoved
    changed = [rows[uid] for uid, ask in wanted.items() if rows[uid].status != ask.status]
    for row in changed:
        ask = wanted[row.uid]
        if row.sequence != ask.seen:
            raise DatesMoved
        if ask.status not in OccurrenceStatus.values:
            raise Refused(_("Choisissez pour chaque date ce qu’elle devient."))
        if ask.status == OccurrenceStatus.HELD and row.starts_at > now:
            raise Refused(_("Une date à venir n’a pas encore eu lieu."))
        row.status = ask.status
        row.sequence += 1
        row.save(update_fields=["status", "sequence"])
    return changed
