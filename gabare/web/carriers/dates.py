"""`/mes-initiatives/<…>/dates/`: once labelled, what becomes of each date."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gabare.foundation import clock
from gabare.initiatives.date_statuses import shown_dates, wanted_in
from gabare.initiatives.enums import Role, State
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Initiative
from gabare.initiatives.operations import DatesMoved
from gabare.initiatives.queries import mandated_initiative
from gabare.journeys.change_dates import change_dates


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open to everyone with a mandate: the first to know that a room is full."""
    initiative = mandated_initiative(request.user, public_id)
    if initiative is None:
        raise Http404
    if initiative.state != State.LABELLED:
        return _refused(
            request,
            initiative,
            _("Tant qu’elle n’est pas labellisée, une date se corrige dans le dépôt."),
        )
    if request.method != "POST":
        return _page(request, initiative)
    uids = initiative.occurrences.values_list("uid", flat=True)
    try:
        changed = change_dates(
            initiative_id=initiative.pk, wanted=wanted_in(request.POST, uids),
            role=Role.CARRIER, actor=request.user, now=clock.now(),
        )  # fmt: skip
    except DatesMoved:
        return _page(request, initiative, met=True, status=409)
    except Refused as refused:
        return _refused(request, initiative, str(refused))
    said = _("Les dates sont changées, l’agenda le dit.") if changed else _("Rien n’a changé.")
    messages.success(request, said)
    return redirect("carriers:mine")


def _page(
    request: HttpRequest, initiative: Initiative, *, met: bool = False, status: int = 200
) -> HttpResponse:
    language = get_language() or initiative.call.language
    shown = shown_dates(initiative, language=language, now=clock.now())
    context = {"initiative": initiative, "dates": shown, "met": met}
    return render(request, "carriers/dates.html", context, status=status)


def _refused(request: HttpRequest, initiative: Initiative, refusal: str) -> HttpResponse:
    context = {"initiative": initiative, "refusal": refusal}
    return render(request, "carriers/not_possible.html", context, status=409)
