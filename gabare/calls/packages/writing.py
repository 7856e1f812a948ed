"""A package as files, in one canonical form: what was read and written back is the same bytes."""

from collections.abc import Sequence
from dataclasses import MISSING, Field, fields
from pathlib import Path as Folder
from typing import Any

from gabare.calls.packages import axes, communes, pages
from gabare.calls.packages.inheritance import shorten
from gabare.calls.packages.shapes import FILES, OPTIONAL, Axis, Package, Question
from gabare.calls.packages.toml import lines_of, value_of


def write_package(package: Package, folder: Folder | str) -> None:
    """Make `folder` hold this package and nothing of another. Files of no package are left."""
    target = Folder(folder)
    files = files_of(package)
    for known in ("axes/*.toml", "texts/*.md", "letters/*.md", *OPTIONAL):
        for stale in target.glob(known):
            if stale.relative_to(target).as_posix() not in files:
                stale.unlink()
    for name, text in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


def files_of(package: Package) -> dict[str, str]:
    """Relative name → text."""
    languages = package.call.languages
    files = {}
    for name, (part, shape, kept) in FILES.items():
        value = getattr(package, part)
        whole = shape(**{kept: value}) if kept else value
        lines = table(whole, languages)
        if lines or name not in OPTIONAL:
            files[name] = "\n".join(lines).strip("\n") + "\n"
    parents = {axis.key: axis for axis in package.axes}
    for axis in package.axes:
        files[axes.file_name(axis)] = axis_file(axis, parents.get(axis.inherits), languages)
    for folder, written in (("texts", package.texts), ("letters", package.letters)):
        for page in written:
            for language in page.body:
                name = pages.file_name(folder, page.key, language, languages)
                files[name] = pages.written(page.title[language], page.body[language])
    files[communes.FILE] = communes.written(package.communes)
    return files


def table(item: Any, languages: Sequence[str], prefix: str = "") -> list[str]:
    """The lines of a table: its own values, then the tables it holds."""
    lines: list[str] = []
    for part in fields(item):
        value = getattr(item, part.name)
        if "kind" in part.metadata and value != default_of(part):
            lines += lines_of(part.name, part.metadata["kind"], value, languages)
    for part in fields(item):
        value, name = getattr(item, part.name), f"{prefix}{part.name}"
        if "table" in part.metadata:
            lines += ["", f"[{name}]", *table(value, languages, f"{name}.")]
        if "tables" in part.metadata:
            for member in value:
                lines += ["", f"[[{name}]]", *table(member, languages, f"{name}.")]
    return lines


def default_of(part: "Field[Any]") -> Any:
    return part.default if part.default_factory is MISSING else part.default_factory()


def axis_file(axis: Axis, parent: Axis | None, languages: Sequence[str]) -> str:
    entries, without = shorten(parent.questions if parent else (), axis.questions)
    lines = table(axis, languages)
    if without:
        lines.append(f"without = {value_of(without)}")
    inherited = {question.key for question in parent.questions} if parent else set()
    for entry in entries:
        lines += ["", "[[questions]]", *question_lines(entry, inherited, languages)]
    return "\n".join(lines) + "\n"


def question_lines(
    entry: dict[str, Any], inherited: set[str], languages: Sequence[str]
) -> list[str]:
    """A rewording writes all that it changes; a new question, all that is not the default."""
    lines: list[str] = []
    for part in fields(Question):
        if part.name in entry:
            value = entry[part.name]
            if entry["key"] in inherited or value != default_of(part):
                lines += lines_of(part.name, part.metadata["kind"], value, languages)
        if part.name == "key" and "after" in entry:
            lines.append(f'after = "{entry["after"]}"')
    return lines
