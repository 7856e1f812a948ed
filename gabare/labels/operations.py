from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gabare.calls.rules import day_of
from gabare.initiatives.models import Initiative, Version
from gabare.labels.enums import Mover
from gabare.labels.lifecycle import check
from gabare.labels.models import Label, LabelChange, LabelCounter
from gabare.labels.rules import state_on
from gabare.labels.validators import check_words, number_of
from gabare.people.models import Person


class AlreadyMoved(Exception):
    """Someone changed the label since the page was shown; nothing was written."""

    def __init__(self, change: LabelChange) -> None:
        super().__init__(str(change))
        self.change = change


@transaction.atomic
def grant_label(
    *,
    initiative: Initiative,
    version: Version,
    edition_key: str,
    scope: str,
    criteria: Sequence[str],
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> Label:
    """Grant the label to what `scope` describes, under the next number of its year.

    The number is taken in the caller's transaction: if that is rolled back the number is free
    again, so that the numbers of a year have no gap. Raises `IntegrityError` for an initiative
    that already carries a label: a new scope is a new decision on the same label.
    """
    return Label.objects.create(
        number=_next_number(starts_on.year),
        initiative=initiative,
        version=version,
        edition_key=edition_key,
        scope=scope,
        criteria=list(criteria),
        starts_on=starts_on,
        ends_on=ends_on,
        granted_at=now,
    )


@transaction.atomic
def move_label(  # noqa: PLR0913 - a change is made of that many things
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
    """Take one step of a label's life: its state and the line of its history, or nothing.

    `seen` is the last change that the mover's page showed (0 for none); `None` when nobody looked.
    Raises `AlreadyMoved`, `LabelRefused` and `ChangeProblem`.
    """
    label = lock_label(label_id)
    last = label.changes.select_related("actor").last()
    if seen is not None and last is not None and last.pk != seen:
        raise AlreadyMoved(last)
    source = state_on(label, day_of(label.initiative.call, now))
    step = check(move, source, mover)
    reason, public_reason, note = check_words(move, reason, public_reason, note)
    label.state = step.target
    label.save(update_fields=["state"])
    return LabelChange.objects.create(
        label=label, move=move, source=source, target=step.target, mover=mover, actor=actor,
        reason=reason, public_reason=public_reason, note=note, at=now,
    )  # fmt: skip


def lock_label(label_id: int) -> Label:
    """The label's row, locked for the transaction, with its initiative and call."""
    return (
        Label.objects.select_for_update(of=("self",))
        .select_related("initiative__call", "version")
        .get(pk=label_id)
    )


def _next_number(year: int) -> str:
    counter, _ = LabelCounter.objects.select_for_update().get_or_create(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return number_of(year, counter.last)
