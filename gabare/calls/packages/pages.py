"""Markdown files of a package: `key.md` in its first language, `key.en.md` in another.

The first line is `# The title` (of a letter: its subject), then a blank line, then the text.
"""

import re
from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from gabare.calls.packages.kinds import FORBIDDEN
from gabare.calls.packages.shapes import Page
from gabare.calls.packages.sources import Report

NAME = re.compile(
    r"(texts|letters)/([a-z0-9]+(?:-[a-z0-9]+)*)(?:\.([a-z]{2,3}(?:-[a-z]{2,4})?))?\.md"
)
LONGEST_TITLE = 200


def file_name(folder: str, key: str, language: str, languages: Sequence[str]) -> str:
    return f"{folder}/{key}.md" if language == languages[0] else f"{folder}/{key}.{language}.md"


def read_pages(
    folder: str, files: Mapping[str, str], languages: Sequence[str], report: Report
) -> dict[str, Page]:
    """Every page of `texts/` or `letters/`, by key."""
    keys = [m.group(2) for name in files if (m := NAME.fullmatch(name)) and m.group(1) == folder]
    pages = [read_page(folder, key, files, languages, report) for key in dict.fromkeys(keys)]
    return {page.key: page for page in pages if page is not None}


def read_page(
    folder: str, key: str, files: Mapping[str, str], languages: Sequence[str], report: Report
) -> Page | None:
    titles: dict[str, str] = {}
    bodies: dict[str, str] = {}
    for language in languages:
        name = file_name(folder, key, language, languages)
        if name not in files:
            report.add(
                name,
                1,
                _("ce texte manque en « %(language)s »") % {"language": language},
                _("écrire ce fichier"),
            )
        elif (found := split(name, files[name], report)) is not None:
            titles[language], bodies[language] = found
    return Page(key=key, title=titles, body=bodies) if len(bodies) == len(languages) else None


def split(name: str, text: str, report: Report) -> tuple[str, str] | None:
    """Title and body of one file."""
    control = FORBIDDEN.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        report.add(name, line, _("le texte contient un caractère de contrôle"), _("le retirer"))
        return None
    first, _newline, rest = text.partition("\n")
    title, body = first.removeprefix("# ").strip(), rest.strip()
    if not first.startswith("# ") or not title:
        report.add(
            name, 1, _("le titre manque"), _("commencer le fichier par « # » suivi du titre")
        )
        return None
    if len(title) > LONGEST_TITLE:
        limit = {"limit": LONGEST_TITLE}
        report.add(
            name,
            1,
            _("le titre est trop long"),
            _("le ramener à %(limit)s caractères au plus") % limit,
        )
        return None
    if not body:
        report.add(name, 2, _("le texte est vide"), _("l’écrire sous le titre"))
        return None
    return title, body


def written(title: str, body: str) -> str:
    return f"# {title}\n\n{body}\n"
