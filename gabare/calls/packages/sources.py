"""The files of a package as found on disk, and the problems met while reading them."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import Any

from django.utils.translation import gettext as _

from gabare.calls.packages.locator import Path, line_at, lines_of
from gabare.calls.packages.problems import Problem

LARGEST = 1_000_000  # bytes; the first real package is under 60,000 in all
MOST_FILES = 500


@dataclass
class Report:
    """Collects every problem, so that one reading tells them all."""

    lines: dict[str, dict[Path, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, file: str, where: Path | int, message: str, remedy: str) -> None:
        line = where if isinstance(where, int) else line_at(self.lines.get(file, {}), where)
        problem = Problem(file, line, message, remedy)
        if problem not in self.problems:
            self.problems.append(problem)


def read_files(folder: Folder, report: Report) -> dict[str, str]:
    """Relative name → text. Hidden files (`.git`, an editor's own) are not part of a package."""
    texts: dict[str, str] = {}
    if not folder.is_dir():
        report.add(".", 1, _("ce dossier n’existe pas"), _("vérifier le chemin donné"))
        return texts
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in found[:MOST_FILES]:
        name = path.relative_to(folder).as_posix()
        if not any(part.startswith(".") for part in name.split("/")):
            text = read_text(path, name, report)
            if text is not None:
                texts[name] = text
    return texts


def read_text(path: Folder, name: str, report: Report) -> str | None:
    try:
        if path.stat().st_size > LARGEST:
            report.add(name, 1, _("le fichier est trop gros"), _("le ramener sous 1 Mo"))
            return None
        content = path.read_bytes()
    except OSError as error:
        reason = {"reason": error.strerror or ""}
        report.add(name, 1, _("le fichier ne se lit pas : %(reason)s") % reason, _("le remplacer"))
        return None
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        report.add(name, line, _("ce n’est pas de l’UTF-8"), _("enregistrer le fichier en UTF-8"))
        return None


def parse(name: str, text: str, report: Report) -> dict[str, Any] | None:
    """The TOML tables of a file, its lines noted in the report."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place.group(1)) if place else text.count("\n") + 1
        reason = {"reason": re.sub(r"\s*\(at .*\)$", "", str(error))}
        report.add(
            name, line, _("ce n’est pas du TOML : %(reason)s") % reason, _("corriger cette ligne")
        )
        return None
    except (RecursionError, ValueError):  # nested too deep, or a number with too many digits
        report.add(name, 1, _("ce fichier ne se lit pas"), _("le simplifier"))
        return None
    report.lines[name] = lines_of(text)
    return document
