"""The city's logo, a file of the installation (GABARE_LOGO): in the attestation and in the kit."""

from base64 import b64encode
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from typst import TypstError

from gabare.ui.printing import accessible_pdf

TYPES = {".svg": "image/svg+xml", ".png": "image/png"}
BIGGEST = 300 * 1024
TRIAL = b"""
#set document(title: "logo")
#image("/" + json(bytes(sys.inputs.data)).name, alt: "logo")
"""


def logo() -> Path | None:
    """The file, if it can be printed; `gabare doctor` says why it cannot."""
    path: Path | None = settings.LOGO
    return None if path is None or logo_problem(path) else path


def logo_problem(path: Path) -> str:
    """What is wrong with it, in French, or ""."""
    if not path.is_file():
        return f"{path} n’existe pas"
    if path.suffix.lower() not in TYPES:
        return f"{path} n’est ni un SVG ni un PNG"
    about = path.stat()
    if about.st_size > BIGGEST:
        return f"{path} pèse {about.st_size // 1024} ko : {BIGGEST // 1024} ko au plus"
    return _trial(path, about.st_mtime_ns)


@lru_cache(maxsize=8)
def _trial(path: Path, _changed: int) -> str:
    """Printed once each time the file changes."""
    try:
        accessible_pdf(TRIAL, {"name": path.name}, at=0, root=path.parent)
    except TypstError as error:
        return f"{path} ne s’imprime pas ({error.message})"
    return ""


def logo_address() -> str:
    """The logo itself, as an address that a page can show: "" without one."""
    path = logo()
    if path is None:
        return ""
    return f"data:{TYPES[path.suffix.lower()]};base64,{b64encode(path.read_bytes()).decode()}"
