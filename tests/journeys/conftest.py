"""One demonstration, one server and one browser for the whole run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.browser import chromium, visitor
from tests.journeys.site import Site, build


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
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
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("pages")


@pytest.fixture
def someone(browser, site):
    """Makes a person at the site, with their own browser: `someone(javascript=False)`."""
    contexts = []

    def arrive(*, javascript: bool = True, **options):
        context = visitor(browser, site.url, java_script_enabled=javascript, **options)
        contexts.append(context)
        return context.new_page()

    yield arrive
    for context in contexts:
        assert not context.elsewhere, f"asked elsewhere: {context.elsewhere}"
        context.close()
