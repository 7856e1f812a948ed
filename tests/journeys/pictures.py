"""The pictures of docs/pictures, taken of the real demonstration: `make pictures`."""

import os
import re
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.journeys import walks
from tests.journeys.browser import DESKTOP, PHONE, chromium, visitor
from tests.journeys.site import ROOT, Site, build, served

PICTURES = ROOT / "docs" / "pictures"
SIZES = {"390": PHONE, "1280": DESKTOP}


def take(page: Page, name: str) -> None:
    """The first screen, at both widths."""
    for width, size in SIZES.items():
        page.set_viewport_size(size)
        page.evaluate("scrollTo(0, 0)")
        picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
        picture.save(PICTURES / f"{name}-{width}.png", optimize=True)
        print(f"docs/pictures/{name}-{width}.png")


def take_all(site: Site) -> None:
    with chromium() as browser:
        page = visitor(browser, site.url).new_page()
        page.goto("/")
        take(page, "home")
        page.goto("/agenda/?quand=tout")
        take(page, "agenda")
        page.locator("main .rows h3 a").nth(2).click()
        take(page, "initiative")
        walks.begin(page)
        walks.present(page, "Essais publics au Hangar")
        walks.say_when(page)
        page.get_by_role("checkbox", name=re.compile("sobriété énergétique")).check()
        take(page, "deposit")
        desk = visitor(browser, site.url).new_page()
        walks.sign_in(desk, site, site.lead, "/equipe/")
        desk.locator(".queue ol a").nth(1).click()
        take(desk, "desk")


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        ready = os.environ.get("GABARE_BUILT_DEMO")
        built = Path(ready) if ready else build(Path(folder, "built"))
        with served(built, Path(folder, "served")) as site:
            take_all(site)


if __name__ == "__main__":
    main()
