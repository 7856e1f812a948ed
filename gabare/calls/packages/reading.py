"""Reading a package: the only door in. Strict, and every problem is told at once."""

from collections.abc import Mapping
from pathlib import Path as Folder
from typing import Any

from django.utils.translation import gettext as _

from gabare.calls.packages import checking
from gabare.calls.packages.axes import Axes, read_axes
from gabare.calls.packages.communes import FILE as COMMUNES
from gabare.calls.packages.communes import read_communes
from gabare.calls.packages.kinds import LANGUAGE
from gabare.calls.packages.pages import NAME as PAGE
from gabare.calls.packages.pages import file_name, read_pages
from gabare.calls.packages.problems import PackageProblems
from gabare.calls.packages.shapes import FILES, OPTIONAL, Commune, Package, Page
from gabare.calls.packages.sources import Report, parse, read_files
from gabare.calls.packages.tables import TableReader


def read_package(folder: Folder | str) -> Package:
    """The package in `folder`, whole and coherent, or `PackageProblems` with all that is wrong."""
    report = Report()
    files = read_files(Folder(folder), report)
    raise_problems(report)
    documents = {
        name: document
        for name, text in files.items()
        if name.endswith(".toml") and (document := parse(name, text, report)) is not None
    }
    package, axes = assemble(files, documents, report)
    raise_problems(report)
    if package is None:  # a problem was reported for each missing part
        raise PackageProblems(report.problems)
    checking.check(package, axes, report)
    raise_problems(report)
    return package


def raise_problems(report: Report) -> None:
    if report.problems:
        raise PackageProblems(report.problems)


def assemble(
    files: Mapping[str, str], documents: Mapping[str, dict[str, Any]], report: Report
) -> tuple[Package | None, Axes]:
    languages = languages_of(documents)
    parts = {
        part: read_part(name, shape, kept, documents, languages, report)
        for name, (part, shape, kept) in FILES.items()
        if name in documents or absent(name, files, report)
    }
    axes_files = {name: doc for name, doc in documents.items() if name.startswith("axes/")}
    if not axes_files and not any(name.startswith("axes/") for name in files):
        report.add("axes", 1, _("aucun axe n’est décrit"), _("écrire axes/1-….toml"))
    axes = read_axes(axes_files, languages, report)
    texts = read_pages("texts", files, languages, report)
    letters = read_pages("letters", files, languages, report)
    communes: tuple[Commune, ...] = ()
    if COMMUNES in files:
        communes = read_communes(files[COMMUNES], report)
    else:
        absent(COMMUNES, files, report)
    strangers(files, languages, report)
    if report.problems or None in parts.values():
        return None, axes
    return Package(
        **parts,
        axes=tuple(axes.axes),
        texts=in_order(texts, parts["call"].texts, languages, report),
        letters=tuple(letters[key] for key in sorted(letters)),
        communes=communes,
    ), axes


def languages_of(documents: Mapping[str, dict[str, Any]]) -> list[str]:
    """As call.toml says them; what is wrong with them is told when call.toml is read."""
    found = documents.get("call.toml", {}).get("languages")
    said = found if isinstance(found, list) else []
    return [each for each in said if isinstance(each, str) and LANGUAGE.fullmatch(each)]


def read_part(
    name: str,
    shape: type,
    kept: str,
    documents: Mapping[str, dict[str, Any]],
    languages: list[str],
    report: Report,
) -> Any:
    found = TableReader(name, report, languages).read(shape, documents.get(name, {}))
    return getattr(found, kept) if found is not None and kept else found


def absent(name: str, files: Mapping[str, str], report: Report) -> bool:
    """Whether the file may be, and is, absent. What must be there and is not is reported."""
    if name not in files and name not in OPTIONAL:
        report.add(name, 1, _("ce fichier manque"), _("l’écrire ; voir docs/package-format.md"))
    return name in OPTIONAL and name not in files


def in_order(
    pages: Mapping[str, Page], wanted: tuple[str, ...], languages: list[str], report: Report
) -> tuple[Page, ...]:
    """Texts in the order that call.toml lists them: none missing, none left over."""
    for index, key in enumerate(wanted):
        if key not in pages:
            report.add(
                "call.toml", ("texts", index),
                _("le texte « %(key)s » n’est pas écrit") % {"key": key},
                _("écrire texts/%(key)s.md, ou le retirer de « texts »") % {"key": key},
            )  # fmt: skip
    for key in pages:
        if key not in wanted:
            report.add(
                file_name("texts", key, languages[0], languages), 1,
                _("ce texte n’est pas annoncé"),
                _("ajouter « %(key)s » à « texts » dans call.toml") % {"key": key},
            )  # fmt: skip
    return tuple(pages[key] for key in wanted if key in pages)


def strangers(files: Mapping[str, str], languages: list[str], report: Report) -> None:
    """A file that nobody reads is a mistake: it would be lost by an export."""
    for name in files:
        page = PAGE.fullmatch(name)
        known = (
            (page and page.group(3) in {None, *languages[1:]})
            or name in FILES
            or name == COMMUNES
            or (name.startswith("axes/") and name.endswith(".toml"))
        )
        if not known:
            report.add(
                name, 1, _("ce fichier n’est pas prévu dans un dossier d’appel"), _("le retirer")
            )
