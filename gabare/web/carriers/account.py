"""Signing in with a code, signing out, one's account."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.logout import logout
from allauth.account.utils import get_login_redirect_url, get_next_redirect_url
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from gabare.people.signin import SignInCode, TooManyCodes, pending_code, send_code

NOT_AN_ADDRESS = gettext_lazy(
    "Cette adresse n’a pas la forme attendue. Exemple : prenom.nom@exemple.fr."
)


class AddressForm(forms.Form):
    email = forms.EmailField(
        max_length=254,
        error_messages={
            "required": gettext_lazy("Indiquez votre adresse électronique."),
            "invalid": NOT_AN_ADDRESS,
            "max_length": NOT_AN_ADDRESS,
        },
    )


def with_next(request: HttpRequest, name: str) -> str:
    """The address of a page, carrying on where the visitor was going."""
    following = get_next_redirect_url(request)
    return reverse(name) + (f"?{urlencode({'next': following})}" if following else "")


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    form = AddressForm(request.POST or None)
    errors = []
    if request.method == "POST":
        errors = [("id_email", message) for message in form.errors.get("email", [])]
        if not errors:
            try:
                send_code(request, email=form.cleaned_data["email"])
            except TooManyCodes:
                errors = [("id_email", too_many())]
            else:
                return redirect(with_next(request, "account_confirm_login_code"))
    context = {
        "email": request.POST.get("email", request.GET.get("email", "")),
        "errors": errors,
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "account/login.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    code = pending_code(request)
    if code is None:
        return redirect(with_next(request, "account_login"))
    errors = []
    if request.method == "POST" and request.POST.get("action") == "resend":
        try:
            code.send_again()
        except TooManyCodes:
            errors = [("resend", too_many())]
        else:
            return redirect(with_next(request, "account_confirm_login_code") + "#main")
    elif request.method == "POST":
        if code.accepts(request.POST.get("code", "")):
            return code.sign_in(get_next_redirect_url(request))
        errors = [refusal(code)]
    context = {
        "code": code,
        "errors": errors,
        "typed": request.POST.get("code", "")[:20],
        "next": get_next_redirect_url(request) or "",
    }
    return render(request, "account/confirm_login_code.html", context)


def refusal(code: SignInCode) -> tuple[str, str]:
    """Why a code was not accepted, and what to do: (where to go on the page, the sentence)."""
    if code.is_expired:
        return "resend", _("Ce code n’est plus valable. Demandez-en un autre ci-dessous.")
    if not code.attempts_left:
        return "resend", _("Ce code a été essayé trop de fois. Demandez-en un autre ci-dessous.")
    return "id_code", _(
        "Ce n’est pas le code de la dernière lettre. Recopiez-le tel qu’il y est écrit."
    )


def too_many() -> str:
    return _(
        "Plusieurs codes viennent d’être envoyés à cette adresse. Regardez dans vos messages, y "
        "compris les indésirables, ou recommencez dans une heure."
    )


@login_not_required
def leave(request: HttpRequest) -> HttpResponse:
    """Only a POST signs out: a link in a letter or an image could not."""
    if request.method == "POST" or not request.user.is_authenticated:
        logout(request)
        return redirect("visitors:home")
    return render(request, "account/logout.html")


@login_not_required
def inactive(request: HttpRequest) -> HttpResponse:
    return render(request, "account/inactive.html", status=403)


@never_cache
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "account/home.html")


@never_cache
def prove(request: HttpRequest) -> HttpResponse:
    """Before touching what signs in: the person proves who they are with a new code."""
    return render(request, "account/reauthenticate.html", {"next": get_next_redirect_url(request)})


@require_POST
def prove_again(request: HttpRequest) -> HttpResponse:
    email, following = request.user.email, with_next(request, "account_confirm_login_code")  # type: ignore[union-attr]
    logout(request, show_message=False)
    try:
        send_code(request, email=email)
    except TooManyCodes:
        get_adapter(request).add_message(request, 40, message=too_many())
        return redirect(with_next(request, "account_login"))
    return redirect(following)
