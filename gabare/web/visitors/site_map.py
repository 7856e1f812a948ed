"""Every page of the site that one may look for, on one."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gabare.agenda.queries import editions
from gabare.calls.context import call_of
from gabare.calls.queries import axes, compass_in_force
from gabare.web.visitors.editorial_texts import TITLES


@login_not_required
@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    call = call_of(request)
    criteria = compass_in_force(call).criteria.all() if call else []
    return render(
        request,
        "visitors/site_map.html",
        {
            "axes": axes(call) if call else [],
            "criteria": [c for c in criteria if c.parent_id is None],
            "editions": editions(call) if call else [],
            "pages": TITLES.items(),
        },
    )
