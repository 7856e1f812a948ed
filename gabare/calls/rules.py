"""What a wave lets a carrier do on a day of the call's time zone. Each date is included."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from gabare.calls.models import Call, Wave


def day_of(call: Call, now: datetime) -> date:
    """The day it is in the call's time zone: every date of a call is one of these days."""
    return now.astimezone(ZoneInfo(call.time_zone)).date()


def end_of_day(day: date, zone: str) -> datetime:
    """The last instant of `day` in `zone`. A deadline is never "00:00", which loses a day."""
    return datetime.combine(day, time.max, tzinfo=ZoneInfo(zone))


def is_open(wave: Wave, day: date) -> bool:
    return wave.opens_on <= day <= wave.new_until


def may_complete(wave: Wave, day: date) -> bool:
    """The team has asked for something: it may still be answered."""
    return wave.opens_on <= day <= wave.complete_until


def may_correct(wave: Wave, day: date) -> bool:
    """A carrier corrects what was already sent, unasked."""
    return wave.opens_on <= day <= wave.correct_until
