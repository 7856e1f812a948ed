"""The public face of a version: the fields that every call has, whatever its questions.

`Call.record` says which question gives which field; nothing of one call is written here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gabare.calls.models import Call
from gabare.initiatives.validators import Block

FREE = frozenset({"gratuit", "free"})
PAID = frozenset({"payant", "paid"})


@dataclass(frozen=True)
class Record:
    """`themes` and `audiences` hold the call's keys, and free words where "other" was chosen."""

    title: str = ""
    summary: str = ""
    link: str = ""
    free: bool | None = None
    themes: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    criteria: dict[str, str] = field(default_factory=dict)
    expectations: str = ""
    occurrences: list[Block] = field(default_factory=list)
    carriers: list[Block] = field(default_factory=list)


def record_of(
    call: Call,
    values: Mapping[str, Any],
    occurrences: Sequence[Block] = (),
    carriers: Sequence[Block] = (),
) -> Record:
    def said(name: str) -> Any:
        return values.get(call.record.get(name, name))

    criteria = said("criteria")
    return Record(
        title=_text(said("title")),
        summary=_text(said("summary")),
        link=_text(said("link")),
        free=_free(said("access")),
        themes=_words(said("themes")),
        audiences=_words(said("audiences")),
        criteria=dict(criteria) if isinstance(criteria, Mapping) else {},
        expectations=_text(said("expectations")),
        occurrences=list(occurrences),
        carriers=list(carriers),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _words(value: Any) -> list[str]:
    chosen = value if isinstance(value, list) else [value] if value else []
    words = [item.get("other", "") if isinstance(item, Mapping) else item for item in chosen]
    return [str(word) for word in words if word]


def _free(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value in FREE | PAID:
        return value in FREE
    return None
