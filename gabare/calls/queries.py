"""Questions asked of a call. What every page reads of it is kept in the process."""

from collections.abc import Callable, Collection
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Prefetch

from gabare.calls.calendar import Moment, moments
from gabare.calls.models import (
    Axis,
    Call,
    CallText,
    Compass,
    Criterion,
    PlannedRound,
    Promise,
    Reason,
    Step,
    Wave,
)
from gabare.calls.rules import is_open
from gabare.foundation.localised import pick
from gabare.questionnaires.facts import Choice
from gabare.territory.queries import communes_of
from gabare.ui.rose import Petal

T = TypeVar("T")


def kept(call: Call, name: str, make: Callable[[], T]) -> T:
    """`make()` the first time, then the same in this process, until a part of the call changes.

    For what is read only: every request shares it. What changes a part draws `call.stamp` anew.
    """
    store = _store(call.pk, call.stamp)
    if name not in store:
        store[name] = make()
    value: T = store[name]
    return value


@lru_cache(maxsize=16)
def _store(_call: int, _stamp: int) -> dict[str, Any]:
    return {}


def current_call() -> Call | None:
    return Call.objects.select_related("perimeter", "team").filter(is_current=True).first()


def call_by_key(key: str) -> Call | None:
    return Call.objects.select_related("perimeter", "team").filter(key=key).first()


def axes(call: Call) -> list[Axis]:
    return kept(call, "axes", lambda: list(call.axes.select_related("questionnaire")))


def steps(call: Call) -> list[Step]:
    return kept(call, "steps", lambda: list(call.steps.all()))


def waves(call: Call) -> list[Wave]:
    """With their planned rounds."""
    return kept(call, "waves", lambda: list(call.waves.prefetch_related("planned_rounds")))


def promises(call: Call) -> list[Promise]:
    return list(call.promises.all())


def reasons(call: Call) -> list[Reason]:
    return kept(call, "reasons", lambda: list(call.reasons.all()))


def text(call: Call, key: str) -> CallText | None:
    return call.texts.filter(key=key).first()


def texts(call: Call) -> list[CallText]:
    return list(call.texts.all())


def open_wave(call: Call, day: date) -> Wave | None:
    """The wave that takes new deposits on that day of the call's time zone."""
    return next((w for w in waves(call) if is_open(w, day)), None)


def next_wave(call: Call, day: date) -> Wave | None:
    coming = [w for w in waves(call) if w.opens_on > day]
    return min(coming, key=lambda w: w.opens_on, default=None)


def planned_round_for(call: Call, wave: Wave | None, day: date) -> PlannedRound | None:
    """The first round of the wave that closes on that day or after.

    A wave's last answers may come in after its last round: they wait for the call's next one.
    """
    coming = call.planned_rounds.select_related("wave").filter(closes_on__gte=day)
    rounds = sorted(coming, key=lambda r: (r.wave != wave, r.closes_on))
    return rounds[0] if rounds else None


def calendar_line(call: Call, day: date) -> list[Moment]:
    return moments(waves(call), day)


def compass_in_force(call: Call) -> Compass:
    """With its criteria in order. A call always has one: the package's reader sees to it."""
    return kept(
        call,
        "compass",
        lambda: call.compasses.prefetch_related(ordered_criteria()).get(in_force=True),
    )


def compasses(call: Call) -> list[Compass]:
    return list(call.compasses.prefetch_related(ordered_criteria()))


def ordered_criteria() -> Prefetch:
    return Prefetch("criteria", Criterion.objects.select_related("parent").order_by("position"))


def petals(call: Call, lit: Collection[str], language: str) -> list[Petal]:
    """One petal a criterion of the first rank; a lit sub-criterion lights its parent."""
    criteria = list(compass_in_force(call).criteria.all())
    shining = {c.pk for c in criteria if c.key in lit}
    shining |= {c.parent_id for c in criteria if c.key in lit and c.parent_id}
    return [
        Petal(number=c.number, name=pick(c.short, language), colour=c.colour, lit=c.pk in shining)
        for c in criteria
        if c.parent_id is None
    ]


def choices(call: Call, _language: str = "") -> dict[str, list[Choice]]:
    """What questions with a `source` offer. Labels stay localised, whatever the `language`."""
    return kept(call, "choices", lambda: offered(call))


def offered(call: Call) -> dict[str, list[Choice]]:
    return {
        "themes": [Choice(t.key, t.label) for t in call.themes.all()],
        "audiences": [Choice(a.key, a.label) for a in call.audiences.all()],
        "criteria": [
            Choice(
                c.key, c.wording, hint=c.explanation, number=c.number,
                colour=c.colour or (c.parent.colour if c.parent else ""),
            )
            for c in compass_in_force(call).criteria.all()
        ],
        "communes": [
            Choice(c.code, {call.language: c.name}) for c in communes_of(call.perimeter)
        ],
    }  # fmt: skip
