"""What differs between two packages, each difference as one sentence."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.calls.packages.shapes import Package

SHOWN = 70
# field of a package → what one of its members is called
NAMES = {
    "waves": gettext_lazy("vague"),
    "rounds": gettext_lazy("relève"),
    "steps": gettext_lazy("étape"),
    "axes": gettext_lazy("axe"),
    "questions": gettext_lazy("question"),
    "compasses": gettext_lazy("boussole"),
    "criteria": gettext_lazy("critère"),
    "correspondences": gettext_lazy("correspondance"),
    "themes": gettext_lazy("thème"),
    "audiences": gettext_lazy("public"),
    "promises": gettext_lazy("engagement"),
    "reasons": gettext_lazy("raison"),
    "texts": gettext_lazy("texte"),
    "letters": gettext_lazy("lettre"),
    "communes": gettext_lazy("commune"),
    "call": gettext_lazy("appel"),
    "calendar": gettext_lazy("calendrier"),
}


class Sort(Enum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True)
class Change:
    """`place` goes down the package: ("axes", "debates", "questions", "title", "label", "fr")."""

    place: tuple[str, ...]
    sort: Sort
    before: Any = None
    after: Any = None

    def __str__(self) -> str:
        where = named(self.place)
        if self.sort is Sort.MOVED:
            return _("%(where)s : l’ordre change") % {"where": where}
        if self.sort is Sort.ADDED:
            return _("%(where)s : ajouté") % {"where": where} + self.said(self.after)
        if self.sort is Sort.REMOVED:
            return _("%(where)s : retiré") % {"where": where} + self.said(self.before)
        before, after = clipped(shown(self.before), shown(self.after))
        return _("%(where)s : « %(before)s » devient « %(after)s »") % {
            "where": where,
            "before": before,
            "after": after,
        }

    def said(self, value: Any) -> str:
        return "" if is_dataclass(value) else f" ({clipped(shown(value), '')[0]})"


def compare(before: Package | None, after: Package) -> list[Change]:
    """Every difference, in the order of the package; none when both say the same."""
    if before is None:
        return [Change(("call", after.call.key), Sort.ADDED, after=after)]
    return list(differences((), before, after))


def differences(place: tuple[str, ...], before: Any, after: Any) -> Iterator[Change]:
    if is_dataclass(before) and is_dataclass(after):
        for part in fields(before):
            down = (*place, part.name)
            yield from differences(down, getattr(before, part.name), getattr(after, part.name))
    elif keyed(before) or keyed(after):
        old = {item.key: item for item in before}
        new = {item.key: item for item in after}
        yield from members(place, old, new)
        if [key for key in old if key in new] != [key for key in new if key in old]:
            yield Change(place, Sort.MOVED)
    elif isinstance(before, dict) and isinstance(after, dict):
        yield from members(place, before, after)
    elif before != after:
        yield leaf(place, before, after)


def members(
    place: tuple[str, ...], before: Mapping[str, Any], after: Mapping[str, Any]
) -> Iterator[Change]:
    for key in [*before, *(key for key in after if key not in before)]:
        down = (*place, key)
        if key not in after:
            yield Change(down, Sort.REMOVED, before=before[key])
        elif key not in before:
            yield Change(down, Sort.ADDED, after=after[key])
        else:
            yield from differences(down, before[key], after[key])


def leaf(place: tuple[str, ...], before: Any, after: Any) -> Change:
    empty = (None, "", ())
    if before in empty:
        return Change(place, Sort.ADDED, after=after)
    return Change(place, Sort.REMOVED if after in empty else Sort.CHANGED, before, after)


def keyed(value: Any) -> bool:
    return isinstance(value, tuple) and bool(value) and hasattr(value[0], "key")


def named(place: tuple[str, ...]) -> str:
    """ "axe debates, question title, label.fr"."""
    words: list[str] = []
    rest = [*place]
    while len(rest) > 1 and rest[0] in NAMES:
        name = str(NAMES[rest[0]])
        if rest[0] in {"call", "calendar"}:
            words.append(name)
            rest = rest[1:]
        else:
            words.append(f"{name} {rest[1]}")
            rest = rest[2:]
    if rest and rest[0] == "doctrine":
        return named(tuple(rest[1:]))
    return ", ".join([*words, ".".join(rest)] if rest else words)


def shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} = {shown(member)}" for key, member in value.items())
    return " ".join(str(value).split())


def clipped(before: str, after: str) -> tuple[str, str]:
    """Both texts cut around the first place where they differ."""
    pairs = zip(before, after, strict=False)
    first = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))
    start = max(0, first - SHOWN // 2) if max(len(before), len(after)) > SHOWN else 0

    def cut(text: str) -> str:
        end = start + SHOWN
        return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"

    return cut(before), cut(after)
