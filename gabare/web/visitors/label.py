"""Checking a label by its number: one of four answers, never an empty page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from gabare.calls.queries import petals
from gabare.foundation import clock
from gabare.initiatives.enums import State
from gabare.initiatives.queries import public_record
from gabare.labels.enums import LabelState
from gabare.labels.queries import label_by_number
from gabare.labels.rules import state_on

ANSWERS = {
    LabelState.VALID: _("Ce label est valide."),
    LabelState.SUSPENDED: _("Ce label est suspendu : il ne vaut plus tant que l’équipe l’examine."),
    LabelState.ENDED: _("Ce label est terminé : il a valu pendant toute sa période."),
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
    return render(
        request,
        "visitors/label.html",
        {
            "label": found,
            "label_call": call,
            "state": state,
            "state_name": LabelState(state).label,
            "answer": ANSWERS[state],
            "record": public_record(found.version),
            "petals": petals(call, found.criteria, get_language() or ""),
            "listed": found.initiative.state == State.LABELLED,
        },
    )
