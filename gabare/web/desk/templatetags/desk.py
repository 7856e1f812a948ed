from collections.abc import Mapping
from datetime import date

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
    month = dates.month_year(closes_on, get_language() or "")
    words = _("Relève d’%(month)s") if month[0] in "aeiouyh" else _("Relève de %(month)s")
    return words % {"month": month}


@register.filter
def edition_name(closes_on: date) -> str:
    month = dates.month_year(closes_on, get_language() or "")
    words = _("Édition d’%(month)s") if month[0] in "aeiouyh" else _("Édition de %(month)s")
    return words % {"month": month}
