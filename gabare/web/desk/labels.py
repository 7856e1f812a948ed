from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.initiatives.date_statuses import shown_dates, wanted_in
from gabare.initiatives.enums import Role
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.operations import DatesMoved
from gabare.journeys.change_dates import change_dates
from gabare.journeys.change_label import change_label, letter_as_it_will_leave, people_of
from gabare.labels.enums import LabelState
from gabare.labels.lifecycle import MOVES, LabelRefused
from gabare.labels.models import Label, LabelChange
from gabare.labels.operations import AlreadyMoved
from gabare.labels.queries import in_state, label_by_number, labels_of_call
from gabare.labels.rules import state_on
from gabare.review.queries import readable
from gabare.review.recusals import is_recused
from gabare.web.desk.access import desk_page, language_of, team_page
from gabare.web.desk.label_form import ChangeForm, mover_of, offered, typed_in

A_PAGE = 50


@team_page("desk.read")
@require_safe
def labels(request: HttpRequest, call: Call) -> HttpResponse:
    today, state = clock.today(call.time_zone), request.GET.get("etat", "")
    found = readable(labels_of_call(call), request.user)
    if state in LabelState.values:
        found = found.filter(in_state(LabelState(state), today))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "labels": [(each, state_on(each, today)) for each in page.object_list],
        "state": state,
        "states": LabelState.choices,
    }
    return desk_page(request, call, None, "desk/labels.html", context)


@team_page("desk.read")
@require_safe
def label(request: HttpRequest, call: Call, number: str) -> HttpResponse:
    found = _found(request, call, number)
    return _page(request, call, found, ChangeForm(seen=_last(found)))


@team_page("desk.decide")
@require_POST
def move(request: HttpRequest, call: Call, number: str) -> HttpResponse:
    """First what the public will read and the letter, then the same thing done."""
    found, form, mover = (
        _found(request, call, number),
        typed_in(request.POST),
        mover_of(request, call),
    )
    if form.move in MOVES and mover not in MOVES[form.move].movers:
        raise PermissionDenied
    if _last(found) not in (0, form.seen):
        return _met(request, call, found, form)
    state = state_on(found, clock.today(call.time_zone))
    moves = [key for key, step in MOVES.items() if state in step.sources]
    if not form.check(moves):
        return _page(request, call, found, form, status=422)
    if "apply" not in request.POST:
        return _page(request, call, found, form, preview=True)
    try:
        change_label(
            label_id=found.pk, move=form.move, mover=mover, actor=request.user, now=clock.now(),
            seen=form.seen, **form.words(),
        )  # fmt: skip
    except AlreadyMoved:  # between our reading and our writing
        return _met(request, call, _found(request, call, number), form)
    except LabelRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:label", number)
    messages.success(request, _("C’est fait\u00a0: la page du label le dit, les lettres partent."))
    return redirect("desk:label", number)


@team_page("desk.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def dates(request: HttpRequest, call: Call, number: str) -> HttpResponse:
    """What becomes of the dates of the labelled initiative, when the team hears of it first."""
    found = _found(request, call, number)
    if request.method != "POST":
        return _dates_page(request, call, found)
    uids = found.initiative.occurrences.values_list("uid", flat=True)
    try:
        changed = change_dates(
            initiative_id=found.initiative_id, wanted=wanted_in(request.POST, uids),
            role=Role.TEAM, actor=request.user, now=clock.now(),
        )  # fmt: skip
    except DatesMoved:
        return _dates_page(request, call, found, met=True, status=409)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("desk:label-dates", number)
    said = _("Les dates sont changées, l’agenda le dit.") if changed else _("Rien n’a changé.")
    messages.success(request, said)
    return redirect("desk:label", number)


def _found(request: HttpRequest, call: Call, number: str) -> Label:
    """On the desk only to who may read its initiative; its public page is everybody's."""
    found = label_by_number(number)
    if found is None or found.initiative.call_id != call.pk:
        raise Http404
    if is_recused(request.user, found.initiative):
        raise Http404
    found.initiative.call = call
    return found


def _changes(label: Label) -> list[LabelChange]:
    return list(label.changes.all())


def _last(label: Label) -> int:
    changes = _changes(label)
    return changes[-1].pk if changes else 0


def _met(request: HttpRequest, call: Call, label: Label, form: ChangeForm) -> HttpResponse:
    """Someone moved it meanwhile: nothing is written, what was typed stays."""
    form.seen = _last(label)
    return _page(request, call, label, form, met=_changes(label)[-1], status=409)


def _page(
    request: HttpRequest,
    call: Call,
    label: Label,
    form: ChangeForm,
    *,
    met: LabelChange | None = None,
    preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    state = state_on(label, clock.today(call.time_zone))
    people = people_of(label.initiative)
    words = None
    if preview and people:
        words = letter_as_it_will_leave(
            label, move=form.move, reason=form.reason, public_reason=form.public_reason,
            person=people[0],
        )  # fmt: skip
    context = {
        **offered(state, mover_of(request, call)),
        "label": label,
        "state": state,
        "changes": _changes(label),
        "form": form,
        "errors": form.summary,
        "met": met,
        "preview": preview,
        "done": MOVES[form.move].done if preview else "",
        "letter": {"words": words, "recipients": people} if words else None,
        "has_dates": label.initiative.occurrences.exists(),
    }
    return desk_page(request, call, None, "desk/label.html", context, status=status)


def _dates_page(
    request: HttpRequest, call: Call, label: Label, *, met: bool = False, status: int = 200
) -> HttpResponse:
    shown = shown_dates(label.initiative, language=language_of(call), now=clock.now())
    context = {"label": label, "dates": shown, "met": met}
    return desk_page(request, call, None, "desk/label_dates.html", context, status=status)
