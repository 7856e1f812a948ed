from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gabare.calls.models import Call
from gabare.calls.queries import petals
from gabare.initiatives.queries import public_record
from gabare.people.models import Person
from gabare.review import queries
from gabare.review.models import Dossier, Round
from gabare.ui.rose import Petal
from gabare.web.desk.access import desk_page, language_of, team_page


@dataclass(frozen=True)
class Line:
    """One dossier in the queue."""

    dossier: Dossier
    petals: list[Petal]
    places: str


def lines(call: Call, dossiers: QuerySet[Dossier]) -> list[Line]:
    return [_line(call, dossier) for dossier in dossiers]


def _line(call: Call, dossier: Dossier) -> Line:
    dossier.initiative.call = call
    dossier.version.initiative = dossier.initiative
    record = public_record(dossier.version)
    names = dict.fromkeys(str(block.get("commune_name", "")) for block in record.occurrences)
    return Line(
        dossier,
        petals(call, record.criteria, language_of(call)),
        ", ".join(name for name in names if name),
    )


def queue_of(call: Call, round_: Round, *, reader: Person) -> dict[str, object]:
    return {
        "round": round_,
        "lines": lines(call, queries.queue(round_, reader=reader)),
        "tally": queries.tally(round_, reader=reader),
    }


@team_page("desk.read")
@require_safe
def queue(request: HttpRequest, call: Call) -> HttpResponse:
    round_ = queries.unpublished_round(call)
    coming = queries.planned_rounds_left(call).first() if round_ is None else None
    found = (
        queue_of(call, round_, reader=request.user)
        if round_
        else {"round": None, "lines": [], "tally": None}
    )
    context = {
        "begin": waits_for_reader(found["lines"]),  # type: ignore[arg-type]
        "awaiting": queries.awaiting_carrier(call, reader=request.user),
        "coming": coming,
        "current": None,
        **found,
    }
    return desk_page(request, call, round_, "desk/queue.html", context)


def waits_for_reader(lines: list[Line]) -> Dossier | None:
    """The first dossier on which this reader has still something to say, else the first."""
    found = [line.dossier for line in lines]
    waiting = [each for each in found if not hasattr(each, "decision") and not each.advised]
    return next(iter(waiting or found), None)
