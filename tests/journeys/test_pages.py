"""Every kind of page: accessible, light and dark, on a phone, on a desk, narrow, enlarged."""

import pytest
from playwright.sync_api import Page

from tests.journeys import axe
from tests.journeys.browser import DESKTOP, NARROW, PHONE
from tests.journeys.kinds import KINDS
from tests.journeys.paths import ALL

WIDER_THAN_THE_SCREEN = """() => document.documentElement.scrollWidth > innerWidth && [...document
  .querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .slice(-3).map(e => e.outerHTML.slice(0, 120))"""


def open_kind(paths, name: str) -> Page:
    page = paths.page(name)
    answer = page.goto(paths.address(name))
    assert answer.status == ALL[name].status
    return page


@pytest.mark.parametrize("name", ALL)
def test_page_is_accessible(paths, name):
    page = open_kind(paths, name)
    found = {}
    for size in (DESKTOP, PHONE):
        for scheme in ("light", "dark"):
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            for violation in axe.violations(page):
                found.setdefault(violation, f"{size['width']} px, {scheme}")
    page.close()
    assert not found


@pytest.mark.parametrize("name", ALL)
def test_page_fits_a_narrow_screen_and_large_text(paths, name):
    """320 px wide; 1280 px enlarged twice, which is 640; the text alone twice as large."""
    page = open_kind(paths, name)
    for size in (NARROW, {"width": 640, "height": 450}):
        page.set_viewport_size(size)
        assert not page.evaluate(WIDER_THAN_THE_SCREEN), f"{size['width']} px"
    page.set_viewport_size(DESKTOP)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate(WIDER_THAN_THE_SCREEN), "text at 200 %"
    page.close()


@pytest.mark.parametrize("name", ALL)
def test_page_is_a_document(paths, name):
    """What axe does not say: one title of the page, one h1, the language, a way to the content."""
    page = open_kind(paths, name)
    english = "/en/" in page.url
    assert page.locator("html").get_attribute("lang") == ("en" if english else "fr")
    assert page.locator("h1").count() == 1
    assert len(page.title()) > len("Gabare")
    assert page.locator("a[href='#main'], a[href='#contenu']").count()
    assert not page.locator(
        "[style], style, script:not([src]):not([type='application/ld+json'])"
    ).count()
    page.close()


def test_titles_tell_pages_apart(paths):
    """Among the pages that one person meets in one language."""
    titles: dict[tuple[str, str], list[str]] = {}
    for name, kind in KINDS.items():
        page = open_kind(paths, name)
        titles.setdefault((kind.who, page.title()), []).append(name)
        page.close()
    assert not {title: names for title, names in titles.items() if len(names) > 1}
