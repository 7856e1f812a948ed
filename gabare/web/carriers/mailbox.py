"""The demonstration's mailbox: every letter, for everybody. No address leads here otherwise."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from gabare.mail.models import Letter

ON_A_PAGE = 30


@never_cache
@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    letters = Letter.objects.defer("text", "html", "headers")
    page = Paginator(letters, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/mailbox.html", {"page": page})


@never_cache
@login_not_required
def letter(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Letter.objects.prefetch_related("attachments"), public_id=public_id)
    return render(request, "account/mailbox_letter.html", {"letter": found})
