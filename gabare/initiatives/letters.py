"""What every letter about an initiative may say, whoever writes it."""

from email.utils import formataddr

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from gabare.calls.models import Call
from gabare.foundation.localised import pick
from gabare.initiatives.models import Initiative
from gabare.people.models import Person
from gabare.ui.typography import inside_quotes


def sender_of(call: Call) -> str:
    """The call's own address, so that answering a letter reaches the people who read."""
    return formataddr((pick(call.title, call.languages[0]), call.email))


def call_values(call: Call, language: str) -> dict[str, object]:
    """Who writes: CRPA R112-11-1 wants the service, its address, e-mail and phone."""
    return {
        "call": pick(call.title, language),
        "organiser": call.organiser,
        "service": call.service,
        "address": call.address,
        "phone": call.phone,
        "email": call.email,
    }


def initiative_values(initiative: Initiative, person: Person) -> dict[str, object]:
    return call_values(initiative.call, person.language) | {
        "name": person.name,
        "title": inside_quotes(initiative.title, person.language),
        "number": initiative.public_id,
        "axis": pick(initiative.axis.title, person.language),
        "link": full_address("carriers:mine", language=person.language),
    }


def full_address(name: str, *args: str, language: str) -> str:
    with translation.override(language):
        return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"
