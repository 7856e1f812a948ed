"""The end of the form: who sends, the last confirmation, and what comes next."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gabare.foundation import clock
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Draft
from gabare.initiatives.operations import claim_draft
from gabare.initiatives.queries import draft_named, latest_version
from gabare.initiatives.rules import is_live, may_send
from gabare.journeys.deposit_initiative import Incomplete, next_steps, send_draft
from gabare.people.signin import TooManyCodes, send_code
from gabare.web.carriers.holding import held_draft, may_open, person_of
from gabare.web.carriers.pages import DepositPage
from gabare.web.carriers.review import review_of, review_page, sections


@require_POST
@held_draft
def identify(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Name and address, asked last; a code proves the address. The draft waits, whatever comes."""
    page = DepositPage(request, draft)
    name, email = (request.POST.get(key, "").strip() for key in ("name", "email"))
    errors = _wrong_identity(name, email)
    if not errors:
        try:
            send_code(request, email=email, name=name)
        except TooManyCodes:
            errors["email"] = _(
                "Plusieurs codes viennent d’être envoyés à cette adresse. Réessayez dans quelques "
                "minutes ; votre brouillon est gardé."
            )
    if errors:
        return review_page(page, errors=errors, status=422)
    following = reverse("carriers:send", args=[draft.initiative.public_id])
    return redirect(f"{reverse('account_confirm_login_code')}?{urlencode({'next': following})}")


def _wrong_identity(name: str, email: str) -> dict[str, str]:
    errors = {}
    if not name or len(name) > 120:
        errors["name"] = _("Écrivez votre nom, comme l’équipe peut vous appeler.")
    try:
        validate_email(email)
    except ValidationError:
        errors["email"] = _("Cette adresse n’est pas complète. Par exemple nom@exemple.fr.")
    return errors


@held_draft
def _send_live(request: HttpRequest, draft: Draft) -> HttpResponse:
    page = DepositPage(request, draft)
    person = person_of(request)
    if person is None:
        return redirect(page.address(page.steps[-1]))
    if request.method == "POST":
        return _send(page)
    return confirm_page(page)


@login_not_required
@never_cache
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """Confirm, then send. Sent twice, the second time finds the first one's page."""
    draft = draft_named(public_id)
    if draft is not None and not is_live(draft) and may_open(request, draft):
        return redirect("carriers:sent", public_id)
    return _send_live(request, public_id)


def confirm_page(page: DepositPage, *, refusal: str = "", status: int = 200) -> HttpResponse:
    """Opening it claims the draft: from now on it is found again by signing in."""
    claim_draft(draft_id=page.draft.pk, person=page.request.user)
    review = review_of(page)
    context = page.context() | {
        "sections": sections(page, review),
        "left": len(review.errors),
        "back": page.address(page.steps[-1]),
        "refusal": refusal,
        "may_send": may_send(page.request.user, page.initiative),
    }
    return render(page.request, "carriers/send.html", context, status=status)


def _send(page: DepositPage) -> HttpResponse:
    try:
        send_draft(draft_id=page.draft.pk, person=page.request.user, now=page.now)
    except Incomplete:
        return redirect(page.address(page.steps[-1]))
    except Refused as refused:
        return confirm_page(page, refusal=str(refused), status=409)
    return redirect("carriers:sent", page.initiative.public_id)


@login_not_required
@never_cache
def sent(request: HttpRequest, public_id: str) -> HttpResponse:
    draft = draft_named(public_id)
    if draft is None or not may_open(request, draft):
        return render(request, "carriers/refused.html", status=403)
    version = latest_version(draft.initiative)
    if version is None:
        return redirect("carriers:send", public_id)
    initiative = draft.initiative
    context = {
        "initiative": initiative,
        "version": version,
        "next_steps": next_steps(
            initiative, now=clock.now(), language=get_language() or initiative.call.language
        ),
    }
    return render(request, "carriers/sent.html", context)
