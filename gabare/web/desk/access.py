"""Every page of the desk is about the current call and asks for a permission on it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache

from gabare.calls.context import call_of
from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.foundation.enums import TraceKind
from gabare.foundation.operations import record
from gabare.review.models import Round
from gabare.review.queries import unpublished_round
from gabare.web.desk.outbox import letters_to_leave

View = Callable[..., HttpResponse]


def team_page(permission: str) -> Callable[[View], View]:
    """`view(request, call, …)`; anyone without the permission meets a 403."""

    def wrap(view: View) -> View:
        @never_cache  # names and addresses: nothing stays behind on a shared computer
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            call = call_of(request)
            if not request.user.has_perm(permission, call):
                raise PermissionDenied
            if call is None:
                return desk_page(request, None, None, "desk/no_call.html", {})
            return view(request, call, *args, **kwargs)

        return guarded

    return wrap


def desk_page(
    request: HttpRequest,
    call: Call | None,
    round_: Round | None,
    template: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """`round_` is the open round, if the view has it already; its name is in the menu."""
    if call is not None and round_ is None:
        round_ = unpublished_round(call)
    frame = {
        "open_round": round_,
        "letters_waiting": letters_to_leave(call, reader=request.user) if call else 0,
        "may_decide": request.user.has_perm("desk.decide", call),
        "may_advise": request.user.has_perm("desk.advise", call),
        "may_recuse": request.user.has_perm("desk.recuse", call),
        "may_publish": request.user.has_perm("desk.publish", call),
        "may_read_trace": request.user.has_perm("trace.read", call),
        "may_edit": request.user.has_perm("pages.edit", call),
        "errors": [],
    }
    return render(request, template, {**frame, **context}, status=status)


def saw(request: HttpRequest, call: Call, verb: str, about: str, **detail: object) -> None:
    """Leave in the trace that this person looked at this. Without its line, nothing is shown."""
    record(
        actor=request.user, verb=verb, about=about, owner=f"call:{call.key}",
        detail=detail, kind=TraceKind.SEEN, now=clock.now(),
    )  # fmt: skip


def language_of(call: Call) -> str:
    return get_language() or call.language
