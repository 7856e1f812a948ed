"""The home page: one sentence, where the call stands, what is coming."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.agenda.filters import Filters
from gabare.agenda.queries import filtered
from gabare.calls.queries import calendar_line
from gabare.foundation import clock
from gabare.web.visitors.agenda_facets import Labels
from gabare.web.visitors.agenda_words import heading
from gabare.web.visitors.standing import standing

ROWS = 6


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    agenda = filtered(Filters(), now=now)
    call = agenda.call
    request.site_call = call  # type: ignore[attr-defined]  # read once a generation
    day = clock.today(call.time_zone if call else None)
    language = get_language() or settings.LANGUAGE_CODE
    return render(
        request,
        "visitors/home.html",
        {
            "standing": standing(call, day, now),
            "moments": calendar_line(call, day) if call else [],
            "rows": [row for section in agenda.sections for row in section.rows][:ROWS],
            "running": agenda.running if agenda.running != agenda.total else 0,
            "heading": heading(agenda, Labels(call, agenda.names, language)),
        },
    )
