"""What is inside an office file: a zip archive, hence the tricks of archives.

Refused: bombs (ratio, total, number), other archives, macros, programs, passwords, and a content
that is not the kind of document its name says. One level of embedded documents is looked into:
a chart in a presentation carries its little spreadsheet.
"""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from gabare.foundation.refusals import FileRefused

MAX_RATIO = 100
MAX_TOTAL = 100 * 1024 * 1024
MAX_ENTRIES = 5000
SMALL = 100 * 1024  # a short file of repeated blanks may pass the ratio without being a bomb
# What office programs write. The others come back whole from the decompressor: no bound holds them.
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})

HEARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
    "odt": "content.xml",
    "ods": "content.xml",
    "odp": "content.xml",
}
_MACROS = re.compile(r"(^|/)(vbaProject\.bin|vbaData\.xml|activeX/|macrosheets/|Basic/|Scripts/)")
_PROGRAMS = re.compile(r"\.(exe|dll|com|bat|cmd|ps1|vbs|vbe|js|jse|wsf|scr|jar|msi|lnk|hta)$", re.I)
_ARCHIVES = re.compile(r"\.(zip|7z|rar|gz|bz2|xz|tar|tgz|cab|iso|jar)$", re.I)


def check_office_file(name: str, extension: str, media_type: str, content: bytes) -> None:
    """Nothing when the document is what it says; else `FileRefused`."""
    _look_into(name, extension, media_type, content, depth=0)


def _look_into(name: str, extension: str, media_type: str, content: bytes, *, depth: int) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_sizes(name, archive, len(content))
            _check_identity(name, extension, media_type, archive)
            for entry in archive.infolist():
                _check_entry(name, archive, entry, depth)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError):
        raise _refused(
            _("Le fichier « %(name)s » est abîmé. Ouvrez-le, enregistrez-le, et joignez-le."), name
        ) from None


def _refused(sentence: str, name: str) -> FileRefused:
    return FileRefused(sentence % {"name": name})


def _check_sizes(name: str, archive: zipfile.ZipFile, size: int) -> None:
    """Sizes as declared. A lie gains nothing: `_read` goes no further, against the checksum."""
    entries = archive.infolist()
    total = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        for entry in entries
    )
    too_much = total > MAX_TOTAL or len(entries) > MAX_ENTRIES
    if too_much or swollen or (total > SMALL and total > MAX_RATIO * size):
        raise _refused(
            _(
                "Le fichier « %(name)s » gonfle de façon anormale quand on l’ouvre : "
                "il n’a pas été joint. Enregistrez-le en PDF."
            ),
            name,
        )
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise _refused(
            _("Le fichier « %(name)s » est protégé par un mot de passe. Retirez-le d’abord."), name
        )


def _check_identity(name: str, extension: str, media_type: str, archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if extension.startswith("od"):
        declared = _read(archive, "mimetype") if "mimetype" in names else b""
        right = declared.strip() == media_type.encode()
    else:
        types = _read(archive, "[Content_Types].xml") if "[Content_Types].xml" in names else b""
        right = bool(types)
        if b"macroEnabled" in types:
            raise _macros(name)
    if not right or HEARTS[extension] not in names:
        raise _refused(
            _(
                "Le contenu du fichier « %(name)s » n’est pas celui d’un document de ce type. "
                "Enregistrez-le de nouveau, ou joignez un PDF."
            ),
            name,
        )


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo | str) -> bytes:
    """The entry, never more of it than it declares.

    Not `archive.read`: it inflates up to 2 GB in memory before looking at the declared size.
    """
    declared = archive.getinfo(entry) if isinstance(entry, str) else entry
    if declared.compress_type not in METHODS:
        raise zipfile.BadZipFile(declared.filename)
    with archive.open(declared) as stream:
        return stream.read(declared.file_size + 1)


def _macros(name: str) -> FileRefused:
    return _refused(
        _(
            "Le fichier « %(name)s » contient des macros ou un programme. "
            "Enregistrez-le sans macros, ou en PDF."
        ),
        name,
    )


def _check_entry(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int) -> None:
    path = entry.filename
    if path.startswith(("/", "\\")) or ".." in PurePosixPath(path.replace("\\", "/")).parts:
        raise zipfile.BadZipFile(path)
    content = _read(archive, entry)
    if _MACROS.search(path) or _PROGRAMS.search(path) or content[:2] == b"MZ":
        raise _macros(name)
    if not content.startswith(b"PK\x03\x04") and not _ARCHIVES.search(path):
        return
    extension = PurePosixPath(path).suffix.removeprefix(".").lower()
    if depth or extension not in HEARTS or extension.startswith("od"):
        raise _refused(
            _(
                "Le fichier « %(name)s » en contient d’autres, que nous ne pouvons pas vérifier. "
                "Enregistrez-le en PDF."
            ),
            name,
        )
    _look_into(name, extension, "", content, depth=1)
