"""Values written as TOML, in one way only, so that two exports of one call are the same bytes."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from gabare.calls.packages.kinds import Localised, Plain

BARE = re.compile(r"[A-Za-z0-9_-]+")
FIRST = ("question", "op", "value", "label", "hint")  # then the others, in alphabetical order


def key_of(name: str) -> str:
    return name if BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)


def text_of(text: str) -> str:
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False)
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"')
    if escaped.endswith('"'):
        escaped = escaped[:-1] + '\\"'
    return f'"""\n{escaped}"""'


def value_of(value: Any, languages: Sequence[str] = ()) -> str:
    """One value on one line, but for long texts and lists of tables."""
    if isinstance(value, str):
        return text_of(value)
    if isinstance(value, int | float):
        return repr(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return table_of(value, languages)
    items = [value_of(item, languages) for item in value]
    if any(isinstance(item, Mapping) for item in value):
        return "[\n" + "".join(f"  {item},\n" for item in items) + "]"
    return f"[{', '.join(items)}]"


def table_of(table: Mapping[str, Any], languages: Sequence[str]) -> str:
    if not table:
        return "{}"
    members = (f"{key_of(k)} = {value_of(v, languages)}" for k, v in ordered(table, languages))
    return f"{{ {', '.join(members)} }}"


def ordered(table: Mapping[str, Any], languages: Sequence[str]) -> list[tuple[str, Any]]:
    """In an order of ours: PostgreSQL does not keep the one that was given."""
    ranks = {name: rank for rank, name in enumerate([*languages, *FIRST])}
    return sorted(table.items(), key=lambda item: (ranks.get(item[0], len(ranks)), item[0]))


def lines_of(name: str, kind: Any, value: Any, languages: Sequence[str]) -> list[str]:
    """A key and its value; a localised text and a question's options take a line a member."""
    written = kind.write(value, languages)
    if isinstance(kind, Localised | Plain) and written and name != "condition":
        return [
            f"{name}.{key_of(key)} = {value_of(member, languages)}"
            for key, member in ordered(written, languages)
        ]
    return [f"{name} = {value_of(written, languages)}"]
