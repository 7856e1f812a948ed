"""First set-up of the editorial pages, in each language of the site."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import translation
from wagtail.models import Locale, Page, Site

from gabare.calls.models import Call
from gabare.foundation.localised import pick
from gabare.web.visitors.editorial_texts import TITLES, first_html
from gabare.web.visitors.models import EditorialPage


@transaction.atomic
def make_pages(*, call: Call | None) -> list[EditorialPage]:
    """Create the pages that are missing and return them; what exists is the team's, left as it is.

    Pages of two languages are translations of one another, so that Wagtail shows them together.
    """
    made = []
    for language, _name in settings.LANGUAGES:
        locale, _created = Locale.objects.get_or_create(language_code=language)
        parent = home_in(locale, call)
        present = set(EditorialPage.objects.filter(locale=locale).values_list("slug", flat=True))
        missing = [key for key in TITLES if key not in present]
        made += [parent.add_child(instance=_page(call, key, locale)) for key in missing]
    return made


def home_in(locale: Locale, call: Call | None) -> Page:
    """The branch of the tree that holds a language's pages; the first one is Wagtail's own."""
    root = site_at(settings.PUBLIC_URL).root_page
    title = pick(call.title, settings.LANGUAGE_CODE) if call else settings.WAGTAIL_SITE_NAME
    if root.locale_id == locale.pk:
        if root.title != title:
            root.title = root.draft_title = title
            root.save()
        return root
    existing = root.get_translation_or_none(locale)
    if existing is not None:
        return existing
    copy = root.copy_for_translation(locale)
    copy.get_latest_revision().publish()
    copy.refresh_from_db()
    return copy


def site_at(address: str) -> Site:
    """Wagtail's one site, told where it is: "View live" and its sitemaps ask it."""
    public = urlsplit(address)
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    port = public.port or (443 if public.scheme == "https" else 80)
    if (site.hostname, site.port) != (public.hostname, port):
        site.hostname, site.port = public.hostname or "localhost", port
        site.save()
    return site


def _page(call: Call | None, key: str, locale: Locale) -> EditorialPage:
    language = locale.language_code
    first = EditorialPage.objects.filter(slug=key).exclude(locale=locale).first()
    with translation.override(language):
        title = str(TITLES[key])
    page = EditorialPage(
        title=title,
        slug=key,
        locale=locale,
        body=first_html(call, key, language),
    )
    if first is not None:
        page.translation_key = first.translation_key
    return page
