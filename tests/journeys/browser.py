"""Debian's Chromium, driven by Playwright; it talks to nobody but the site under test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--force-color-profile=srgb", "--hide-scrollbars",
]  # fmt: skip
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
NARROW = {"width": 320, "height": 640}
NODE_MODULES = Path(__file__).resolve().parents[1] / "browser" / "node_modules"


@contextmanager
def chromium() -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("google-chrome")
    assert executable, "apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def visitor(browser: Browser, url: str, **options: object) -> BrowserContext:
    """A person with a fresh browser. Anything that leaves the site is stopped and remembered."""
    context = browser.new_context(
        **{"base_url": url, "locale": "fr-FR", "timezone_id": "Europe/Paris",
           "viewport": DESKTOP, "reduced_motion": "reduce", **options}
    )  # fmt: skip
    context.set_default_timeout(10_000)
    elsewhere: list[str] = []

    def only_here(route, request):
        if request.url.startswith((url, "data:", "blob:")):
            route.continue_()
        else:
            elsewhere.append(request.url)
            route.abort()

    context.route("**/*", only_here)
    context.elsewhere = elsewhere
    return context
