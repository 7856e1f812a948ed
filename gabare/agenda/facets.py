"""The whole agenda as bits, in memory: what makes every facet count free.

One row is one bit, in the order of dates; one value of one facet is one integer. Narrowing is `&`,
widening is `|`, counting is `int.bit_count()`: 30,000 rows and 80 values take about a millisecond,
whatever the engine, where counting in SQL takes one grouped scan a facet. Built once for each
generation of the listings, in each process (`gathering`); the rows shown are always read from the
database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from gabare.agenda.filters import ALL, PAST, PERIODS, RUNNING, UPCOMING, WEEK, Filters
from gabare.calls.models import Call

COUNTED = ("axe", "critere", "theme", "commune", "public", "gratuit", "mode")
NEVER = date.max.toordinal()
ONE = ord("1")
Counts = dict[str, dict[str, int]]


@dataclass
class Facets:
    listings: int  # the generation of the listings that it shows
    call: Call | None
    ids: list[int] = field(default_factory=list)
    entries: list[int] = field(default_factory=list)  # of the search index; 0 where there is none
    first: list[int] = field(default_factory=list)  # ordinal of the first local day; 0 undated
    last: list[int] = field(default_factory=list)  # ordinal of the last local day; NEVER undated
    published: list[float] = field(default_factory=list)
    updated: datetime | None = None  # the last change of any row
    initiatives: list[int] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)  # slug of the lead carrier
    bits: dict[str, dict[str, int]] = field(default_factory=dict)
    names: dict[str, dict[str, str]] = field(default_factory=dict)  # of communes and carriers
    running: int = 0  # undated, known to the year only, or longer than a month
    _days: dict[tuple[str, int], int] = field(default_factory=dict)

    @cached_property
    def everything(self) -> int:
        return (1 << len(self.ids)) - 1

    def at(self, places: Iterable[int]) -> int:
        """The bits of some places."""
        digits = bytearray(b"0") * (len(self.ids) + 1)
        for place in places:
            digits[place] = ONE
        digits.reverse()
        return int(digits, 2)

    def of_entries(self, found: Iterable[int]) -> int:
        """The bits of entries of the search index; those that are about no row (a page, a row just
        added) are left out. Marked by entry, then picked in the order of rows: a search may find
        a hundred thousand of them."""
        if not self.entries:
            return 0
        last = self._last_entry
        marks = bytearray(b"0") * (last + 1)
        for entry in found:
            if entry <= last:
                marks[entry] = ONE
        return int(bytes(map(marks.__getitem__, reversed(self.entries))), 2)

    @cached_property
    def _last_entry(self) -> int:
        return max(self.entries)

    def period(self, name: str, today: date) -> int:
        day = today.toordinal()
        if name == ALL:
            return self.everything
        if name == UPCOMING:
            return self._ending_from(day)
        if name == RUNNING:
            return self.running & self._ending_from(day)
        if name == PAST:
            return self.everything & ~self._ending_from(day)
        if name == WEEK:
            return self._week(day - today.weekday())
        return self.bits["quand"].get(name, 0)

    def matching(self, filters: Filters, today: date, found: int | None) -> dict[str, int]:
        """The rows that each filter alone lets through; `found` is what the search found."""
        passing = {} if found is None else {"q": found}
        passing["quand"] = union(self.period(name, today) for name in filters.periods)
        for name in filters.values:
            if name != "quand":
                known = self.bits[name]
                passing[name] = union(known.get(value, 0) for value in filters.chosen(name))
        return passing

    def common(self, passing: Mapping[str, int], but: str = "") -> int:
        """The rows that pass every filter, or every filter `but` one."""
        bits = self.everything
        for name, passed in passing.items():
            if name != but:
                bits &= passed
        return bits

    def counts(self, passing: Mapping[str, int], today: date) -> Counts:
        """How many rows each value would show, the other filters kept as they are."""
        base = self.common(passing, but="quand")
        periods = {name: (base & self.period(name, today)).bit_count() for name in PERIODS}
        months = self._counted("quand", base)
        return {
            "quand": {**periods, **months},
            **{name: self._counted(name, self.common(passing, but=name)) for name in COUNTED},
        }

    def _counted(self, name: str, base: int) -> dict[str, int]:
        return {value: (base & bits).bit_count() for value, bits in self.bits[name].items()}

    def _ending_from(self, day: int) -> int:
        return self._kept(
            ("from", day),
            lambda: (place for place, last in enumerate(self.last) if last >= day),
        )

    def _week(self, monday: int) -> int:
        spans = enumerate(zip(self.first, self.last, strict=True))
        return self._kept(
            ("week", monday),
            lambda: (p for p, (first, last) in spans if 0 < first <= monday + 6 and last >= monday),
        )

    def _kept(self, key: tuple[str, int], places: Callable[[], Iterable[int]]) -> int:
        if key not in self._days:
            if len(self._days) > 20:  # days go by in a process that lives long
                self._days.clear()
            self._days[key] = self.at(places())
        return self._days[key]


def union(many: Iterable[int]) -> int:
    bits = 0
    for some in many:
        bits |= some
    return bits


def places_of(bits: int, *, backwards: bool = False) -> Iterator[int]:
    """The places of the bits, in order, one at a time."""
    digits = f"{bits:b}" if bits else ""
    length = len(digits)
    if backwards:
        place = digits.find("1")
        while place >= 0:
            yield length - 1 - place
            place = digits.find("1", place + 1)
    else:
        place = digits.rfind("1")
        while place >= 0:
            yield length - 1 - place
            place = digits.rfind("1", 0, place)
