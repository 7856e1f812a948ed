"""The form as a browser posts it."""

import re
from typing import Any

from django.test import Client

from tests.initiatives.given import IN_JUNE

FIELD = re.compile(
    r'<(?:input|button)[^>]*?name="(?P<name>[^"]+)"[^>]*?>|'
    r'<textarea[^>]*?name="(?P<area>[^"]+)"[^>]*>(?P<text>.*?)</textarea>|'
    r'<select[^>]*?name="(?P<select>[^"]+)"[^>]*>(?P<options>.*?)</select>',
    re.DOTALL,
)


def at(settings, day=IN_JUNE) -> None:
    settings.GABARE_TODAY = day.date()


def begin(client: Client, axis: str = "evenements") -> str:
    """Choose an axis; the address of the first step."""
    answer = client.post("/deposer/", {"axis": axis})
    assert answer.status_code == 302
    return answer.url


def posted(client: Client, address: str, **changes: Any) -> dict[str, Any]:
    """What a browser would send back of the page at this address, with these changes."""
    html = client.get(address).content.decode()
    form = html[html.index('id="deposit"') : html.index('<details class="fold flow">')]
    data: dict[str, Any] = {}
    for match in FIELD.finditer(form):
        if match["area"]:
            data[match["area"]] = match["text"].lstrip("\n")
        elif match["select"]:
            chosen = re.search(r'value="([^"]*)" selected', match["options"])
            data[match["select"]] = chosen[1] if chosen else ""
        elif match[0].startswith("<input"):
            _note_input(data, match[0], match["name"])
    return {**data, "go": "next", **changes}


def _note_input(data: dict[str, Any], tag: str, name: str) -> None:
    value = re.search(r'value="([^"]*)"', tag)
    if 'type="file"' in tag or name == "csrfmiddlewaretoken":
        return
    if re.search(r'type="(checkbox|radio)"', tag):
        if " checked" in tag:
            data.setdefault(name, []).append(value[1] if value else "on")
    else:
        data[name] = value[1] if value else ""
