"""The press: typst, asked for a PDF or a picture. What people wrote is data to it, never source.

Letters are those of the fonts that typst carries, then those of the machine for the signs that
these lack. A sign that no font draws becomes an empty square, rather than a file that claims to be
accessible and is not.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import typst

MISSING = "□"
PICTURE = b"""
#set page(width: auto, height: auto, margin: 0pt, fill: none)
#image(bytes(sys.inputs.drawing), format: "svg", height: float(sys.inputs.height) * 1pt)
"""
PROBE = b"""
#set document(title: "x")
#set text(font: "Libertinus Serif")
#sys.inputs.sign
"""
POINTS = 72  # an inch


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def picture_of(svg: str, *, height: int) -> bytes:
    """The drawing as a PNG, `height` pixels tall, clear where nothing is drawn."""
    inputs = {"drawing": svg, "height": str(height)}
    made = typst.compile(PICTURE, font_paths=_fonts(), format="png", ppi=POINTS, sys_inputs=inputs)
    return cast("bytes", made)


def accessible_pdf(
    source: bytes, data: Mapping[str, Any], *, at: int, root: Path | None = None
) -> bytes:
    """PDF/UA-1 (ISO 14289-1). `source` reads `data` as JSON in `sys.inputs.data`, and files under
    `root`; `at`, in seconds, dates the file, so that the same data make the same bytes.

    A writing that cannot be set as the standard asks is printed all the same: that file is tagged
    and does not claim the standard.
    """
    text = json.dumps(data, ensure_ascii=False)
    standard: list[str] = ["ua-1"]
    for attempt in ("as it is", "without what cannot be drawn"):
        try:
            return _pdf(source, text, standard, at=at, root=root)
        except typst.TypstError as error:
            if "PDF/UA-1" not in error.message:
                raise
            if attempt == "as it is":
                text = "".join(sign if sign.isascii() or _drawn(sign) else MISSING for sign in text)
    return _pdf(source, text, [], at=at, root=root)


def _pdf(source: bytes, data: str, standards: list[Any], *, at: int, root: Path | None) -> bytes:
    made = typst.compile(
        source, root=root, font_paths=_fonts(), format="pdf", timestamp=at,
        pdf_standards=standards, sys_inputs={"data": data},
    )  # fmt: skip
    return cast("bytes", made)


@lru_cache(maxsize=4096)
def _drawn(sign: str) -> bool:
    """Some font has it."""
    inputs = {"sign": sign}
    try:
        typst.compile(PROBE, font_paths=_fonts(), pdf_standards=["ua-1"], sys_inputs=inputs)
    except typst.TypstError:
        return False
    return True
