"""Published dates change: the agenda, the label and the letters follow, in one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from gabare.agenda.operations import bump_generation, list_initiative
from gabare.calls.rules import day_of
from gabare.initiatives.date_statuses import when_of
from gabare.initiatives.enums import OccurrenceStatus, Role
from gabare.initiatives.letters import initiative_values, sender_of
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Initiative, Occurrence
from gabare.initiatives.operations import Wanted, change_occurrence_status
from gabare.journeys.change_label import change_label, people_of
from gabare.labels.enums import LabelReason, LabelState, Mover
from gabare.labels.models import Label
from gabare.labels.operations import lock_label
from gabare.labels.queries import label_of
from gabare.labels.rules import state_on, suspended_itself
from gabare.mail.operations import queue_letter
from gabare.people.models import Person

LETTER = "dates-changed"


@transaction.atomic
def change_dates(
    *, initiative_id: int, wanted: Mapping[str, Wanted], role: Role, actor: Person, now: datetime
) -> list[Occurrence]:
    """Say what becomes of published dates; returns those that changed, none when all was so.

    When every date is cancelled the label is suspended by itself; when one comes back, that
    suspension is lifted, and no other. Raises `DatesMoved` and `Refused`.
    """
    changed = change_occurrence_status(initiative_id=initiative_id, wanted=wanted, now=now)
    if not changed:
        return []
    found = label_of(changed[0].initiative)
    if found is None:
        raise Refused(_("Cette initiative n’a pas de label."))
    label = lock_label(found.pk)
    if label.state == LabelState.REVOKED:
        raise Refused(_("Le label a été retiré\u00a0: l’initiative n’est plus dans l’agenda."))
    initiative = label.initiative
    list_initiative(
        initiative=initiative, version=label.version, label_number=label.number,
        edition_key=label.edition_key, now=now,
        label_suspended=label.state == LabelState.SUSPENDED,
    )  # fmt: skip
    bump_generation()
    _queue_letters(initiative, changed, role, actor, now)
    _follow_with_label(label, now)
    return changed


def _follow_with_label(label: Label, now: datetime) -> None:
    statuses = Occurrence.objects.filter(initiative=label.initiative_id)
    alive = statuses.exclude(status=OccurrenceStatus.CANCELLED).exists()
    state = state_on(label, day_of(label.initiative.call, now))
    if state == LabelState.VALID and not alive:
        move, reason = "suspend", LabelReason.ALL_CANCELLED
    elif state == LabelState.SUSPENDED and alive and suspended_itself(label.changes.last()):
        move, reason = "lift", LabelReason.DATES_BACK
    else:
        return
    change_label(
        label_id=label.pk, move=move, mover=Mover.ITSELF, actor=None, now=now, reason=reason
    )


def _queue_letters(
    initiative: Initiative, changed: Sequence[Occurrence], role: Role, actor: Person, now: datetime
) -> None:
    for person in people_of(initiative):
        queue_letter(
            owner=initiative.call.key,
            key=LETTER,
            language=person.language,
            recipient=person.email,
            values=initiative_values(initiative, person)
            | _values(initiative, changed, role, actor, person.language),
            about=f"initiative:{initiative.public_id}",
            now=now,
            sender=sender_of(initiative.call),
        )


def _values(
    initiative: Initiative, changed: Sequence[Occurrence], role: Role, actor: Person, language: str
) -> dict[str, object]:
    """The team acts as a team; a carrier by name, or by address while it gave none."""
    zone = initiative.call.time_zone
    with translation.override(language):
        return {
            "who": _("L’équipe de l’appel") if role == Role.TEAM else actor.name or actor.email,
            "dates": [
                _("- %(when)s\u00a0: %(status)s")
                % {
                    "when": when_of(row, zone, language),
                    "status": str(OccurrenceStatus(row.status).label).lower(),
                }
                for row in changed
            ],
        }
