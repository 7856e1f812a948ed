"""The agenda's filters: one language for the page, its feeds and the API.

Any query string is read, never refused: what is not understood is set aside and said. Written
again, filters have one canonical form: two people who ask the same thing share one cached answer.
Repeated values widen, different filters narrow.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from django.http import QueryDict

from gabare.initiatives.enums import Mode

UPCOMING, WEEK, PAST, ALL, RUNNING = "a-venir", "semaine", "passees", "tout", "continu"
PERIODS = (UPCOMING, WEEK, RUNNING, PAST, ALL)
MONTH = re.compile(r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])", re.ASCII)
# In the order in which they are written; `q` comes first.
NAMES = (
    "quand", "axe", "critere", "theme", "commune", "public", "gratuit", "mode", "porteur", "edition"
)  # fmt: skip
YES = {"oui": "oui", "1": "oui", "true": "oui", "on": "oui", "non": "non", "0": "non"}
LONGEST_QUESTION = 200
MOST_VALUES = 50  # of one filter: enough for every commune, not for an attack

Known = Mapping[str, Collection[str]]


@dataclass(frozen=True)
class Filters:
    q: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def chosen(self, name: str) -> tuple[str, ...]:
        return self.values.get(name, ())

    @property
    def periods(self) -> tuple[str, ...]:
        return self.chosen("quand") or (UPCOMING,)

    @property
    def narrowed(self) -> bool:
        """Whether anything but the period was asked."""
        return bool(self.q) or any(name != "quand" for name in self.values)

    def adding(self, name: str, value: str) -> "Filters":
        return self.replacing(name, (*self.chosen(name), value))

    def without(self, name: str, value: str | None = None) -> "Filters":
        """Without one value, or without the whole filter; `q` is a filter too."""
        if name == "q":
            return replace(self, q="")
        kept = () if value is None else tuple(v for v in self.chosen(name) if v != value)
        return self.replacing(name, kept)

    def replacing(self, name: str, values: Collection[str]) -> "Filters":
        merged = {**self.values, name: _canonical(name, values)}
        return replace(self, values={n: merged[n] for n in NAMES if merged.get(n)})

    def query_string(self, **more: str | int) -> str:
        """`?q=…&axe=…`, or nothing when nothing is asked."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, value) for name in NAMES for value in self.chosen(name)]
        pairs += [(name, str(value)) for name, value in more.items()]
        return f"?{urlencode(pairs)}" if pairs else ""


@dataclass(frozen=True)
class Reading:
    filters: Filters
    ignored: tuple[tuple[str, str], ...]  # (filter, value) that say nothing here


def read_filters(query: QueryDict, known: Known) -> Reading:
    """`known` gives the values of the filters that depend on the call: axes, criteria, communes…"""
    values: dict[str, tuple[str, ...]] = {}
    ignored: list[tuple[str, str]] = []
    for name in NAMES:
        good = []
        for typed in dict.fromkeys(query.getlist(name)[:MOST_VALUES]):
            value = _understood(name, typed.strip(), known)
            if value:
                good.append(value)
            elif typed.strip():
                ignored.append((name, _plain(typed)[:80]))
        if kept := _canonical(name, good):
            values[name] = kept
    return Reading(Filters(_plain(query.get("q", "")), values), tuple(ignored))


def read_page(query: QueryDict) -> int:
    """The page asked, 1 when it is not a number."""
    typed = query.get("page", "1")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 7 else 1


def _understood(name: str, value: str, known: Known) -> str:
    if name == "quand":
        return value if value in PERIODS or MONTH.fullmatch(value) else ""
    if name == "gratuit":
        return YES.get(value.lower(), "")
    if name == "mode":
        return value if value in Mode.values else ""
    return value if value in known.get(name, ()) else ""


def _canonical(name: str, values: Collection[str]) -> tuple[str, ...]:
    kept = tuple(sorted(set(values)))
    if name == "quand":
        if ALL in kept:
            return (ALL,)
        return () if kept == (UPCOMING,) else kept
    return kept


def _plain(text: str) -> str:
    """One line of text: no control sign, single spaces, a length that a question has."""
    spaced = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(spaced.split())[:LONGEST_QUESTION].strip()
