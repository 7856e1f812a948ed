"""axe-core on a page: rules of RGAA 4, WCAG 2.0 to 2.2 A and AA, and good practice."""

import json
from functools import cache

from playwright.sync_api import Page

from tests.journeys.browser import NODE_MODULES

TAGS = [
    "RGAAv4", "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice",
]  # fmt: skip


@cache
def source() -> str:
    folder = NODE_MODULES / "axe-core"
    locale = (folder / "locales" / "fr.json").read_text(encoding="utf-8")
    script = (folder / "axe.min.js").read_text(encoding="utf-8")
    return f"{script};axe.configure({{locale: {locale}}});"


def violations(page: Page) -> list[str]:
    """One line for each fault: the rule, what to do, where."""
    # Evaluated by the debugger, not by the page: its security policy does not have to allow it.
    page.evaluate(source())
    found = page.evaluate(
        f"axe.run(document, {{runOnly: {json.dumps(TAGS)}, resultTypes: ['violations']}})"
    )
    return [
        f"{rule['id']}: {rule['help']} — {node['html'][:160]}"
        for rule in found["violations"]
        for node in rule["nodes"][:5]
    ]
