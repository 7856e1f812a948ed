"""Recusals: one says it from the dossier; the lead sees them all, notes and lifts them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.initiatives.models import Initiative
from gabare.people.models import Person
from gabare.review import queries
from gabare.review.models import Recusal, Round
from gabare.review.operations import lift_recusal, recuse
from gabare.review.recusals import readers_of, recused_from, recused_in
from gabare.review.validators import RecusalProblem
from gabare.web.desk.access import desk_page, team_page
from gabare.web.desk.dossiers import found_or_404


@team_page("desk.advise")
@require_POST
def recuse_myself(request: HttpRequest, call: Call, dossier_id: int) -> HttpResponse:
    found = found_or_404(request, call, dossier_id)
    try:
        _recuse(request, found.initiative, request.user)
    except RecusalProblem as problem:
        messages.error(request, str(problem))
        return redirect("desk:dossier", found.pk)
    messages.success(
        request,
        _("Votre récusation est notée\u00a0: vous ne verrez plus ce dossier. Votre avis, s’il y en "
          "avait un, est écarté."),
    )  # fmt: skip
    return redirect("desk:queue")


@team_page("desk.recuse")
@require_http_methods(["GET", "HEAD", "POST"])
def recusals(request: HttpRequest, call: Call) -> HttpResponse:
    round_ = queries.unpublished_round(call)
    if request.method != "POST" or round_ is None:
        return _page(request, call, round_)
    if "lift" in request.POST:
        lift_recusal(recusal_id=_recusal(request, call).pk, person=request.user, now=clock.now())
        messages.success(request, _("La récusation est levée."))
        return redirect("desk:recusals")
    try:
        _recuse(request, _initiative(request, round_), _reader(request, round_))
    except RecusalProblem as problem:
        return _page(request, call, round_, errors=problem.errors, status=422)
    messages.success(request, _("La récusation est notée."))
    return redirect("desk:recusals")


def _recuse(request: HttpRequest, initiative: Initiative, person: Person) -> None:
    recuse(
        initiative=initiative, person=person, why=request.POST.get("why", ""),
        noted_by=request.user, now=clock.now(),
    )  # fmt: skip


def _page(
    request: HttpRequest,
    call: Call,
    round_: Round | None,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    dossiers = queries.queue(round_, reader=request.user) if round_ else []
    context = {
        "round": round_,
        "recused": recused_in(round_, reader=request.user) if round_ else [],
        "readers": readers_of(round_).values() if round_ else [],
        "dossiers": [(dossier.pk, str(dossier.initiative)) for dossier in dossiers],
        "typed": request.POST,
        "form_errors": errors or {},
        "errors": [(f"id_{name}", message) for name, message in (errors or {}).items()],
    }
    return desk_page(request, call, round_, "desk/recusals.html", context, status=status)


def _initiative(request: HttpRequest, round_: Round) -> Initiative:
    typed = request.POST.get("dossier", "")
    readable = queries.queue(round_, reader=request.user)
    found = readable.filter(pk=int(typed)).first() if typed.isdecimal() else None
    if found is None:
        raise RecusalProblem({"dossier": _("Choisissez un dossier de la relève.")})
    return found.initiative


def _reader(request: HttpRequest, round_: Round) -> Person:
    typed = request.POST.get("reader", "")
    found = readers_of(round_).get(int(typed)) if typed.isdecimal() else None
    if found is None:
        raise RecusalProblem({"reader": _("Choisissez une personne de l’équipe.")})
    return found


def _recusal(request: HttpRequest, call: Call) -> Recusal:
    typed = request.POST.get("lift", "")
    known = Recusal.objects.filter(initiative__call=call).exclude(
        initiative__in=recused_from(request.user)
    )
    found = known.filter(pk=int(typed)).first() if typed.isdecimal() else None
    if found is None:
        raise Http404
    return found
