"""Extracts the French messages of the code, keeps their English, compiles: `make messages`.

The same extraction as Django's `makemessages`, run on a copy: the guard compares without writing,
and the catalogue, sorted and without line numbers, changes only when a message does.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import django
import polib
from django.core.management import call_command
from django.core.management.commands.makemessages import Command

ROOT = Path(__file__).resolve().parent.parent
PO = ROOT / "gabare/locale/en/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
FRENCH = ROOT / "gabare/locale/fr/LC_MESSAGES/django.po"
HEADER = {
    "Project-Id-Version": "Gabare",
    "Language": "en",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


class Extraction(Command):
    settings_available = False  # else it would write where the settings say


def extract() -> polib.POFile:
    """What the code says today, untranslated."""
    ignored = shutil.ignore_patterns("locale", "__pycache__", "migrations", "static")
    with tempfile.TemporaryDirectory() as folder:
        for part in ["gabare", "config"]:
            shutil.copytree(ROOT / part, Path(folder, part), ignore=ignored)
        for source in Path(folder).rglob("*.py"):
            # xgettext does not read these escapes: the message would not be found again.
            text = source.read_text(encoding="utf-8")
            source.write_text(text.replace(r"\u00a0", "\u00a0").replace(r"\u202f", "\u202f"))
        Path(folder, "locale").mkdir()
        with contextlib.chdir(folder):
            call_command(
                Extraction(), locale=["en"], extensions=["py", "html", "txt", "xml"], verbosity=0
            )
            return polib.pofile("locale/en/LC_MESSAGES/django.po")


def merge() -> polib.POFile:
    """The catalogue of today's messages with the English that is already there."""
    known = {(e.msgctxt, e.msgid): e for e in polib.pofile(str(PO))} if PO.exists() else {}
    catalogue = polib.POFile(wrapwidth=98)
    catalogue.metadata = HEADER
    for entry in sorted(extract(), key=lambda e: (e.msgid, e.msgctxt or "")):
        old = known.get((entry.msgctxt, entry.msgid))
        entry.occurrences = [(file, "") for file in sorted({file for file, _ in entry.occurrences})]
        entry.comment = entry.previous_msgid = None
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        if old and bool(old.msgid_plural) == bool(entry.msgid_plural):
            entry.msgstr, entry.msgstr_plural = old.msgstr, old.msgstr_plural
        catalogue.append(entry)
    return catalogue


def plurals(catalogue: polib.POFile) -> polib.POFile:
    """French, for its plurals alone: « 0 initiative », where the rule would be English."""
    french = polib.POFile(wrapwidth=98)
    french.metadata = HEADER | {"Language": "fr", "Plural-Forms": "nplurals=2; plural=(n > 1);"}
    for entry in catalogue:
        if entry.msgid_plural:
            forms = {0: entry.msgid, 1: entry.msgid_plural}
            french.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgid_plural=entry.msgid_plural,
                    msgctxt=entry.msgctxt,
                    msgstr_plural=forms,
                    flags=entry.flags,
                    occurrences=entry.occurrences,
                )
            )
    return french


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    catalogue = merge()
    for path, whole in [(PO, catalogue), (FRENCH, plurals(catalogue))]:
        path.parent.mkdir(parents=True, exist_ok=True)
        whole.save(str(path))
        whole.save_as_mofile(str(path.with_suffix(".mo")))
    left = catalogue.untranslated_entries()
    for entry in left:
        print("à traduire :", entry.msgid)
    print(f"{len(catalogue)} messages, {len(left)} à traduire")


if __name__ == "__main__":
    main()
