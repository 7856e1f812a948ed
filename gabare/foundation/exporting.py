"""The trace as a file: CSV for a spreadsheet, JSON Lines for who wants to compute it again."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC

from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.traced import words_for

COLUMNS = ["number", "at", "kind", "verb", "words", "owner", "actor", "label", "about", "detail",
           "salt", "digest"]  # fmt: skip
# What makes a spreadsheet compute a cell instead of showing it.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r")


def as_csv(lines: Iterable[TraceLine]) -> Iterator[str]:
    """A row a line, in UTF-8 with its mark: spreadsheets then read the accents."""
    yield "\ufeff" + _row(COLUMNS)
    for line in lines:
        said = {**_said(line), "words": words_for(line.verb)}
        said["detail"] = json.dumps(line.detail, ensure_ascii=False, sort_keys=True)
        yield _row(_inert(str(said[name])) for name in COLUMNS)


def as_json_lines(lines: Iterable[TraceLine], digests: Iterable[TraceDigest] = ()) -> Iterator[str]:
    """An object a line, then one a sealed day: with both, the chain is computed again anywhere."""
    for line in lines:
        yield _object(_said(line))
    for sealed in digests:
        yield _object({
            "day": sealed.day.isoformat(), "first": sealed.first, "last": sealed.last,
            "count": sealed.count, "numbers": sealed.numbers, "previous": sealed.previous,
            "digest": sealed.digest,
        })  # fmt: skip


def _said(line: TraceLine) -> dict[str, object]:
    at = line.at.astimezone(UTC).isoformat(timespec="microseconds")
    names = ("kind", "verb", "owner", "actor", "label", "about", "detail", "salt", "digest")
    return {"number": line.pk, "at": at, **{name: getattr(line, name) for name in names}}


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_COMPUTED) else cell


def _row(cells: Iterable[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _object(said: dict[str, object]) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"
