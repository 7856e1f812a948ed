"""`{% load agenda %}`: a listing as a line."""

from django import template
from django.utils.translation import get_language

from gabare.agenda.lines import Line, line_of
from gabare.agenda.models import Listing

register = template.Library()


@register.simple_tag(takes_context=True)
def line(context: template.Context, listing: Listing, *, year: bool = False) -> Line:
    call = context["call"]
    return line_of(listing, call, get_language() or call.language, year=year)
