"""One semantic question, several wordings: an axis takes another's questions and rewords some.

In the file of an axis that inherits, a question whose key the parent has gives only what differs;
`without` drops questions; a new one says `after` which it comes, or follows the new one above it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from gabare.calls.packages.shapes import Question

FIELDS = tuple(f.name for f in fields(Question))
AT_THE_START = "-"


def resolve(
    parent: Sequence[Question], own: Sequence[Mapping[str, Any]], without: Sequence[str]
) -> list[Question]:
    """The full questions of an axis. Every entry of `own` names a key and, if new, is complete."""
    found = [question for question in parent if question.key not in without]
    previous = found[-1].key if found else AT_THE_START
    for entry in own:
        given = {name: value for name, value in entry.items() if name != "after"}
        keys = [question.key for question in found]
        if entry["key"] in keys:
            index = keys.index(entry["key"])
            found[index] = replace(found[index], **given)
            continue
        after = entry.get("after", previous)
        index = keys.index(after) + 1 if after in keys else 0
        found.insert(index, Question(**given))
        previous = entry["key"]
    return found


def shorten(
    parent: Sequence[Question], full: Sequence[Question]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The reverse of `resolve`, in one way only: entries to write, and keys to leave out."""
    before = {question.key: question for question in parent}
    after = {question.key for question in full}
    without = [key for key in before if key not in after]
    previous = next((q.key for q in reversed(parent) if q.key in after), AT_THE_START)
    rewordings: list[dict[str, Any]] = []
    additions: list[dict[str, Any]] = []
    for index, question in enumerate(full):
        values = {name: getattr(question, name) for name in FIELDS}
        if question.key in before:
            old = before[question.key]
            changed = {n: v for n, v in values.items() if v != getattr(old, n)}
            if changed:
                rewordings.append({"key": question.key, **changed})
            continue
        neighbour = full[index - 1].key if index else AT_THE_START
        placed = {"key": question.key}
        if neighbour != previous:
            placed["after"] = neighbour
        additions.append({**placed, **values})
        previous = question.key
    return [*rewordings, *additions], without
