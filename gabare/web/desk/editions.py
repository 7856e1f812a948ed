import hashlib

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gabare.agenda.queries import editions as published_editions
from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.initiatives.lifecycle import Refused
from gabare.journeys.outcome_letters import letter_as_it_will_leave
from gabare.journeys.publish_edition import Plan, plan_edition, publish_edition
from gabare.review import queries
from gabare.review.enums import Outcome
from gabare.web.desk.access import desk_page, team_page


@team_page("desk.publish")
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, call: Call) -> HttpResponse:
    """What will happen, then the same thing done; never something else than what was shown."""
    round_ = queries.unpublished_round(call)
    if round_ is None:
        return redirect("desk:editions")
    now = clock.now()
    plan = plan_edition(round_=round_, reader=request.user, now=now)
    if request.method != "POST":
        return _page(request, call, plan)
    if request.POST.get("plan") != signature(plan):
        return _page(request, call, plan, changed=True, status=409)
    try:
        edition = publish_edition(round_id=round_.pk, person=request.user, now=now)
    except Refused as refused:  # the round's, or a carrier's who withdrew just now
        messages.error(request, str(refused))
        return redirect("desk:publish")
    messages.success(request, _("L’édition %(key)s est publiée.") % {"key": edition.key})
    return redirect("desk:editions")


def signature(plan: Plan) -> str:
    """Names exactly what was on the page: any decision made, changed or undone changes it."""
    parts = [plan.round.pk, *(step.decision.decided_at.isoformat() for step in plan.steps)]
    parts += [dossier.pk for dossier in plan.carried_over]
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _page(
    request: HttpRequest, call: Call, plan: Plan, *, changed: bool = False, status: int = 200
) -> HttpResponse:
    letters = [
        {
            "step": step,
            "addresses": ", ".join(person.email for person in step.recipients),
            "words": letter_as_it_will_leave(
                step.decision, person=step.recipients[0], label_number=step.label_number
            ) if step.recipients else None,
        }
        for step in plan.steps
    ]  # fmt: skip
    context = {
        "plan": plan,
        "letters": letters,
        "labels": plan.of(Outcome.LABEL),
        "completes": plan.of(Outcome.COMPLETE),
        "deferrals": plan.of(Outcome.DEFER),
        "declines": plan.of(Outcome.DECLINE),
        "signature": signature(plan),
        "changed": changed,
    }
    return desk_page(request, call, plan.round, "desk/publish.html", context, status=status)


@team_page("desk.read")
@require_safe
def editions(request: HttpRequest, call: Call) -> HttpResponse:
    context = {
        "editions": published_editions(call),
        "coming": queries.planned_rounds_left(call),
    }
    return desk_page(request, call, None, "desk/editions.html", context)
