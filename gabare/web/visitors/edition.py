"""Editions: what each monthly round published, on one date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gabare.agenda.filters import ALL, Filters
from gabare.agenda.models import Edition, Listing
from gabare.agenda.queries import editions as editions_of
from gabare.agenda.queries import listings_of_edition
from gabare.calls.context import call_of
from gabare.calls.models import Axis
from gabare.calls.queries import axes
from gabare.web.visitors.feeds import subscriptions


@dataclass(frozen=True)
class AxisGroup:
    axis: Axis
    rows: list[Listing]  # one an initiative, its first date


@login_not_required
@require_safe
def editions(request: HttpRequest) -> HttpResponse:
    call = call_of(request)
    found = editions_of(call) if call else []
    return render(
        request,
        "visitors/editions.html",
        {"editions": [(edition, month_of(edition)) for edition in found]},
    )


@login_not_required
@require_safe
def edition(request: HttpRequest, key: str) -> HttpResponse:
    call = call_of(request)
    every = editions_of(call) if call else []
    place = next((rank for rank, found in enumerate(every) if found.key == key), None)
    if call is None or place is None:
        raise Http404
    found = every[place]
    groups = grouped(axes(call), listings_of_edition(call, key))
    return render(
        request,
        "visitors/edition.html",
        {
            "edition": found,
            "month": month_of(found),
            "groups": groups,
            "labelled": sum(len(group.rows) for group in groups),
            "older": every[place + 1] if place + 1 < len(every) else None,
            "newer": every[place - 1] if place else None,
            "subscriptions": subscriptions(
                Filters(values={"quand": (ALL,)}).replacing("edition", (key,))
            ),
        },
    )


def month_of(edition: Edition) -> date:
    """The month whose deposits it answers: its round's."""
    return edition.planned.closes_on


def grouped(axes_: Iterable[Axis], rows: Iterable[Listing]) -> list[AxisGroup]:
    """An initiative is labelled once, however many dates it has."""
    first: dict[int, Listing] = {}
    for row in rows:
        first.setdefault(row.initiative_id, row)
    groups = [AxisGroup(a, [r for r in first.values() if r.axis == a.key]) for a in axes_]
    return [group for group in groups if group.rows]
