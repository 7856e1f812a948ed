"""The calendar line: where the call stands in its year, at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gabare.calls.models import PlannedRound, Wave
from gabare.foundation.localised import pick
from gabare.ui.dates import day_month, long_date

PAST, CURRENT, FUTURE = "past", "current", "future"


@dataclass(frozen=True)
class Moment:
    day: date
    title: str
    text: str
    state: str = FUTURE


def moments(waves: Sequence[Wave], day: date) -> list[Moment]:
    """Openings, restitutions, the last edition and the next round. The current one comes next."""
    found = [moment for wave in waves for moment in milestones(wave)]
    rounds = sorted((r for w in waves for r in w.planned_rounds.all()), key=lambda r: r.closes_on)
    published = [r for r in rounds if r.edition_on <= day]
    awaited = [r for r in rounds if r.edition_on > day]
    numbers = {r.pk: number for number, r in enumerate(rounds, start=1)}
    found += [edition(r, numbers[r.pk]) for r in published[-1:]]
    found += [collection(r, numbers[r.pk], day) for r in awaited[:1]]
    return states(sorted(found, key=lambda m: m.day), day)


def milestones(wave: Wave) -> list[Moment]:
    language = get_language() or ""
    title = pick(wave.title, language)
    until = long_date(wave.new_until, language)
    found = [Moment(wave.opens_on, title, _("Dépôts jusqu’au %(day)s") % {"day": until})]
    if wave.restitution_on:
        place = pick(wave.restitution, language)
        found.append(Moment(wave.restitution_on, _("Restitution"), place))
    return found


def edition(planned: PlannedRound, number: int) -> Moment:
    return Moment(planned.edition_on, _("Édition %(number)s") % {"number": number}, _("Publiée"))


def collection(planned: PlannedRound, number: int, day: date) -> Moment:
    """The round that is filling up, then, once it is closed, the edition it prepares."""
    title = _("Relève %(number)s") % {"number": number}
    if day <= planned.closes_on:
        announced = day_month(planned.edition_on, get_language() or "")
        return Moment(planned.closes_on, title, _("Édition le %(day)s") % {"day": announced})
    days = (planned.edition_on - day) // timedelta(days=1)
    wait = ngettext("Publication dans %(days)s jour", "Publication dans %(days)s jours", days)
    return Moment(planned.edition_on, title, wait % {"days": days})


def states(line: list[Moment], day: date) -> list[Moment]:
    coming = next((m for m in line if m.day >= day), None)
    return [
        replace(m, state=CURRENT if m is coming else PAST if m.day < day else FUTURE) for m in line
    ]
