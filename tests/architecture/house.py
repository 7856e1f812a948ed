"""What the guards read: the tree, its floors, its templates. They judge files, not behaviour."""

import ast
import configparser
import os
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GABARE = ROOT / "gabare"
SHELVES = {
    "enums", "lifecycle", "validators", "models", "rules",
    "queries", "operations", "mails", "apps", "tasks",
}  # fmt: skip
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "services"}
# Made by tools or by a run, never part of the project.
MADE = {".git", ".venv", "var", "node_modules", "__pycache__", "build", "dist"}


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def files(*suffixes: str, under: Path = ROOT) -> Iterator[Path]:
    """The project's files, or those with these suffixes."""
    for folder, folders, names in os.walk(under):
        folders[:] = sorted(
            f
            for f in folders
            if f not in MADE and not f.endswith(("_cache", "-info", ".hypothesis"))
        )
        for file in sorted(names):
            if not suffixes or file.endswith(suffixes):
                yield Path(folder, file)


def python_files() -> list[Path]:
    return [path for path in files(".py") if "migrations" not in path.parts]


def templates() -> list[Path]:
    return [
        path
        for path in files(".html", ".txt", ".xml")
        if "templates" in path.parts and GABARE in path.parents
    ]


def template_name(path: Path) -> str:
    """The name that `{% include %}` and `render` use: what follows `templates/`."""
    return path.as_posix().rpartition("/templates/")[2]


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def heights() -> dict[str, int]:
    """Room → height of its floor, from the contract that import-linter checks."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    floors = contract["importlinter:contract:floors"]["layers"].split("\n")
    rooms = [re.split(r"\s*\|\s*", floor.strip()) for floor in floors if floor.strip()]
    return {room: height for height, floor in enumerate(reversed(rooms)) for room in floor}


def shelf(path: Path) -> str:
    """The shelf that a module lies on, whether a file or a folder of files."""
    return path.parent.name if path.parent.name in SHELVES else path.stem


@cache
def exceptions() -> dict[str, dict[str, int]]:
    with (ROOT / "tests/architecture/exceptions.toml").open("rb") as file:
        return tomllib.load(file)


def judge(rule: str, sizes: dict[str, int], limit: int) -> list[str]:
    """What is over the limit and not excepted, and the exceptions that may now go or shrink."""
    allowed = exceptions().get(rule, {})
    too_big = [
        f"{what}: {size} > {allowed.get(what, limit)}"
        for what, size in sizes.items()
        if size > max(limit, allowed.get(what, limit))
    ]
    stale = [
        f"{what}: is {sizes.get(what, 0)} now, shrink or remove its exception of {size}"
        for what, size in allowed.items()
        if sizes.get(what, 0) < size
    ]
    return too_big + stale
