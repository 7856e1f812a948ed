"""Sign-in links of a demonstration: printed in the terminal, short-lived, good for one use.

A link names a person and when they last signed in: entering changes that in the database, in one
statement, so that of two uses the second finds nothing. Never outside a demonstration.
"""

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from gabare.people.models import Person
from gabare.people.operations import record_sign_in

SALT = "gabare.demo-entry"
LIFE = 12 * 60 * 60  # seconds: a demonstration left open over a working day


def entry_address(person: Person) -> str:
    """A fresh one-time link for this person, on the address of the site."""
    token = signing.dumps([person.pk, _seen(person)], salt=SALT)
    return f"{settings.PUBLIC_URL}{reverse('desk:demo-entry', args=[token])}"


@transaction.atomic
def use_entry(*, token: str, now: datetime) -> Person | None:
    """The person of the link, whose link is now used; None for a used, old or invented one."""
    if not settings.GABARE_DEMO:
        return None
    try:
        person_id, seen = signing.loads(token, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    person = Person.objects.select_for_update().filter(pk=person_id, is_active=True).first()
    if person is None or _seen(person) != seen:
        return None
    person.last_login = now
    person.save(update_fields=["last_login"])
    record_sign_in(person=person, now=now)
    return person


def _seen(person: Person) -> str:
    return person.last_login.isoformat() if person.last_login else ""
