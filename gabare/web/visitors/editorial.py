"""Editorial pages: as the team left them in Wagtail, or as first written while there is none."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from gabare.calls.context import call_of
from gabare.web.visitors.editorial_texts import TITLES, first_html
from gabare.web.visitors.models import EditorialPage


@login_not_required
@require_safe
def editorial(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    shown = EditorialPage.objects.live().public()  # a page that Wagtail keeps private is not ours
    page = shown.filter(slug=slug, locale__language_code=language).first()
    if page is not None:
        return page.serve(request)
    if slug not in TITLES:
        raise Http404
    body = first_html(call_of(request), slug, language)
    return render(request, "visitors/editorial_first.html", {"title": TITLES[slug], "body": body})
