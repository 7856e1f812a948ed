"""One demonstration, one server and one browser for the whole run."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import walks
from tests.journeys.browser import chromium, visitor
from tests.journeys.kinds import CARRIER, LEAD
from tests.journeys.paths import Paths
from tests.journeys.site import Site, build

CAMILLE = "camille@exemple.fr"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    site = build(tmp_path_factory.mktemp("demo") / "data")
    site.start()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def paths(browser, site) -> Iterator[Paths]:
    """The people of the run, signed in once, and the address of each kind of page."""
    people = {who: visitor(browser, site.url) for who in ("anyone", CARRIER, LEAD)}
    walks.sign_in(people[LEAD].new_page(), site, site.lead)
    page = people[CARRIER].new_page()
    walks.deposit(page, site, "Atelier des pages", "Camille Essai", CAMILLE)
    sent = page.url
    walks.write_initiative(page, "Brouillon des pages", "Camille Essai", CAMILLE)
    yield Paths(people, {"sent": sent})
    for context in people.values():
        context.close()


@pytest.fixture
def someone(browser, site) -> Iterator[Callable[..., Page]]:
    """A person at the site, with their own browser: `someone(javascript=False)`."""
    contexts = []

    def arrive(*, javascript: bool = True, **options: object) -> Page:
        context = visitor(browser, site.url, java_script_enabled=javascript, **options)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        assert not context.elsewhere, f"asked elsewhere: {context.elsewhere}"
        context.close()
