"""How the trace is digested: a line by all that it says, a day by its lines and the day before.

Written down so that anyone can do it again from an export, with nothing of ours.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date

from gabare.foundation.models import TraceLine


def line_digest(line: TraceLine) -> str:
    """SHA-256 of what the line says, as a JSON list in this order.

    Not its number, that the table gives when it is laid: the day's digest holds it.
    """
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    said = [at, line.kind, line.verb, line.owner, line.actor, line.label, line.about]
    return _sha256(json.dumps([*said, line.detail, line.salt], sort_keys=True, ensure_ascii=False))


def day_digest(previous: str, day: date, numbers: str, digests: Iterable[tuple[int, str]]) -> str:
    """SHA-256 of the former digest, the day, its numbers, then each « number digest », by line."""
    whole = hashlib.sha256(f"{previous}\n{day.isoformat()}\n{numbers}\n".encode())
    for number, digest in digests:
        whole.update(f"{number} {digest}\n".encode())
    return whole.hexdigest()


def ranges(numbers: Iterable[int]) -> str:
    """« 12-40 42-57 »: which numbers there were, gaps of what was rolled back left out."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return " ".join(f"{first}-{last}" for first, last in runs)


def holds(numbers: str, number: int) -> bool:
    return any(first <= number <= last for first, last in _runs(numbers))


def numbers_in(numbers: str) -> Iterable[int]:
    for first, last in _runs(numbers):
        yield from range(first, last + 1)


def _runs(numbers: str) -> list[tuple[int, int]]:
    pairs = (run.partition("-") for run in numbers.split())
    return [(int(first), int(last)) for first, _, last in pairs]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
