"""One demonstration, one server and one browser for the whole run."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys import walks
from tests.journeys.browser import chromium, visitor
from tests.journeys.kinds import CARRIER, LABELLED, LEAD
from tests.journeys.paths import Paths
from tests.journeys.site import Site, build, served
from tests.journeys.watchdog import watched

ERRORS = pytest.StashKey[int]()
CAMILLE = "camille@exemple.fr"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.journey)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[ERRORS] = os.dup(2)  # nothing is captured yet


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    with watched(item.nodeid, errors=item.config.stash[ERRORS]):
        return (yield)


@pytest.fixture(scope="session")
def built(tmp_path_factory) -> Path:
    """The demonstration in a folder, never served from there: each site is a copy of it."""
    ready = os.environ.get("GABARE_BUILT_DEMO")  # one that is there already, to go faster
    return Path(ready) if ready else build(tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture(scope="session")
def site(built, tmp_path_factory) -> Iterator[Site]:
    with served(built, tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture
def own_site(built, tmp_path) -> Iterator[Site]:
    """For a walk after which the site is no more the same for others."""
    with served(built, tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def paths(browser, site) -> Iterator[Paths]:
    """The people of the run, signed in once, and the address of each kind of page."""
    people = {who: visitor(browser, site.url) for who in ("anyone", CARRIER, LABELLED, LEAD)}
    walks.sign_in(people[LEAD].new_page(), site, site.lead)
    walks.sign_in(people[LABELLED].new_page(), site, site.labelled)
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

    def arrive(*, javascript: bool = True, at: Site = site, **options: object) -> Page:
        context = visitor(browser, at.url, java_script_enabled=javascript, **options)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        assert not context.elsewhere, f"asked elsewhere: {context.elsewhere}"
        context.close()
