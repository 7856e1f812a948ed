from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gabare.initiatives.models import Initiative, Version
from gabare.labels.models import Label, LabelCounter
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


def _next_number(year: int) -> str:
    counter, _ = LabelCounter.objects.select_for_update().get_or_create(year=year)
    counter.last += 1
    counter.save(update_fields=["last"])
    return number_of(year, counter.last)
