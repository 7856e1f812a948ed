# ruff: noqa: RUF009 (a field is made by `part`, on purpose)
"""What a package holds: the one description that reading, writing and comparing follow.

Field order here is line order in the files. A field with a default may be left out of a file.
"""

from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

from gabare.calls.enums import OccurrencePolicy, Relation
from gabare.calls.packages import kinds
from gabare.calls.packages.kinds import Kind
from gabare.questionnaires.enums import Visibility

RECORD_FIELDS = (
    "title", "summary", "link", "access", "audiences", "themes", "criteria", "expectations",
)  # fmt: skip
BLOCKS = ("occurrences", "carriers")


def part(kind: Kind, default: Any = MISSING) -> Any:
    """A value of the file."""
    if isinstance(default, dict):
        return field(default_factory=default.copy, metadata={"kind": kind})
    return field(default=default, metadata={"kind": kind})


def table(shape: type) -> Any:
    """A table of the file, with its own shape."""
    return field(metadata={"table": shape})


def tables(shape: type) -> Any:
    """A list of tables, with at least one."""
    return field(metadata={"tables": shape})


def few(shape: type) -> Any:
    """A list of tables that may be absent."""
    return field(default=(), metadata={"tables": shape})


def values_of(item: Any) -> dict[str, Any]:
    """The plain values of a part, without the tables it holds: what a database row keeps."""
    return {f.name: getattr(item, f.name) for f in fields(item) if "kind" in f.metadata}


@dataclass(frozen=True, kw_only=True)
class Team:
    key: str = part(kinds.Slug())
    name: str = part(kinds.Text(120))


@dataclass(frozen=True, kw_only=True)
class Territory:
    key: str = part(kinds.Slug())
    name: str = part(kinds.Text(120))
    source: str = part(kinds.Text(1000))
    licence: str = part(kinds.Text(120))


@dataclass(frozen=True, kw_only=True)
class Record:
    """Which question answers each field of the public record."""

    title: str = part(kinds.Slug())
    summary: str = part(kinds.Slug())
    link: str = part(kinds.Slug(), "")
    access: str = part(kinds.Slug(), "")
    audiences: str = part(kinds.Slug(), "")
    themes: str = part(kinds.Slug(), "")
    criteria: str = part(kinds.Slug())
    expectations: str = part(kinds.Slug(), "")


@dataclass(frozen=True, kw_only=True)
class Call:
    key: str = part(kinds.Slug())
    languages: tuple[str, ...] = part(
        kinds.Several(kinds.Pattern(pattern=kinds.LANGUAGE, example="fr"), least=1)
    )
    time_zone: str = part(kinds.Zone())
    title: dict[str, str] = part(kinds.Localised(200))
    tagline: dict[str, str] = part(kinds.Localised(200))
    summary: dict[str, str] = part(kinds.Localised(500))
    organiser: str = part(kinds.Text(160))
    service: str = part(kinds.Text(160))
    email: str = part(kinds.Email())
    phone: str = part(kinds.Text(40), "")
    address: str = part(kinds.Text(300))
    texts: tuple[str, ...] = part(kinds.Several(kinds.Slug()))
    team: Team = table(Team)
    territory: Territory = table(Territory)
    record: Record = table(Record)


@dataclass(frozen=True, kw_only=True)
class Round:
    key: str = part(kinds.Pattern(7, pattern=kinds.MONTH, example="2024-04"))
    closes_on: date = part(kinds.Day())
    edition_on: date = part(kinds.Day())


@dataclass(frozen=True, kw_only=True)
class Wave:
    key: str = part(kinds.Slug())
    title: dict[str, str] = part(kinds.Localised(120))
    opens_on: date = part(kinds.Day())
    new_until: date = part(kinds.Day())
    complete_until: date = part(kinds.Day())
    correct_until: date = part(kinds.Day())
    freeze_on: date = part(kinds.Day())
    starts_on: date = part(kinds.Day())
    ends_on: date = part(kinds.Day())
    restitution_on: date | None = part(kinds.Day(), None)
    restitution: dict[str, str] = part(kinds.Localised(200), {})
    rounds: tuple[Round, ...] = tables(Round)


@dataclass(frozen=True, kw_only=True)
class Calendar:
    note: dict[str, str] = part(kinds.Localised(2000), {})
    waves: tuple[Wave, ...] = tables(Wave)


@dataclass(frozen=True, kw_only=True)
class Step:
    key: str = part(kinds.Slug(40))
    title: dict[str, str] = part(kinds.Localised(120))
    help: dict[str, str] = part(kinds.Localised(2000), {})
    holds: tuple[str, ...] = part(kinds.Several(kinds.OneOf(BLOCKS)), ())


