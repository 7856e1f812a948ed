"""Passkeys: add one, remove one, sign in with one. They replace the code for who wants them."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth, flows
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from gabare.people.adapter import signed_in_recently
from gabare.web.carriers.account import with_next

MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError, RecursionError)


def after_a_recent_sign_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What signs in changes only for someone who has just proved who they are."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signed_in_recently(request):
            return view(request, *args, **kwargs)
        following = urlencode({"next": reverse("mfa_list_webauthn")})
        return redirect(f"{reverse('account_reauthenticate')}?{following}")

    return checked


def keys_of(request: HttpRequest) -> QuerySet[Authenticator]:
    return Authenticator.objects.filter(
        user_id=request.user.pk, type=Authenticator.Type.WEBAUTHN
    ).order_by("created_at")


@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    context = {"keys": keys_of(request), "recent": signed_in_recently(request)}
    return render(request, "mfa/keys.html", context)


@never_cache
@after_a_recent_sign_in
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """GET gives the browser what to sign, POST keeps the key that it made."""
    if request.method == "GET":
        return JsonResponse(auth.begin_registration(request.user, passwordless=True))  # type: ignore[arg-type]
    name = " ".join(request.POST.get("name", "").split())[:60] or _("Clé d’accès")
    try:
        credential = json.loads(request.POST.get("credential", ""))
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except MALFORMED:
        messages.error(request, _("Cette clé n’a pas pu être ajoutée. Vous pouvez réessayer."))
        return redirect("mfa_list_webauthn")
    with transaction.atomic():
        flows.add_authenticator(request, name, credential)
    return redirect("mfa_list_webauthn")


@never_cache
@after_a_recent_sign_in
@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    key = get_object_or_404(keys_of(request), pk=pk)
    if request.method == "GET":
        return render(request, "mfa/remove.html", {"key": key.wrap()})
    with transaction.atomic():
        flows.remove_authenticator(request, key)
    return redirect("mfa_list_webauthn")


@never_cache
@login_not_required
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """GET gives the browser what to sign, POST signs in with what it signed."""
    if not ratelimit.consume(request, action="login"):
        return JsonResponse({}, status=429)
    if request.method == "GET":
        return JsonResponse(auth.begin_authentication())
    try:
        credential = json.loads(request.POST.get("credential", ""))
        auth.parse_authentication_response(credential)
        person = auth.extract_user_from_response(credential)
        key = auth.complete_authentication(person, credential)
    except MALFORMED:
        messages.error(
            request, _("Cette clé n’est pas connue ici. Vous pouvez vous connecter avec un code.")
        )
        return redirect(with_next(request, "account_login"))
    post_authentication(request, key, passwordless=True)
    login = Login(user=key.user, redirect_url=get_next_redirect_url(request))
    response: HttpResponse = perform_login(request, login)
    return response
