"""What every page knows: the call that the site shows, its petals, whether this is a demonstration.

Lazy, so that a page or an answer that shows none of it asks the database nothing.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from gabare.calls.models import Call
from gabare.calls.queries import compass_in_force, current_call, petals
from gabare.foundation.localised import pick
from gabare.ui.rose import Petal
from gabare.ui.typography import typography


def call_of(request: HttpRequest) -> Call | None:
    """The current call, asked once a request: views and the page's frame share it."""
    if not hasattr(request, "site_call"):
        request.site_call = current_call()  # type: ignore[attr-defined]
    return request.site_call  # type: ignore[attr-defined, no-any-return]


def all_petals(call: Call | None) -> list[Petal]:
    """The compass in full bloom: the site's mark."""
    if call is None:
        return []
    every = [criterion.key for criterion in compass_in_force(call).criteria.all()]
    return petals(call, every, get_language() or "")


def site_name(call: Call | None) -> str:
    """The call's title: the site has no other name."""
    language = get_language() or ""
    return typography(pick(call.title, language), language) if call else "Gabare"


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor; `call` is None before the first import."""
    return {
        "site_name": SimpleLazyObject(lambda: site_name(call_of(request))),
        "call": SimpleLazyObject(lambda: call_of(request)),
        "site_petals": SimpleLazyObject(lambda: all_petals(call_of(request))),
        "demo": settings.GABARE_DEMO,
        "public_url": settings.PUBLIC_URL,
    }
