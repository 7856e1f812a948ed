"""`/equipe/trace/`: who saw and did what, for who leads the call."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gabare.calls.models import Call
from gabare.foundation import clock, exporting
from gabare.foundation.enums import TraceVerb
from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.operations import record
from gabare.foundation.queries import Search, digests_of, lines_found, reference_of
from gabare.foundation.traced import WORDS
from gabare.labels.models import Label
from gabare.people.models import Person
from gabare.review.recusals import recused_from
from gabare.web.desk.access import desk_page, team_page
from gabare.web.desk.trace_words import Told, told

A_PAGE = 50
FIELDS = ("qui", "quoi", "sur", "du", "au")


@team_page("trace.read")
@require_safe
def trace(request: HttpRequest, call: Call) -> HttpResponse:
    search, errors = _asked(request.GET, call)
    found = _found(search, request.user)
    before = request.GET.get("avant", "")
    if before.isdecimal():  # a page goes by the number: lines that come meanwhile move nothing
        found = found.filter(pk__lt=min(int(before), 2**63 - 1))
    lines = list(found[: A_PAGE + 1])
    shown = told(lines[:A_PAGE], call)
    team = Person.objects.filter(team_roles__team=call.team_id).distinct().order_by("name")
    context = {
        "days": list(_by_day(shown, call)),
        "older": lines[A_PAGE - 1].pk if len(lines) > A_PAGE else None,
        "is_first": not before.isdecimal(),
        "search": {name: request.GET.get(name, "") for name in FIELDS},
        "verbs": sorted(
            ((value, str(words)) for value, words in WORDS.items()), key=lambda v: v[1]
        ),
        "people": [(reference_of(person), str(person)) for person in team],
        "errors": errors,
    }
    return desk_page(request, call, None, "desk/trace.html", context)


@team_page("trace.read")
@require_POST
def export(request: HttpRequest, call: Call) -> StreamingHttpResponse:
    """What the page shows, all its pages, as a file. Taking it out leaves its line."""
    search, _errors = _asked(request.POST, call)
    form = "jsonl" if "jsonl" in request.POST else "csv"
    record(
        actor=request.user, verb=TraceVerb.EXPORTED, about="trace:", owner=f"call:{call.key}",
        now=clock.now(),
    )  # fmt: skip
    lines = _found(search, request.user).order_by("pk").iterator()
    rows = exporting.as_csv(lines) if form == "csv" else exporting.as_json_lines(lines)
    kind = "text/csv; charset=utf-8" if form == "csv" else "application/jsonl; charset=utf-8"
    response = StreamingHttpResponse(rows, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="trace-{call.key}.{form}"'
    return response


def _found(search: Search, reader: Person) -> QuerySet[TraceLine]:
    """Without what was done about initiatives that this lead is kept from."""
    kept_from = recused_from(reader)
    labels = Label.objects.filter(initiative__in=kept_from)
    return (
        lines_found(search)
        .exclude(about__in=kept_from.values_list(Concat(Value("initiative:"), "public_id")))
        .exclude(about__in=labels.values_list(Concat(Value("label:"), "number")))
    )


def _asked(data: QueryDict, call: Call) -> tuple[Search, list[tuple[str, str]]]:
    """The search that an address says; what is no day is said, and not looked for."""
    days, errors = {}, []
    for name, label in (("du", _("Du")), ("au", _("Au"))):
        days[name] = _day(data.get(name, "").strip())
        if data.get(name, "").strip() and days[name] is None:
            message = _("%(label)s\u00a0: écrivez une date, par exemple 2024-06-03.")
            errors.append((f"id_{name}", message % {"label": label}))
    zone = ZoneInfo(call.time_zone)
    since, until = days["du"], days["au"]
    search = Search(
        owners=(f"call:{call.key}", f"team:{call.team.key}", ""),
        actor=data.get("qui", "")[:40],
        verb=data.get("quoi", "")[:40],
        about=data.get("sur", "").strip()[:80],
        since=datetime.combine(since, time.min, tzinfo=zone) if since else None,
        until=datetime.combine(until, time.max, tzinfo=zone) if until else None,
    )
    return search, errors


def _day(typed: str) -> date | None:
    try:
        return parse_date(typed)
    except ValueError:  # the 31st of June
        return None


def _by_day(shown: list[Told], call: Call) -> Iterator[tuple[date, TraceDigest | None, list[Told]]]:
    """The lines under their day, with the digest that seals them."""
    sealed = digests_of([each.line for each in shown])
    zone = ZoneInfo(call.time_zone)
    days: dict[tuple[date, TraceDigest | None], list[Told]] = {}
    for each in shown:
        days.setdefault((_local(each.line, zone), sealed.get(each.line.pk)), []).append(each)
    for (day, digest), lines in days.items():
        yield day, digest, lines


def _local(line: TraceLine, zone: ZoneInfo) -> date:
    return line.at.astimezone(zone).date()
