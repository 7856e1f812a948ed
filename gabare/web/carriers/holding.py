"""Who may open a draft: the browser that holds its secret, or a person with a mandate.

The cookie holds the secrets of the drafts begun here, signed and out of reach of scripts. Its path
is the whole site because English pages and attachments are not under /deposer/.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from gabare.foundation.tokens import digest
from gabare.initiatives.models import Draft
from gabare.initiatives.queries import draft_named
from gabare.initiatives.rules import UNSENT_IS_KEPT, has_mandate, is_live
from gabare.people.models import Person

COOKIE = "gabare-brouillons"
SALT = "gabare.deposit"
MAX_AGE = int(UNSENT_IS_KEPT.total_seconds())
MOST = 8  # drafts a browser remembers


def secrets_of(request: HttpRequest) -> list[str]:
    """The secrets this browser holds, the latest first."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=MAX_AGE)
    return [secret for secret in (kept or "").split(".") if secret]


def remember(request: HttpRequest, response: HttpResponse, secret: str) -> None:
    others = [kept for kept in secrets_of(request) if kept != secret]
    response.set_signed_cookie(
        COOKIE,
        ".".join([secret, *others][:MOST]),
        salt=SALT,
        max_age=MAX_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def secret_of(request: HttpRequest, draft: Draft) -> str:
    """The draft's own secret when this browser holds it, to show the link that resumes it."""
    held = (secret for secret in secrets_of(request) if digest(secret) == draft.secret_digest)
    return next(held, "")


def person_of(request: HttpRequest) -> Person | None:
    return request.user if request.user.is_authenticated else None


def may_open(request: HttpRequest, draft: Draft) -> bool:
    if secret_of(request, draft):
        return True
    return has_mandate(request.user, draft.initiative)


def held_draft(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Give the view the live draft it may open, else explain: not yours, or already sent."""

    @wraps(view)
    def guarded(request: HttpRequest, public_id: str, **rest: Any) -> HttpResponse:
        draft = draft_named(public_id)
        if draft is None or not may_open(request, draft):
            return render(request, "carriers/refused.html", status=403)
        if not is_live(draft):
            return render(request, "carriers/already_sent.html", {"draft": draft}, status=410)
        call = draft.initiative.call
        if call.is_current:
            request.site_call = call  # type: ignore[attr-defined]  # the frame asks no more
        return view(request, draft, **rest)

    return login_not_required(never_cache(guarded))
