"""Debian's Chromium, driven by Playwright; it talks to nobody but the site under test."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Request, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--force-color-profile=srgb", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # there is nobody else
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
    """A person with a fresh browser. What is asked elsewhere finds nobody, and is remembered."""
    context = browser.new_context(
        **{"base_url": url, "locale": "fr-FR", "timezone_id": "Europe/Paris",
           "viewport": DESKTOP, "reduced_motion": "reduce", **options}
    )  # fmt: skip
    context.set_default_timeout(10_000)
    elsewhere: list[str] = []

    def remember(request: Request) -> None:
        if not request.url.startswith((url, "data:", "blob:")):
            elsewhere.append(request.url)

    # Listened to, not held up: a request that waits for our word can wait for ever.
    context.on("request", remember)
    context.elsewhere = elsewhere
    return context
