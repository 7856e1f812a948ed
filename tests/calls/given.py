"""Packages to read, change and apply: the real one, and a copy to spoil."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from gabare.calls.models import Call
from gabare.calls.operations import apply_package
from gabare.calls.packages.problems import PackageProblems
from gabare.calls.packages.reading import read_package
from gabare.calls.packages.shapes import Package

FIRST = settings.BASE_DIR / "packages" / "ndia-2024"
TINY = settings.BASE_DIR / "tests" / "packages" / "tiny"
NOW = datetime(2024, 6, 12, 8, 0, tzinfo=UTC)


def the_call() -> Call:
    return apply_package(package=read_package(FIRST), now=NOW)


def a_copy(folder: Path, source: Path = TINY) -> Path:
    return Path(shutil.copytree(source, folder / "copy"))


def edit(package: Path, name: str, before: str, after: str) -> Path:
    """Replace a text that must be there, once, in one file of a package."""
    file = package / name
    text = file.read_text()
    assert text.count(before) == 1, f"{before!r} is {text.count(before)} times in {name}"
    file.write_text(text.replace(before, after))
    return package


def problems_of(package: Path) -> list[str]:
    try:
        read_package(package)
    except PackageProblems as found:
        return [f"{problem}" for problem in found.problems]
    return []


def changed(package: Path, name: str, before: str, after: str) -> Package:
    return read_package(edit(package, name, before, after))
