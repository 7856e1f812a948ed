"""Files received from anyone: allowed by extension *and* by content, rebuilt where they can hide.

An image is re-encoded (no EXIF, no place, nothing after its end), an office file is looked into
(`foundation.archives`). Everything else is refused with a sentence that says what to do.
"""

import hashlib
import re
import struct
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import magic
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageOps

from gabare.foundation.archives import check_office_file
from gabare.foundation.refusals import FileRefused

__all__ = ["ALLOWED", "MAX_BYTES", "CheckedFile", "FileRefused", "check_upload", "clean_name"]

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 50_000_000
NAME_MAX = 120

# What Pillow raises on pictures that break off, or whose labels (EXIF) make no sense.
DAMAGED = (
    *(OSError, ValueError, SyntaxError, TypeError, LookupError, AttributeError, EOFError),
    *(struct.error, Image.DecompressionBombError),
)

_ZIP = frozenset({"application/zip", "application/octet-stream"})
_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"


@dataclass(frozen=True)
class Format:
    """What is served for an extension, and what its content may look like."""

    media_type: str
    sniffed: frozenset[str]
    image: str = ""
    office: bool = False


def _office(media_type: str) -> Format:
    return Format(media_type, _ZIP | {media_type}, office=True)


def _picture(name: str) -> Format:
    return Format(f"image/{name}", frozenset({f"image/{name}"}), image=name.upper())


_TEXT = frozenset({"text/plain", "text/csv", "application/csv", "text/x-affix"})
ALLOWED: dict[str, Format] = {
    "pdf": Format("application/pdf", frozenset({"application/pdf"})),
    "docx": _office(f"{_OOXML}.wordprocessingml.document"),
    "xlsx": _office(f"{_OOXML}.spreadsheetml.sheet"),
    "pptx": _office(f"{_OOXML}.presentationml.presentation"),
    "odt": _office(f"{_ODF}.text"),
    "ods": _office(f"{_ODF}.spreadsheet"),
    "odp": _office(f"{_ODF}.presentation"),
    "jpg": _picture("jpeg"),
    "jpeg": _picture("jpeg"),
    "png": _picture("png"),
    "webp": _picture("webp"),
    "txt": Format("text/plain", _TEXT),
    "csv": Format("text/csv", _TEXT),
}

