from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gabare.ui import dates

register = template.Library()


@register.filter
def asked(questions: Mapping[str, str], key: str) -> str:
    """What is asked on the question of that key, "" when nothing is."""
    return questions.get(key, "")


@register.filter
def round_name(closes_on: date) -> str:
    """« Relève d’avril 2024 », « Relève de mai 2024 »."""
    return _("Relève %(of_month)s") % {"of_month": _of_month(closes_on)}


@register.filter
def edition_name(closes_on: date) -> str:
    return _("Édition %(of_month)s") % {"of_month": _of_month(closes_on)}


@register.filter
def clock_time(at: datetime, zone: str) -> str:
    """« 14:32 » in that zone."""
    return f"{at.astimezone(ZoneInfo(zone)):%H:%M}"


def _of_month(day: date) -> str:
    return dates.of_month(day, get_language() or "")
