"""Answers for machines: crawlers, probes, security researchers, the browser's tab."""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.models import Case, Min, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from gabare.calls.context import all_petals, call_of
from gabare.ui.rose import rose_svg
from gabare.ui.rose_image import rose_png

LATE = timedelta(minutes=5)  # a task that waits longer means that no worker runs
HALF_A_YEAR = timedelta(days=180)


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """The process answers; it says nothing of the rest."""
    answer = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "no-store"
    return answer


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """The database answers and the worker keeps up; 503 with what is wrong otherwise.

    The queue lives in real time, whatever day a demonstration shows: not `clock` here.
    """
    problems = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = oldest_waiting_task()
        if waiting is not None and timezone.now() - waiting > LATE:
            problems.append("worker: a task has been waiting since " + waiting.isoformat())
    except DatabaseError:
        problems.append("database: no answer")
    status = 503 if problems else 200
    answer = JsonResponse({"ready": not problems, "problems": problems}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer


def oldest_waiting_task() -> datetime | None:
    """Since when the oldest task that may run has been waiting for a worker."""
    due = Case(When(run_after__gt=timezone.now(), then="enqueued_at"), default="run_after")
    oldest: datetime | None = DBTaskResult.objects.ready().aggregate(at=Min(due))["at"]
    return oldest


@login_not_required
@require_safe
def robots(_request: HttpRequest) -> HttpResponse:
    """All that is public may be read; spaces behind a sign-in and endless filters are spared."""
    closed = ["/compte/", "/deposer/", "/equipe/", "/gestion/", "/mes-initiatives/"]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += [f"Disallow: /en{path}" for path in closed]
    lines += ["Disallow: /*?*q=", "", f"Sitemap: {settings.PUBLIC_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. `Expires` is always half a year ahead, in real time."""
    call = call_of(request)
    contact = call.email if call else settings.DEFAULT_FROM_EMAIL
    expires = (timezone.now() + HALF_A_YEAR).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: mailto:{contact}",
        f"Expires: {expires}",
        "Preferred-Languages: fr, en",
        f"Canonical: {settings.PUBLIC_URL}{reverse('security')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def icon(request: HttpRequest) -> HttpResponse:
    """The call's own rose as the tab's icon."""
    svg = rose_svg(all_petals(call_of(request)), size="small", label="")
    drawing = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    answer = HttpResponse(drawing, content_type="image/svg+xml")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer


@login_not_required
@require_safe
def card(request: HttpRequest) -> HttpResponse:
    """The picture that other sites show beside a shared link."""
    picture = rose_png(all_petals(call_of(request)))
    answer = HttpResponse(picture, content_type="image/png")
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
