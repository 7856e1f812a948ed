"""Where the call stands today, in one sentence: the first thing that a visitor reads."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gabare.calls.models import Call, Wave
from gabare.calls.queries import next_wave, open_wave, waves
from gabare.calls.rules import end_of_day
from gabare.foundation.localised import pick
from gabare.ui.dates import NBSP, day_month, long_date, remaining

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Standing:
    kind: str  # "none" | "not-yet" | "open" | "between" | "closed"
    sentence: str
    wave: Wave | None = None

    @property
    def takes_deposits(self) -> bool:
        return self.kind == "open"


def standing(call: Call | None, day: date, now: datetime) -> Standing:
    """`day` is today in the call's time zone."""
    if call is None:
        return Standing("none", _("Aucun appel n’est publié ici pour l’instant"))
    language = get_language() or ""
    wave = open_wave(call, day)
    if wave:
        return Standing("open", _open_sentence(call, wave, now, language), wave)
    coming = next_wave(call, day)
    if coming is None:
        return Standing("closed", _("Appel terminé · les dépôts sont clos"))
    opening = {"wave": pick(coming.title, language), "day": _day(coming.opens_on, day, language)}
    if any(wave.opens_on <= day for wave in waves(call)):
        sentence = _("Entre deux vagues · %(wave)s : dépôts à partir du %(day)s")
        return Standing("between", sentence % opening, coming)
    sentence = _("Bientôt · %(wave)s : dépôts à partir du %(day)s")
    return Standing("not-yet", sentence % opening, coming)


def _open_sentence(call: Call, wave: Wave, now: datetime, language: str) -> str:
    until = end_of_day(wave.new_until, call.time_zone)
    day = _day(wave.new_until, now.date(), language)
    sentence = _("%(wave)s · dépôts ouverts jusqu’au %(day)s") % {
        "wave": pick(wave.title, language),
        "day": day,
    }
    return f"{sentence},{NBSP}{remaining(until, now, language)}" if until - now < SOON else sentence


def _day(day: date, today: date, language: str) -> str:
    return day_month(day, language) if day.year == today.year else long_date(day, language)
