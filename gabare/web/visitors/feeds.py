"""The agenda for calendars and news readers, under the same filters as the page."""

import json
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.agenda.filters import Filters, read_filters, read_page
from gabare.agenda.gathering import current_facets
from gabare.agenda.queries import every_listing, last_published, listings_of
from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.foundation.localised import pick
from gabare.web.visitors.agenda_facets import Labels
from gabare.web.visitors.feeds_atom import atom
from gabare.web.visitors.feeds_entries import Feed, absolute, latest
from gabare.web.visitors.feeds_ics import calendar
from gabare.web.visitors.feeds_json import json_feed

ICS = "text/calendar; charset=utf-8"


@dataclass(frozen=True)
class Subscriptions:
    """The addresses of the same selection for machines."""

    ics: str
    webcal: str
    atom: str
    json: str


def subscriptions(filters: Filters) -> Subscriptions:
    asked = filters.query_string()
    ics = absolute(reverse("visitors:agenda-ics") + asked)
    return Subscriptions(
        ics=ics,
        webcal=f"webcal:{ics.partition(':')[2]}",
        atom=absolute(reverse("visitors:agenda-atom") + asked),
        json=absolute(reverse("visitors:agenda-json") + asked),
    )


@login_not_required
@require_safe
def agenda_ics(request: HttpRequest) -> StreamingHttpResponse:
    filters = _filters(request)
    feed = _feed(request, filters)
    rows = every_listing(filters, now=clock.now())
    response = StreamingHttpResponse(calendar(feed, rows), content_type=ICS)
    response["Content-Disposition"] = 'inline; filename="agenda.ics"'
    return response


@login_not_required
@require_safe
def agenda_atom(request: HttpRequest) -> HttpResponse:
    filters = _filters(request)
    news = last_published(filters, now=clock.now(), number=read_page(request.GET))
    feed = _feed(request, filters, news.number, news.pages)
    return HttpResponse(atom(feed, news.rows), content_type="application/atom+xml; charset=utf-8")


@login_not_required
@require_safe
def agenda_json(request: HttpRequest) -> HttpResponse:
    filters = _filters(request)
    news = last_published(filters, now=clock.now(), number=read_page(request.GET))
    feed = _feed(request, filters, news.number, news.pages)
    body = json.dumps(json_feed(feed, news.rows), ensure_ascii=False)
    return HttpResponse(body, content_type="application/feed+json; charset=utf-8")


@login_not_required
@require_safe
def initiative_ics(request: HttpRequest, slug: str) -> HttpResponse:
    """The dates of one initiative; nothing to add to a calendar where there is no date."""
    rows = [row for row in listings_of(slug) if row.starts_at]
    if not rows:
        raise Http404
    call = rows[0].initiative.call
    page = reverse("visitors:initiative", args=[slug])
    feed = Feed(
        call=call, title=rows[0].title, language=get_language() or call.language,
        page=absolute(page), address=absolute(request.path), updated=latest(rows),
    )  # fmt: skip
    response = HttpResponse(b"".join(calendar(feed, rows)), content_type=ICS)
    response["Content-Disposition"] = f'inline; filename="{slug}.ics"'
    return response


def _filters(request: HttpRequest) -> Filters:
    return read_filters(request.GET, current_facets().bits).filters


def _feed(request: HttpRequest, filters: Filters, number: int = 1, pages: int = 1) -> Feed:
    facets = current_facets()
    call = facets.call
    language = get_language() or "fr"
    labels = Labels(call, facets.names, language)

    def at(page: int) -> str:
        more = {"page": page} if page > 1 else {}
        return absolute(request.path + filters.query_string(**more))

    return Feed(
        call=call,
        title=_title(call, filters, labels, language),
        language=language,
        page=absolute(reverse("visitors:agenda") + filters.query_string()),
        address=at(number),
        next=at(number + 1) if number < pages else "",
        updated=facets.updated,
    )


def _title(call: Call | None, filters: Filters, labels: Labels, language: str) -> str:
    site = pick(call.title, language) if call else "Gabare"
    asked = [filters.q] if filters.q else []
    asked += [labels.of(name, value) for name, values in filters.values.items() for value in values]
    return " · ".join([site, *asked])
