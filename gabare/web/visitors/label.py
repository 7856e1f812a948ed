"""Checking a label by its number: one of four answers, never an empty page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gabare.calls.models import Call, CallText
from gabare.calls.queries import kept, petals, text
from gabare.foundation import clock
from gabare.initiatives.queries import public_record
from gabare.labels.display import history, last_to
from gabare.labels.enums import LabelState
from gabare.labels.models import Label
from gabare.labels.queries import label_by_number
from gabare.labels.rules import state_on

ANSWERS = {
    LabelState.VALID: _("Ce label est valide."),
    LabelState.SUSPENDED: _("Ce label est suspendu : il ne vaut plus tant que cela dure."),
    LabelState.ENDED: _("Ce label est terminé : il a valu pendant la période dite ici."),
    LabelState.REVOKED: _("Ce label a été retiré : il ne vaut plus."),
}


@login_not_required
@require_safe
def label(request: HttpRequest, number: str) -> HttpResponse:
    """An unknown number is said as such, with status 404: "gone" is never taken for "revoked"."""
    found = label_by_number(number)
    if found is None:
        return render(request, "visitors/label_unknown.html", {"number": number}, status=404)
    call = found.initiative.call
    state = state_on(found, clock.today(call.time_zone))
    asked = request.GET.get("porteur", "")
    carrier = _carrier(found, asked)
    context = {
        "label": found,
        "label_call": call,
        "state": state,
        "state_name": LabelState(state).label,
        "answer": ANSWERS[state],
        "last": last_to(found, state),
        "history": history(found),
        "record": public_record(found.version),
        "petals": petals(call, found.criteria, get_language() or ""),
        "limits": limits_of(call),
        "listed": state != LabelState.REVOKED,
        "asked": asked,
        "carrier": carrier,
    }
    status = 404 if asked and carrier is None else 200
    return render(request, "visitors/label.html", context, status=status)


def _carrier(label: Label, slug: str) -> object:
    """The carrier that someone shows the label of, if it does carry the initiative."""
    carriers = label.initiative.carriers.all()
    return next((each for each in carriers if each.organisation.slug == slug), None)


def limits_of(call: Call) -> CallText | None:
    """What the label does not certify, in the call's words; the page has its own for want of it."""
    return kept(call, "text-label-limits", lambda: text(call, "label-limits"))
