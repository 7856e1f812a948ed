"""One labelled initiative: what it sheds light on, when and where, who carries it."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.agenda.facets import Facets
from gabare.agenda.gathering import current_facets
from gabare.agenda.models import Listing
from gabare.agenda.presentation import (
    Presented,
    carriers_of_blocks,
    dates_of_listings,
    present,
    public_answers,
)
from gabare.agenda.queries import listings_of, related
from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.initiatives.records import record_of
from gabare.labels.queries import revoked_label_of
from gabare.questionnaires.queries import questions_of
from gabare.web.visitors.initiative_data import structured_data


@login_not_required
@require_safe
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    rows = listings_of(slug)
    if not rows:
        return _withdrawn(request, slug)
    first, facets = rows[0], current_facets()
    call = call_of_row(first, facets)
    request.site_call = call  # type: ignore[attr-defined]  # read once a generation
    language = get_language() or call.language
    shown = shown_as(rows, call, language)
    return render(
        request,
        "visitors/initiative.html",
        {
            "shown": shown,
            "listing": first,
            "label_number": first.label_number,
            "label_suspended": first.label_suspended,
            "ics": reverse("visitors:initiative-ics", args=[slug]) if shown.dates else "",
            "related": related(first, now=clock.now(), facets=facets),
            "structured_data": structured_data(rows, shown, call),
        },
    )


def _withdrawn(request: HttpRequest, slug: str) -> HttpResponse:
    """Its label was revoked: it left the agenda, and its address says so for ever."""
    label = revoked_label_of(slug)
    if label is None:
        raise Http404
    return render(request, "visitors/initiative_withdrawn.html", {"label": label}, status=410)


def call_of_row(row: Listing, facets: Facets) -> Call:
    """The initiative's call; the one already read in memory when it is the current one."""
    call: Call = row.initiative.call
    return facets.call if facets.call and facets.call.pk == call.pk else call


def shown_as(rows: list[Listing], call: Call, language: str) -> Presented:
    first = rows[0]
    axis, version = first.initiative.axis, first.version
    record = record_of(call, version.values)
    return present(
        call=call,
        axis=axis,
        record=record,
        answers=public_answers(
            call=call,
            axis=axis,
            questions=questions_of(version.revision),
            values=version.values,
            language=language,
            day=clock.today(call.time_zone),
        ),
        dates=dates_of_listings(rows, call, record.link, language),
        carriers=carriers_of_blocks(version.carriers),
        language=language,
    )
