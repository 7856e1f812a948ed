from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from gabare.calls.context import call_of
from gabare.foundation import clock
from gabare.journeys.demo_entry import use_entry


@login_not_required
@never_cache
@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link printed in the terminal of a demonstration; a 404 anywhere else."""
    if not settings.GABARE_DEMO:
        raise Http404
    person = use_entry(token=token, now=clock.now())
    if person is None:
        return render(request, "desk/entry_used.html", status=410)
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    if person.has_perm("desk.read", call_of(request)):
        return redirect("desk:queue")
    return redirect("carriers:mine")