@dataclass(frozen=True, kw_only=True)
class Steps:
    steps: tuple[Step, ...] = tables(Step)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. In an axis that inherits, only what differs from the parent's is written."""

    key: str = part(kinds.Slug())
    kind: str = part(kinds.Slug(30))
    step: str = part(kinds.Slug(40))
    label: dict[str, str] = part(kinds.Localised(500))
    help: dict[str, str] = part(kinds.Localised(2000), {})
    required: bool = part(kinds.Flag(), default=False)
    required_from: date | None = part(kinds.Day(), None)
    frozen_from: date | None = part(kinds.Day(), None)
    visibility: str = part(kinds.OneOf(Visibility.values), str(Visibility.PUBLIC))
    condition: dict[str, Any] = part(kinds.Plain(), {})
    options: dict[str, Any] = part(kinds.Plain(), {})


@dataclass(frozen=True, kw_only=True)
class Axis:
    key: str = part(kinds.Slug(40))
    number: int = part(kinds.Whole(1, 99))
    title: dict[str, str] = part(kinds.Localised(200))
    short: dict[str, str] = part(kinds.Localised(40))
    target: dict[str, str] = part(kinds.Localised(2000))
    object: dict[str, str] = part(kinds.Localised(5000))
    choose: dict[str, str] = part(kinds.Localised(500), {})
    occurrences: str = part(kinds.OneOf(OccurrencePolicy.values))
    inherits: str = part(kinds.Slug(), "")
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Criterion:
    key: str = part(kinds.Slug())
    number: str = part(kinds.Text(8))
    parent: str = part(kinds.Slug(), "")
    wording: dict[str, str] = part(kinds.Localised(500))
    short: dict[str, str] = part(kinds.Localised(60))
    explanation: dict[str, str] = part(kinds.Localised(3000), {})
    source: str = part(kinds.Text(500), "")
    colour: str = part(kinds.Pattern(7), "")


@dataclass(frozen=True, kw_only=True)
class Compass:
    key: str = part(kinds.Slug())
    title: dict[str, str] = part(kinds.Localised(200))
    source: str = part(kinds.Text(1000))
    dated_on: date | None = part(kinds.Day(), None)
    in_force: bool = part(kinds.Flag(), default=False)
    criteria: tuple[Criterion, ...] = tables(Criterion)


@dataclass(frozen=True, kw_only=True)
class Correspondence:
    """`right` is the same as `left`, a part of it, or wider. Both are "compass/criterion"."""

    left: str = part(kinds.Text(121))
    right: str = part(kinds.Text(121))
    relation: str = part(kinds.OneOf(Relation.values))
    note: dict[str, str] = part(kinds.Localised(500), {})

    @property
    def key(self) -> str:
        return f"{self.left} ~ {self.right}"


@dataclass(frozen=True, kw_only=True)
class Doctrine:
    compasses: tuple[Compass, ...] = tables(Compass)
    correspondences: tuple[Correspondence, ...] = few(Correspondence)


@dataclass(frozen=True, kw_only=True)
class Item:
    """A theme, an audience, a promise or a reason: a stable key and its words."""

    key: str = part(kinds.Slug())
    label: dict[str, str] = part(kinds.Localised(300))


@dataclass(frozen=True, kw_only=True)
class Themes:
    themes: tuple[Item, ...] = tables(Item)


@dataclass(frozen=True, kw_only=True)
class Audiences:
    audiences: tuple[Item, ...] = tables(Item)


@dataclass(frozen=True, kw_only=True)
class Promises:
    promises: tuple[Item, ...] = few(Item)


@dataclass(frozen=True, kw_only=True)
class Reasons:
    reasons: tuple[Item, ...] = tables(Item)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A Markdown file a language: a title, then a text. Texts and letters alike."""

    key: str
    title: dict[str, str]
    body: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Commune:
    key: str  # INSEE code
    name: str
    postcodes: str = ""
    lon: float | None = None
    lat: float | None = None


@dataclass(frozen=True, kw_only=True)
class Package:
    call: Call
    calendar: Calendar
    steps: tuple[Step, ...]
    axes: tuple[Axis, ...]
    doctrine: Doctrine
    themes: tuple[Item, ...]
    audiences: tuple[Item, ...]
    promises: tuple[Item, ...]
    reasons: tuple[Item, ...]
    texts: tuple[Page, ...]
    letters: tuple[Page, ...]
    communes: tuple[Commune, ...]


# file → (field of the package, shape of the file, field of that shape that the package keeps)
FILES: dict[str, tuple[str, type, str]] = {
    "call.toml": ("call", Call, ""),
    "waves.toml": ("calendar", Calendar, ""),
    "steps.toml": ("steps", Steps, "steps"),
    "compass.toml": ("doctrine", Doctrine, ""),
    "themes.toml": ("themes", Themes, "themes"),
    "audiences.toml": ("audiences", Audiences, "audiences"),
    "promises.toml": ("promises", Promises, "promises"),
    "reasons.toml": ("reasons", Reasons, "reasons"),
}
OPTIONAL = ("promises.toml",)  # absent rather than empty
