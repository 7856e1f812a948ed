"""The axis files of a package: `axes/1-key.toml`, each with its questions or what it inherits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from gabare.calls.packages.inheritance import AT_THE_START, resolve
from gabare.calls.packages.locator import Path
from gabare.calls.packages.shapes import Axis, Question
from gabare.calls.packages.sources import Report
from gabare.calls.packages.tables import TableReader

NEEDED = ("kind", "step", "label")
ONLY_HERE = ("without", "questions")


@dataclass
class Axes:
    """The axes read, and where each question of each axis is written."""

    axes: list[Axis] = field(default_factory=list)
    places: dict[tuple[str, str], tuple[str, Path]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)  # axis key → file

    def named(self, key: str) -> Axis | None:
        return next((axis for axis in self.axes if axis.key == key), None)


def file_name(axis: Axis) -> str:
    return f"axes/{axis.number}-{axis.key}.toml"


def read_axes(
    documents: Mapping[str, dict[str, Any]], languages: Sequence[str], report: Report
) -> Axes:
    """In the order of their numbers: an axis inherits only from one that comes before it."""
    found = Axes()
    for name in sorted(documents, key=lambda name: (len(name.partition("-")[0]), name)):
        reader = TableReader(name, report, languages)
        axis = read_axis(reader, documents[name], found)
        if axis is None:
            continue
        if name != file_name(axis):
            expected = {"name": file_name(axis)}
            report.add(
                name, ("number",),
                _("le fichier ne porte pas le nom de son axe"),
                _("le nommer %(name)s") % expected,
            )  # fmt: skip
        if found.named(axis.key) or axis.number in {other.number for other in found.axes}:
            report.add(name, ("key",), _("un autre axe a cette clé ou ce numéro"), _("en changer"))
        found.axes.append(axis)
        found.files[axis.key] = name
    return found


def read_axis(reader: TableReader, raw: dict[str, Any], before: Axes) -> Axis | None:
    head = {key: value for key, value in raw.items() if key not in ONLY_HERE}
    axis: Axis | None = reader.read(Axis, head)
    if axis is None:
        return None
    parent = before.named(axis.inherits)
    if axis.inherits and parent is None:
        reader.report.add(
            reader.file, ("inherits",),
            _("« %(key)s » n’est pas un axe qui précède celui-ci") % {"key": axis.inherits},
            _("nommer un axe de numéro plus petit, ou retirer « inherits »"),
        )  # fmt: skip
        return None
    inherited = list(parent.questions) if parent else []
    without = read_without(reader, raw.get("without", []), inherited)
    entries = read_questions(reader, raw.get("questions", []), inherited, without)
    if entries is None:
        return None
    questions = resolve(inherited, entries, without)
    for question in inherited:
        before.places[axis.key, question.key] = (reader.file, ("inherits",))
    for index, entry in enumerate(entries):
        before.places[axis.key, entry["key"]] = (reader.file, ("questions", index))
    return replace(axis, questions=tuple(questions))


def read_without(reader: TableReader, raw: Any, inherited: Sequence[Question]) -> list[str]:
    keys = {question.key for question in inherited}
    if not isinstance(raw, list) or not all(isinstance(key, str) for key in raw):
        reader.report.add(
            reader.file, ("without",), _("ce n’est pas une liste de clés"), _('l’écrire ["link"]')
        )
        return []
    for index, key in enumerate(raw):
        if key not in keys:
            reader.report.add(
                reader.file,
                ("without", index),
                _("« %(key)s » n’est pas une question héritée") % {"key": key[:60]},
                _("la retirer de « without »"),
            )
    return list(raw)


def read_questions(
    reader: TableReader, raw: Any, inherited: Sequence[Question], without: Sequence[str]
) -> list[dict[str, Any]] | None:
    """One entry a question, complete if it is new; None once what is wrong is reported."""
    if not isinstance(raw, list) or not (raw or inherited):
        reader.report.add(
            reader.file, ("questions",), _("aucune question n’est posée"),
            _("écrire au moins une table « [[questions]] »"),
        )  # fmt: skip
        return None
    known = {question.key for question in inherited if question.key not in without}
    entries: list[dict[str, Any] | None] = []
    for index, item in enumerate(raw):
        entry = read_question(reader, item, ("questions", index), known)
        entries.append(entry)
        if entry is not None:
            known.add(entry["key"])
    sound = reader.unique([e["key"] if e else None for e in entries], ("questions",))
    return [entry for entry in entries if entry] if sound and None not in entries else None


def read_question(
    reader: TableReader, raw: Any, path: Path, known: set[str]
) -> dict[str, Any] | None:
    values = reader.values(Question, raw, path, more=("after",))
    if values is None:
        return None
    new = values.get("key") not in known
    missing = [name for name in ("key", *NEEDED) if name not in values and (new or name == "key")]
    for name in missing:
        reader.report.add(
            reader.file, path, _("« %(name)s » manque à cette question") % {"name": name},
            _("l’ajouter ; docs/package-format.md dit ce qu’on y met"),
        )  # fmt: skip
    if missing:
        return None
    if "after" not in raw:
        return values
    if not new or raw["after"] not in {*known, AT_THE_START}:
        reader.report.add(
            reader.file, (*path, "after"),
            _("cette question ne peut pas venir après « %(key)s »") % {"key": str(raw["after"])},
            _("nommer une question héritée ou écrite plus haut, « - » pour la placer en tête ; "
              "une question héritée garde sa place"),
        )  # fmt: skip
        return None
    return {**values, "after": raw["after"]}
