from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gabare.calls.models import Call
from gabare.foundation import clock
from gabare.initiatives.enums import InitiativeTrace
from gabare.initiatives.models import Mandate
from gabare.journeys.outcome_letters import letter_as_it_will_leave
from gabare.journeys.publish_edition import label_period
from gabare.labels.queries import coming_numbers, label_of
from gabare.people.models import Person
from gabare.review import queries
from gabare.review.enums import Outcome
from gabare.review.facts import facts_about
from gabare.review.lifecycle import RoundRefused
from gabare.review.models import Decision, Dossier
from gabare.review.operations import AlreadyDecided, undo_decision
from gabare.review.operations import decide as write_decision
from gabare.review.rules import awaits_decision
from gabare.review.validators import DecisionProblem
from gabare.web.desk.access import desk_page, language_of, saw, team_page
from gabare.web.desk.advice_form import AdviceForm, advising
from gabare.web.desk.decision_form import DecisionForm, form_of, offered, typed_in
from gabare.web.desk.queues import Line, queue_of
from gabare.web.desk.reading import Reading, changes, reading_of


@team_page("desk.read")
@require_safe
def dossier(request: HttpRequest, call: Call, dossier_id: int) -> HttpResponse:
    found = found_or_404(request, call, dossier_id)
    saw(request, call, InitiativeTrace.SEEN, f"initiative:{found.initiative.public_id}")
    return dossier_page(request, call, found)


@team_page("desk.decide")
@require_POST
def decide(request: HttpRequest, call: Call, dossier_id: int) -> HttpResponse:
    found, now = found_or_404(request, call, dossier_id), clock.now()
    form = typed_in(request.POST)
    if "preview" in request.POST:
        return dossier_page(request, call, found, form=form, preview=True)
    try:
        write_decision(
            dossier_id=found.pk, person=request.user, now=now, seen=form.seen, **vars(form.words())
        )
    except DecisionProblem as problem:
        form.errors = problem.errors
        return dossier_page(request, call, found, form=form, status=422)
    except AlreadyDecided as met:
        form.seen = met.decision.decided_at
        return dossier_page(request, call, found, form=form, met=met.decision, status=409)
    except RoundRefused as refused:
        messages.error(request, str(refused))
        return redirect("desk:dossier", found.pk)
    messages.success(
        request, _("Décision enregistrée. Elle attend l’édition\u00a0: rien n’est encore parti.")
    )
    after = next_to_read(found, request.user)
    return redirect("desk:dossier", after.pk) if after else redirect("desk:queue")


@team_page("desk.decide")
@require_POST
def undo(request: HttpRequest, call: Call, dossier_id: int) -> HttpResponse:
    found = found_or_404(request, call, dossier_id)
    try:
        undo_decision(dossier_id=found.pk, person=request.user, now=clock.now())
        messages.success(request, _("Décision annulée. Le dossier est de nouveau à lire."))
    except RoundRefused as refused:
        messages.error(request, str(refused))
    return redirect("desk:dossier", found.pk)


def found_or_404(request: HttpRequest, call: Call, dossier_id: int) -> Dossier:
    """One that this reader may know of: what they are kept from does not exist for them."""
    found = queries.dossier(dossier_id, reader=request.user)
    if found is None or found.initiative.call_id != call.pk:
        raise Http404
    found.initiative.call = call
    found.version.initiative = found.initiative
    return found


def decision_on(dossier: Dossier) -> Decision | None:
    return getattr(dossier, "decision", None)


def next_to_read(dossier: Dossier, reader: Person) -> Dossier | None:
    """The next undecided dossier after this one, else the first that is left."""
    left = list(queries.undecided(dossier.round, reader=reader))
    rank = (dossier.entered_at, dossier.pk)
    after = [each for each in left if (each.entered_at, each.pk) > rank]
    return next(iter(after or left), None)


def dossier_page(
    request: HttpRequest,
    call: Call,
    dossier: Dossier,
    *,
    form: DecisionForm | None = None,
    advice_form: AdviceForm | None = None,
    met: Decision | None = None,
    preview: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The dossier with the two forms, each as typed where it was just refused."""
    language, now = language_of(call), clock.now()
    reading = reading_of(dossier.version, call, language=language, now=now)
    decision = decision_on(dossier)
    form = form or form_of(dossier, decision, now=now)
    context = {
        **_around(request, call, dossier, language),
        **_deciding(request, call, dossier, form, reading, preview=preview),
        **advising(
            request, call, dossier, advice_form, applied=bool(decision and decision.applied_at)
        ),
        **_since_last(dossier, call, reading, language),
        "reading": reading,
        "met": met,
    }
    context["errors"] = [*form.summary, *context["advice_form"].summary]
    round_ = dossier.round if dossier.round.state == "open" else None
    return desk_page(request, call, round_, "desk/dossier.html", context, status=status)


def _around(request: HttpRequest, call: Call, dossier: Dossier, language: str) -> dict[str, object]:
    queue = queue_of(call, dossier.round, reader=request.user)
    return {
        **queue,
        **_neighbours(queue["lines"], dossier),  # type: ignore[arg-type]
        "dossier": dossier,
        "current": dossier,
        "facts": facts_about(dossier, reader=request.user, language=language),
        "open": awaits_decision(dossier),
    }


def _deciding(
    request: HttpRequest,
    call: Call,
    dossier: Dossier,
    form: DecisionForm,
    reading: Reading,
    *,
    preview: bool,
) -> dict[str, object]:
    today, decision = clock.today(call.time_zone), decision_on(dossier)
    number = _number(dossier, today.year, request.user)
    return {
        **offered(call, dossier, reading.questions, language_of(call)),
        "decision": decision,
        "form": form,
        "coming_number": number,
        "ends_on": label_period(dossier.initiative, dossier.round.planned, today)[1],
        "letter": _letter(dossier, form, number) if preview or decision else None,
        "preview": preview,
    }


def _since_last(dossier: Dossier, call: Call, reading: Reading, language: str) -> dict[str, object]:
    previous = queries.previous_version(dossier.version)
    if previous is None:
        return {"previous": None, "changes": []}
    previous.initiative = dossier.initiative
    before = reading_of(previous, call, language=language, now=clock.now())
    return {"previous": previous, "changes": changes(before, reading)}


def _neighbours(lines: list[Line], dossier: Dossier) -> dict[str, Dossier | None]:
    row = [line.dossier for line in lines]
    here = row.index(dossier) if dossier in row else -1
    return {
        "next": row[here + 1] if 0 <= here < len(row) - 1 else None,
        "former": row[here - 1] if here > 0 else None,
    }


def _number(dossier: Dossier, year: int, reader: Person) -> str:
    """The number that its label has, or would get if the edition were published now; untold where
    it would tell what was decided of a dossier that the reader is kept from."""
    label = label_of(dossier.initiative)
    if label is not None:
        return label.number
    if queries.hides_some(dossier.round, reader=reader):
        return ""
    return coming_numbers(year, queries.labels_before(dossier) + 1)[-1]


def _letter(dossier: Dossier, form: DecisionForm, number: str) -> dict[str, object] | None:
    """The letter as the words typed would make it, to the first person who holds a mandate."""
    if form.outcome not in Outcome.values:
        return None
    mandates = Mandate.objects.filter(initiative=dossier.initiative_id).order_by("id")
    people = [mandate.person for mandate in mandates.select_related("person")]
    if not people:
        return None
    decision = Decision(dossier=dossier, **vars(form.words().kept()))
    words = letter_as_it_will_leave(decision, person=people[0], label_number=number)
    return {"words": words, "recipients": people}
