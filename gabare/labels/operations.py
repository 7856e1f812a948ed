import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from gabare.initiatives.models import Initiative, Version
from gabare.labels.credentials import keys
from gabare.labels.credentials.status_list import ENTRIES
from gabare.labels.models import Label, LabelCounter, SigningKey, StatusPlace
from gabare.labels.queries import current_signing_key
from gabare.labels.validators import number_of


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
