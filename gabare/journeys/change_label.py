"""A label changes: its history, the agenda and the letters, in one transaction."""

from datetime import datetime

from django.db import transaction
from django.utils import translation

from gabare.agenda.operations import bump_generation, mark_suspended, unlist_initiative
from gabare.initiatives.letters import full_address, initiative_values, sender_of
from gabare.initiatives.models import Initiative, Mandate
from gabare.labels.display import why
from gabare.labels.enums import LabelState, Mover
from gabare.labels.lifecycle import MOVES
from gabare.labels.models import Label, LabelChange
from gabare.labels.operations import move_label
from gabare.mail import placeholders, rendering
from gabare.mail.operations import queue_letter
from gabare.mail.queries import letter_text
from gabare.people.models import Person


@transaction.atomic
def change_label(  # noqa: PLR0913 - a change is made of that many things
    *,
    label_id: int,
    move: str,
    mover: Mover,
    actor: Person | None,
    now: datetime,
    reason: str = "",
    public_reason: str = "",
    note: str = "",
    seen: int | None = None,
) -> LabelChange:
    """Move a label and tell of it everywhere at once.

    Suspended, the initiative stays in the agenda, which says so; revoked, it leaves it. Everyone
    who holds a mandate gets the letter. Raises what `labels.operations.move_label` raises.
    """
    change = move_label(
        label_id=label_id, move=move, mover=mover, actor=actor, now=now,
        reason=reason, public_reason=public_reason, note=note, seen=seen,
    )  # fmt: skip
    initiative = change.label.initiative
    if change.target == LabelState.REVOKED:
        unlist_initiative(initiative=initiative)
    else:
        suspended = change.target == LabelState.SUSPENDED
        mark_suspended(initiative=initiative, suspended=suspended, now=now)
    bump_generation()
    for person in people_of(initiative):
        queue_letter(
            owner=initiative.call.key,
            key=MOVES[move].letter,
            language=person.language,
            recipient=person.email,
            values=_values(change.label, person, change.reason, change.public_reason),
            about=f"initiative:{initiative.public_id}",
            now=now,
            sender=sender_of(initiative.call),
        )
    return change


def people_of(initiative: Initiative) -> list[Person]:
    """Those who follow an initiative and get its letters."""
    mandates = Mandate.objects.filter(initiative=initiative).select_related("person")
    return [mandate.person for mandate in mandates.order_by("id")]


def letter_as_it_will_leave(
    label: Label, *, move: str, reason: str, public_reason: str, person: Person
) -> rendering.Rendered:
    """The same words, by the same renderer, as the change will put in the outbox."""
    key = MOVES[move].letter
    text = letter_text(label.initiative.call.key, key, person.language)
    return rendering.render(
        subject=text.subject,
        body=text.body,
        placeholders=placeholders.promised(key),
        values=_values(label, person, reason, public_reason),
        language=text.language,
    )


def _values(label: Label, person: Person, reason: str, public_reason: str) -> dict[str, object]:
    with translation.override(person.language):
        said = why(reason, public_reason)
    return initiative_values(label.initiative, person) | {
        "label_number": label.number,
        "label_link": full_address("visitors:label", label.number, language=person.language),
        "reason": said,
    }
