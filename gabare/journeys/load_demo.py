"""The demonstration: real initiatives deposited, read and published as the web does it.

Day after day of the call's calendar, through the same operations as the pages. Each step is one
transaction and knows whether it was done: a run that was cut short goes on where it stopped, and
a second run changes nothing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gabare.calls.models import Axis, Call, PlannedRound
from gabare.calls.packages.reading import read_package
from gabare.initiatives.enums import State
from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.operations import reopen_draft, save_draft, start_draft
from gabare.journeys.demo_records import Deposit, Reading, Record, Story, read_story
from gabare.journeys.deposit_initiative import send_draft
from gabare.journeys.import_call import import_call
from gabare.journeys.publish_edition import publish_edition
from gabare.people.enums import TeamRole
from gabare.people.models import Person
from gabare.people.operations import find_or_add_person, give_role
from gabare.review.models import Dossier, Round
from gabare.review.operations import decide
from gabare.review.rules import is_open

PACKAGE = Path(settings.BASE_DIR) / "packages" / "ndia-2024"
BEFORE_THE_CALL = date(2024, 3, 18)
TEAM = {
    TeamRole.LEAD: ("responsable@equipe.example.org", "Responsable de l’appel (démonstration)"),
    TeamRole.REVIEWER: ("lecture@equipe.example.org", "Comité de lecture (démonstration)"),
    TeamRole.EDITOR: ("redaction@equipe.example.org", "Rédaction (démonstration)"),
}
CARRIER = "Naomakers"  # whose sign-in link is printed: it has a label, and one to come
Say = Callable[[str], None]


class NotADemonstration(Exception):
    """The database already holds real deposits: fictitious ones are never mixed with them."""


@dataclass(frozen=True)
class Demo:
    call: Call
    team: dict[TeamRole, Person]
    carrier: Person
    steps_done: int


@dataclass(frozen=True)
class Moment:
    """One step of the story: when, what it says while it runs, and how to do it."""

    at: datetime
    words: str
    do: Callable[[], bool]  # True when it changed something


def load_demo(*, say: Say) -> Demo:
    """Play what is not played yet, in the order of the calendar. Raises `NotADemonstration`."""
    if Initiative.objects.exists() and not _lead_is_fictitious():
        raise NotADemonstration(
            _("Cette base contient de vrais dépôts. Donnez à la démonstration un autre DATA_DIR.")
        )
    call = _call(say)
    team = _team(call)
    story = read_story(call)
    done = 0
    moments = sorted(_moments(call, story, team), key=lambda moment: moment.at)
    for number, moment in enumerate(moments, start=1):
        if moment.do():
            done += 1
            say(f"{number:3d}/{len(moments)}  {moment.at:%Y-%m-%d}  {moment.words}")
    carrier = next(r.email for r in story.records if r.carrier == CARRIER)
    return Demo(call, team, Person.objects.get(email=carrier), done)


def _lead_is_fictitious() -> bool:
    return Person.objects.filter(email=TEAM[TeamRole.LEAD][0]).exists()


def _call(say: Say) -> Call:
    report = import_call(
        package=read_package(PACKAGE), now=_at(BEFORE_THE_CALL, time(9), "Europe/Paris"), apply=True
    )
    if report.call is None or report.refusals:
        raise RuntimeError("; ".join(map(str, report.refusals)) or "the call was not imported")
    if report.changes:
        say(f"{PACKAGE.name}: {len(report.changes)}")
    return report.call


def _team(call: Call) -> dict[TeamRole, Person]:
    now = _at(BEFORE_THE_CALL, time(9), call.time_zone)
    team = {}
    for role, (email, name) in TEAM.items():
        team[role] = find_or_add_person(email=email, name=name, now=now)
        give_role(team=call.team, person=team[role], role=role, now=now)
    return team


def _moments(call: Call, story: Story, team: dict[TeamRole, Person]) -> Iterator[Moment]:
    planned = {each.key: each for each in call.planned_rounds.all()}
    for number, record in enumerate(story.records):
        clock = time(9 + number // 30, 2 * number % 60)
        yield _deposit(call, record, _at(record.deposited, clock, call.time_zone))
        for reading in record.readings:
            at = _sitting(planned[reading.round], story, clock)
            yield _decision(call, record, reading, team[TeamRole.REVIEWER], at)
        if record.back:
            yield _return(call, record, _at(record.back, clock, call.time_zone))
    for each in planned.values():
        if each.key <= story.published_until:
            yield _edition(each, team[TeamRole.LEAD])


def _deposit(call: Call, record: Record, at: datetime) -> Moment:
    @transaction.atomic
    def do() -> bool:
        if _sent(call, record).exists():
            return False
        person = find_or_add_person(email=record.email, name=record.carrier, now=at)
        axis = Axis.objects.get(call=call, key=record.axis)
        draft, _secret = start_draft(call=call, axis=axis, now=at)
        _send(draft, record.first, person, at)
        return True

    return Moment(at, f"→ {record.title}", do)


def _return(call: Call, record: Record, at: datetime) -> Moment:
    @transaction.atomic
    def do() -> bool:
        initiative = _sent(call, record).filter(state=State.TO_COMPLETE).first()
        if initiative is None:
            return False
        draft, _secret = reopen_draft(initiative_id=initiative.pk, now=at)
        _send(draft, record.whole, Person.objects.get(email=record.email), at)
        return True

    return Moment(at, f"↻ {record.title}", do)


def _decision(
    call: Call, record: Record, reading: Reading, reviewer: Person, at: datetime
) -> Moment:
    @transaction.atomic
    def do() -> bool:
        dossier = (
            Dossier.objects.filter(
                initiative__in=_sent(call, record), round__planned__key=reading.round
            )
            .select_related("round", "initiative")
            .first()
        )
        if dossier is None or not is_open(dossier.round) or hasattr(dossier, "decision"):
            return False
        decide(
            dossier_id=dossier.pk, person=reviewer, outcome=reading.outcome, now=at,
            reasons=reading.reasons, message=reading.message, questions=reading.asks,
            due_on=reading.due_on, criteria=record.criteria, scope=reading.scope,
        )  # fmt: skip
        return True

    return Moment(at, f"{reading.outcome}: {record.title}", do)


def _edition(planned: PlannedRound, lead: Person) -> Moment:
    at = _at(planned.edition_on, time(8), planned.call.time_zone)

    def do() -> bool:
        round_ = Round.objects.filter(planned=planned).first()
        if round_ is None or not is_open(round_):
            return False
        publish_edition(round_id=round_.pk, person=lead, now=at)
        return True

    return Moment(at, f"= {planned.key}", do)


def _sent(call: Call, record: Record) -> QuerySet[Initiative]:
    named = Initiative.objects.filter(call=call, title=record.title)
    return named.exclude(state=State.DRAFT)


def _send(draft: Draft, deposit: Deposit, person: Person, at: datetime) -> None:
    kept = save_draft(
        draft_id=draft.pk, answers=deposit.answers, occurrences=deposit.occurrences,
        carriers=deposit.carriers, seen_saves=draft.saves, now=at,
    )  # fmt: skip
    send_draft(draft_id=kept.pk, person=person, now=at)


def _sitting(planned: PlannedRound, story: Story, clock: time) -> datetime:
    """Two days before the edition; in the open round, the Friday before the demonstration."""
    day = planned.edition_on - timedelta(days=2)
    if planned.key > story.published_until:
        day = story.today - timedelta(days=3)
    return _at(day, clock.replace(hour=(clock.hour + 6) % 24), planned.call.time_zone)


def _at(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, tzinfo=ZoneInfo(zone))
