from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gabare.foundation.operations import record
from gabare.initiatives.enums import InitiativeTrace, Role
from gabare.initiatives.letters import initiative_values, sender_of
from gabare.initiatives.lifecycle import SETTLED, check
from gabare.initiatives.models import Initiative, StateChange
from gabare.mail.operations import queue_letter
from gabare.people.models import Person


@transaction.atomic
def move_initiative(
    *,
    initiative_id: int,
    move: str,
    role: Role,
    actor: Person | None,
    now: datetime,
    reason: str = "",
    letter_values: Mapping[str, object] | None = None,
) -> Initiative:
    """Take one step of the life cycle: state, log, trace and letters stand or fall together.

    Each holder of a mandate gets the letter. Raises `lifecycle.Refused`.
    """
    initiative = (
        Initiative.objects.select_for_update(of=("self",))
        .select_related("call", "axis", "wave")
        .get(pk=initiative_id)
    )
    step = check(move, initiative.state, role)
    source, initiative.state = initiative.state, step.target
    if step.target in SETTLED:
        initiative.settled_at = now
    if move == "submit" and initiative.submitted_at is None:
        initiative.submitted_at = now
    initiative.save(update_fields=["state", "settled_at", "submitted_at"])
    StateChange.objects.create(
        initiative=initiative, move=move, source=source, target=step.target,
        role=role, actor=actor, at=now, reason=reason,
    )  # fmt: skip
    record(
        actor=actor, verb=InitiativeTrace(f"initiative-{move}"),
        about=f"initiative:{initiative.public_id}", owner=f"call:{initiative.call.key}",
        detail={"state": step.target}, named=role != Role.CARRIER, now=now,
    )  # fmt: skip
    if step.letter:
        _queue_letters(initiative, step.letter, letter_values or {}, now)
    return initiative


def _queue_letters(
    initiative: Initiative, letter: str, values: Mapping[str, object], now: datetime
) -> None:
    for mandate in initiative.mandates.select_related("person").order_by("id"):
        person = mandate.person
        queue_letter(
            owner=initiative.call.key,
            key=letter,
            language=person.language,
            recipient=person.email,
            values={**initiative_values(initiative, person), **values},
            about=f"initiative:{initiative.public_id}",
            now=now,
            sender=sender_of(initiative.call),
        )
