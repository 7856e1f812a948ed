"""The agenda: what is coming, by month, narrowed by facets, with subscriptions to the same."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.agenda.filters import PAST, UPCOMING, Filters, read_filters, read_page
from gabare.agenda.gathering import current_facets
from gabare.agenda.queries import Page, filtered
from gabare.foundation import clock
from gabare.web.visitors.agenda_facets import Labels, chosen_of, facets_of
from gabare.web.visitors.agenda_words import heading, ignored_words
from gabare.web.visitors.feeds import subscriptions


@dataclass(frozen=True)
class Step:
    """Another page of the list."""

    number: int
    address: str


@login_not_required
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    facets = current_facets()
    reading = read_filters(request.GET, facets.bits)
    number = read_page(request.GET)
    page = filtered(reading.filters, now=clock.now(), number=number, facets=facets)
    request.site_call = page.call  # type: ignore[attr-defined]  # read once a generation
    labels = Labels(page.call, page.names, get_language() or "fr")
    here = reverse("visitors:agenda")
    return render(
        request,
        "visitors/agenda.html",
        {
            "page": page,
            "filters": page.filters,
            "heading": heading(page, labels),
            "facets": facets_of(page, labels, clock.today(page.call and page.call.time_zone)),
            "chosen": chosen_of(page, labels, here),
            "ignored": ignored_words(reading.ignored),
            "subscriptions": subscriptions(page.filters),
            "previous": _step(page, page.number - 1, here),
            "next": _step(page, page.number + 1, here),
            "ways_out": _ways_out(page, here) if not page.total else {},
            "with_year": bool(page.filters.q),
        },
    )


def _step(page: Page, number: int, here: str) -> Step | None:
    if not 1 <= number <= page.pages:
        return None
    more = {"page": number} if number > 1 else {}
    return Step(number, here + page.filters.query_string(**more))


def _ways_out(page: Page, here: str) -> dict[str, str]:
    """Where an empty answer leads: the same words in the past, or everything that is coming."""
    ways = {}
    if PAST not in page.filters.periods and page.counts["quand"].get(PAST):
        ways["past"] = here + page.filters.replacing("quand", (PAST,)).query_string()
    if page.filters.narrowed or page.filters.periods != (UPCOMING,):
        ways["all"] = here + Filters().query_string()
    return ways
