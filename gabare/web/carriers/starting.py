"""The first page, the choice of an axis, and the secret link that resumes a draft elsewhere."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gabare.calls import queries as calls
from gabare.calls.context import call_of
from gabare.calls.models import Axis, Call
from gabare.calls.rules import end_of_day
from gabare.foundation import clock
from gabare.initiatives.models import Draft
from gabare.initiatives.operations import (
    TooManyLetters,
    change_axis,
    send_resume_link,
    start_draft,
)
from gabare.initiatives.queries import draft_by_secret, live_drafts_held
from gabare.initiatives.rules import is_live
from gabare.ui import dates
from gabare.web.carriers import holding
from gabare.web.carriers.holding import held_draft
from gabare.web.carriers.pages import DepositPage


@login_not_required
@never_cache
def choose_axis(request: HttpRequest) -> HttpResponse:
    call = call_of(request)
    if call is None:
        return render(request, "carriers/no_call.html", status=404)
    drafts = live_drafts_held(
        secrets=holding.secrets_of(request), person=holding.person_of(request), call=call
    )
    today = clock.today(call.time_zone)
    wave = calls.open_wave(call, today)
    if request.method == "POST" and wave is not None:
        return _begin(request, call, drafts)
    now, language = clock.now(), get_language() or call.language
    until = end_of_day(wave.new_until, call.time_zone) if wave else None
    context = {
        "axes": calls.axes(call),
        "drafts": drafts,
        "first_step": calls.steps(call)[0].key,
        "wave": wave,
        "next_wave": calls.next_wave(call, today),
        "until": dates.long_moment(until, zone=call.time_zone, language=language) if until else "",
        "left": dates.remaining(until, now, language) if until else "",
    }
    return render(request, "carriers/choose_axis.html", context)


def _begin(request: HttpRequest, call: Call, drafts: list[Draft]) -> HttpResponse:
    """A draft of this axis; one begun here and still empty is taken again, never doubled."""
    axis = _axis(call, request.POST.get("axis", ""))
    empty = [d for d in drafts if not d.saves and d.initiative.axis_id == axis.pk]
    first_step = calls.steps(call)[0].key
    if empty:
        return redirect("carriers:step", empty[0].initiative.public_id, first_step)
    draft, secret = start_draft(call=call, axis=axis, now=clock.now())
    response = redirect("carriers:step", draft.initiative.public_id, first_step)
    holding.remember(request, response, secret)
    return response


def _axis(call: Call, key: str) -> Axis:
    axis = next((axis for axis in calls.axes(call) if axis.key == key), None)
    if axis is None:
        raise Http404
    return axis


@held_draft
def another_axis(request: HttpRequest, draft: Draft) -> HttpResponse:
    page = DepositPage(request, draft)
    if request.method == "POST" and not draft.initiative.submitted_at:
        axis = _axis(page.call, request.POST.get("axis", ""))
        change_axis(draft_id=draft.pk, axis=axis, now=page.now)
        return redirect(page.address(page.steps[0]))
    context = page.context() | {"axes": calls.axes(page.call), "back": page.address(page.steps[0])}
    return render(request, "carriers/another_axis.html", context)


@login_not_required
@never_cache
def resume(request: HttpRequest, secret: str) -> HttpResponse:
    """A page with a button: a mail scanner that follows links then opens nothing."""
    draft = draft_by_secret(secret)
    if draft is None:
        return render(request, "carriers/refused.html", {"link": True}, status=404)
    if not is_live(draft):
        return render(request, "carriers/already_sent.html", {"draft": draft}, status=410)
    if request.method != "POST":
        return render(request, "carriers/resume.html", {"draft": draft})
    first_step = calls.steps(draft.initiative.call)[0].key
    response = redirect("carriers:step", draft.initiative.public_id, first_step)
    holding.remember(request, response, secret)
    return response


@require_POST
@held_draft
def letter(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Send the secret link to an address, so that the draft can be resumed elsewhere."""
    page = DepositPage(request, draft)
    email, secret = request.POST.get("email", "").strip(), holding.secret_of(request, draft)
    context = page.context() | {"back": page.address(page.steps[0]), "email": email, "problem": ""}
    try:
        validate_email(email)
        if not ratelimit.consume(request, action="resume_link"):
            raise TooManyLetters
        send_resume_link(
            draft_id=draft.pk, secret=secret, email=email, language=page.language, now=page.now
        )
    except ValidationError:
        context["problem"] = _("Cette adresse n’est pas complète. Par exemple nom@exemple.fr.")
    except TooManyLetters:
        context["problem"] = _(
            "Nous venons d’envoyer plusieurs lettres pour ce brouillon. Regardez votre boîte, "
            "ou réessayez dans une heure."
        )
    status = 422 if context["problem"] else 200
    return render(request, "carriers/link_sent.html", context, status=status)
