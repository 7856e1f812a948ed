"""The pages that every site must have, as first written: a call's own text comes first.

Generic texts are Markdown files beside this one, a file a page and language, filled with the
call's organiser. Once made, pages belong to the team: nothing here changes them again.
"""

from pathlib import Path

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from gabare.calls.models import Call
from gabare.calls.queries import text
from gabare.ui.markdown import render
from gabare.ui.typography import typography

TITLES = {
    "aide": _("Aide"),
    "accessibilite": _("Accessibilité : non conforme"),
    "donnees-personnelles": _("Données personnelles"),
    "mentions-legales": _("Mentions légales"),
}
# The slug of a page → the key of the call's own text for it.
OF_THE_CALL = {
    "aide": "help",
    "accessibilite": "accessibility",
    "donnees-personnelles": "privacy",
    "mentions-legales": "legal-notice",
}
FOLDER = Path(__file__).parent / "texts"


def first_html(call: Call | None, key: str, language: str) -> SafeString:
    """A page's text in `language`, clean. A language we have not written falls back to French.

    The state of accessibility is asked by law in set words: a call adds to them, never replaces.
    """
    own = text(call, OF_THE_CALL[key]) if call else None
    parts = [str(own.body[language])] if own is not None and language in own.body else []
    if not parts or key == "accessibilite":
        parts.insert(0, _generic(call, key, language))
    return mark_safe("\n".join(render(typography(part, language)) for part in parts))  # noqa: S308


def _generic(call: Call | None, key: str, language: str) -> str:
    path = FOLDER / f"{key}.{language}.md"
    if not path.exists():
        path = FOLDER / f"{key}.fr.md"
    words = {name: getattr(call, name, "") or "…" for name in ("organiser", "service", "email")}
    words["address"] = (getattr(call, "address", "") or "…").replace("\n", ", ")
    words["phone"] = getattr(call, "phone", "") or "…"
    return path.read_text(encoding="utf-8").format(**words)