# Refused by name, because a person can do something about it.
_REMEDIES = {
    frozenset({"html", "htm", "xhtml", "svg", "xml", "js"}): gettext_lazy(
        "Les pages web et les dessins SVG peuvent contenir un programme. "
        "Joignez plutôt un PDF ou une image PNG."
    ),
    frozenset({"zip", "7z", "rar", "gz", "tar", "tgz"}): gettext_lazy(
        "Les archives ne sont pas acceptées. Joignez les fichiers un par un."
    ),
    frozenset({"doc", "xls", "ppt", "rtf", "pages", "key", "numbers"}): gettext_lazy(
        "Ce format ancien ou propriétaire n’est pas accepté. Enregistrez le document en PDF."
    ),
    frozenset({"docm", "xlsm", "pptm", "dotm", "xlsb"}): gettext_lazy(
        "Les documents à macros ne sont pas acceptés. Enregistrez-le sans macros, ou en PDF."
    ),
    frozenset({"heic", "heif", "tif", "tiff", "gif", "bmp", "psd", "avif"}): gettext_lazy(
        "Ce format d’image n’est pas accepté. Enregistrez l’image en JPEG ou en PNG."
    ),
}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be stored: its content is not always the one that was sent."""

    content: bytes
    name: str
    media_type: str
    size: int
    sha256: str


def check_upload(upload: UploadedFile, *, allowed: Collection[str] = ALLOWED.keys()) -> CheckedFile:
    """The file, safe to store, or `FileRefused`. `allowed` narrows the extensions."""
    name = clean_name(upload.name or "")
    extension = PurePosixPath(name).suffix.removeprefix(".").lower()
    found = _allowed_format(name, extension, allowed)
    if (upload.size or 0) > MAX_BYTES:
        raise FileRefused(
            _(
                "Le fichier « %(name)s » pèse plus de 20 Mo. "
                "Réduisez-le, ou déposez-le ailleurs et donnez son lien."
            )
            % {"name": name}
        )
    upload.seek(0)
    content = upload.read(MAX_BYTES + 1)
    if not content:
        raise FileRefused(
            _("Le fichier « %(name)s » est vide. Vérifiez-le et joignez-le de nouveau.")
            % {"name": name}
        )
    _check_content(name, extension, found, content)
    if found.image:
        content = _reencoded(name, found.image, content)
    elif found.office:
        check_office_file(name, extension, found.media_type, content)
    digest = hashlib.sha256(content).hexdigest()
    return CheckedFile(content, name, found.media_type, len(content), digest)


def _allowed_format(name: str, extension: str, allowed: Collection[str]) -> Format:
    if extension in ALLOWED and extension in allowed:
        return ALLOWED[extension]
    for extensions, remedy in _REMEDIES.items():
        if extension in extensions:
            raise FileRefused(
                _("Le fichier « %(name)s » n’a pas été joint.") % {"name": name} + " " + str(remedy)
            )
    formats = ", ".join(sorted(each.upper() for each in allowed if each != "jpeg"))
    raise FileRefused(
        _("Le fichier « %(name)s » n’a pas été joint. Formats acceptés : %(formats)s.")
        % {"name": name, "formats": formats}
    )


def _check_content(name: str, extension: str, found: Format, content: bytes) -> None:
    """The content must be what the name says: nobody should open a surprise."""
    sniffed = magic.from_buffer(content, mime=True)
    right = sniffed in found.sniffed
    if found.sniffed is _TEXT:
        # Prose may look like a program to libmagic; markup and binary content may not.
        right = sniffed.startswith("text/") and sniffed not in {"text/html", "text/xml"}
        right = (right or sniffed in _TEXT) and b"\0" not in content
    if not right:
        raise FileRefused(
            _(
                "Le fichier « %(name)s » porte l’extension %(extension)s, mais son contenu est "
                "d’un autre type (%(sniffed)s). Enregistrez-le de nouveau dans le bon format."
            )
            % {"name": name, "extension": extension.upper(), "sniffed": sniffed}
        )


def _reencoded(name: str, encoding: str, content: bytes) -> bytes:
    """The same picture drawn anew: pixels and colour profile only, upright, one frame."""
    try:
        with Image.open(BytesIO(content), formats=[encoding]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise FileRefused(
                    _(
                        "L’image « %(name)s » est trop grande (plus de 50 millions de points). "
                        "Réduisez-la et joignez-la de nouveau."
                    )
                    % {"name": name}
                )
            profile = image.info.get("icc_profile")
            upright = ImageOps.exif_transpose(image)
            modes = ("L", "RGB") if encoding == "JPEG" else ("L", "RGB", "RGBA")
            if upright.mode not in modes:
                has_alpha = encoding != "JPEG" and upright.has_transparency_data
                upright = upright.convert("RGBA" if has_alpha else "RGB")
                profile = profile if image.mode in ("P", "PA", "RGBA", "LA") else None
    except FileRefused:
        raise
    except DAMAGED:
        raise FileRefused(
            _("L’image « %(name)s » est abîmée. Ouvrez-la, enregistrez-la, et joignez-la.")
            % {"name": name}
        ) from None
    upright.info.clear()
    drawn = BytesIO()
    options = {"quality": 90} if encoding in ("JPEG", "WEBP") else {"optimize": False}
    upright.save(drawn, encoding, icc_profile=profile, **options)
    return drawn.getvalue()


def clean_name(name: str) -> str:
    """The last part of the name, without what a file system, a header or an eye mistakes."""
    text = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    text = "".join(" " if unicodedata.category(each)[0] == "C" else each for each in text)
    text = re.sub(r'[<>:"|?*%]', " ", text)
    text = re.sub(r"\s+", " ", text).strip(" .")
    stem, dot, extension = text.rpartition(".")
    if not dot:
        return text[:NAME_MAX] or "fichier"
    return f"{stem.strip()[: NAME_MAX - len(extension) - 1] or 'fichier'}.{extension[:NAME_MAX]}"
