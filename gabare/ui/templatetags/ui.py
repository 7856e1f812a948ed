"""What templates of every room use: `{% load ui %}`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django import template
from django.conf import settings
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from gabare.foundation.localised import pick
from gabare.ui import dates
from gabare.ui import markdown as md
from gabare.ui import rose as drawing
from gabare.ui import typography as typo

register = template.Library()


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@register.filter
def localised(text: Mapping[str, str] | str | None) -> str:
    """A localised text in the page's language, with its typography."""
    return typo.typography(pick(text or "", _language()), _language())


@register.filter
def typography(text: str | None) -> str:
    return typo.typography(str(text or ""), _language())


@register.filter
def quoted(text: str | None) -> str:
    return typo.quoted(str(text or ""), _language())


@register.filter
def markdown(text: Mapping[str, str] | str | None, shift: int = 1) -> SafeString:
    """Markdown, localised or not, as clean HTML; `shift` is how far headings go down."""
    return md.render(localised(text), shift)


@register.filter
def long_date(day: date | datetime | None) -> str:
    return dates.long_date(_day(day), _language()) if day else ""


@register.filter
def full_date(day: date | datetime | None) -> str:
    """With its weekday."""
    return dates.long_date(_day(day), _language(), weekday=True) if day else ""


@register.filter
def day_month(day: date | datetime | None) -> str:
    return dates.day_month(_day(day), _language()) if day else ""


@register.filter
def month_year(day: date | datetime | None) -> str:
    return dates.month_year(_day(day), _language()) if day else ""


@register.filter
def of_month(key: str) -> str:
    """An edition by its key, `2024-07`: « de juillet 2024 »."""
    return dates.of_month(date.fromisoformat(f"{key}-01"), _language())


def _day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return dates.in_zone(value, settings.TIME_ZONE).date()
    return value


@register.simple_tag
def when(
    starts_at: datetime | date | None,
    ends_at: datetime | date | None,
    precision: str,
    zone: str = settings.TIME_ZONE,
    *,
    weekday: bool = True,
) -> str:
    return dates.when(
        starts_at, ends_at, precision, zone=zone, language=_language(), weekday=weekday
    )


@register.simple_tag
def rose(
    petals: Sequence[drawing.Petal], size: drawing.Size = "small", label: str | None = None
) -> SafeString:
    """`label=""` where the lit criteria are already written beside."""
    return drawing.rose_svg(petals, size=size, label=label)


@register.simple_tag
def dot(colour: str) -> SafeString:
    return drawing.dot_svg(colour)


@register.simple_tag
def badge(number: str, colour: str) -> SafeString:
    return drawing.badge_svg(drawing.Petal(number=number, name="", colour=colour, lit=True))


@register.simple_tag(takes_context=True)
def nav_link(context: template.Context, name: str, text: str, *args: str) -> SafeString:
    """A link of a menu, marked when the page is it or is under it."""
    address = reverse(name, args=args)
    path = context["request"].path if "request" in context else ""
    if path == address:
        return format_html('<a href="{}" aria-current="page">{}</a>', address, text)
    if path.startswith(address):
        return format_html('<a href="{}" aria-current="true">{}</a>', address, text)
    return format_html('<a href="{}">{}</a>', address, text)


@register.simple_tag(takes_context=True)
def original(context: template.Context) -> SafeString | str:
    """Marks what a carrier wrote, in the call's language, on a page in another (WCAG 3.1.2)."""
    call = context.get("call")
    if not call or call.language == _language():
        return ""
    return format_html(' lang="{}"', call.language)


@register.simple_tag(takes_context=True)
def same_page(context: template.Context, language: str) -> str:
    """This page's address in another language; that language's home when it has none."""
    if "request" not in context:
        return _home(language)
    here = context["request"].get_full_path()
    there = translate_url(here, language)
    return _home(language) if there == here and language != _language() else there


def _home(language: str) -> str:
    return "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
