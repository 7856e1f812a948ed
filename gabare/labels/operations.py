import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from gabare.calls.rules import day_of
from gabare.foundation.operations import record
from gabare.initiatives.models import Initiative, Version
from gabare.labels.credentials import keys
from gabare.labels.credentials.status_list import ENTRIES
from gabare.labels.enums import LabelTrace, Mover
from gabare.labels.lifecycle import check
from gabare.labels.models import Label, LabelChange, LabelCounter, SigningKey, StatusPlace
from gabare.labels.queries import current_signing_key
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
    label = Label.objects.create(
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
    allot_place(label=label)
    return label


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
    record(
        actor=actor, verb=LabelTrace.MOVED, about=f"label:{label.number}",
        owner=f"call:{label.initiative.call.key}", detail={"move": move}, now=now,
    )  # fmt: skip
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


FULL = ENTRIES // 2  # beyond, a free place takes long to draw: another list begins


@transaction.atomic
def allot_place(*, label: Label) -> StatusPlace:
    """Draw the label's place in the status lists; the same one when asked again."""
    if place := StatusPlace.objects.filter(label=label).first():
        return place
    last = StatusPlace.objects.order_by("-list_number").first()
    number = last.list_number if last else 1
    if StatusPlace.objects.filter(list_number=number).count() >= FULL:
        number += 1
    taken = StatusPlace.objects.filter(list_number=number)
    index = secrets.randbelow(ENTRIES)
    while taken.filter(index=index).exists():
        index = secrets.randbelow(ENTRIES)
    return StatusPlace.objects.create(label=label, list_number=number, index=index)


def ensure_signing_key(*, now: datetime) -> SigningKey:
    """The key that signs, made on first use. Two programs that start together agree on one."""
    if key := current_signing_key():
        return key
    try:
        with transaction.atomic():
            return _new_key(now)
    except IntegrityError:
        return SigningKey.objects.get(is_current=True)


@transaction.atomic
def rotate_signing_key(*, now: datetime) -> SigningKey:
    """Sign with a new key from now on. The former ones stay published: what they signed holds."""
    for former in SigningKey.objects.select_for_update().filter(is_current=True):
        former.is_current, former.retired_at = False, now
        former.save(update_fields=["is_current", "retired_at"])
    return _new_key(now)


def _new_key(now: datetime) -> SigningKey:
    private = keys.new_private()
    return SigningKey.objects.create(
        public_jwk=keys.public_of(private).jwk,
        sealed=keys.seal(private, settings.SECRET_KEY),
        created_at=now,
    )
