"""Words as outlines, in the site's own font: a picture with them looks the same everywhere.

A drawing that asks for a font shows whatever the reader's machine has; outlines need none. Signs
that the font lacks are written without their accent, or left out: whoever cannot see the drawing
is given the whole text beside it.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any
from unicodedata import normalize

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

FONT = Path(__file__).parent / "static" / "ui" / "fonts" / "bricolage-grotesque.woff2"

Commands = tuple[tuple[str, tuple[Any, ...]], ...]
_lock = Lock()  # the font is read as it is asked for


@lru_cache(maxsize=1)
def _font() -> TTFont:
    return TTFont(FONT)


@lru_cache(maxsize=4)
def _glyphs(weight: int) -> Any:
    return _font().getGlyphSet(location={"wght": weight})


@lru_cache(maxsize=1024)
def _letter(sign: str, weight: int) -> tuple[float, Commands]:
    """Its advance and its outline, in units of the font."""
    with _lock:
        name = _font().getBestCmap()[ord(sign)]
        pen = DecomposingRecordingPen(_glyphs(weight))
        _glyphs(weight)[name].draw(pen)
        return _glyphs(weight)[name].width, tuple(pen.value)


def written(text: str) -> str:
    """The text with the signs that the font has."""
    known = _font().getBestCmap()
    signs = []
    for sign in normalize("NFC", text):
        simpler = normalize("NFKD", sign)
        signs += [sign] if ord(sign) in known else [s for s in simpler if ord(s) in known]
    return "".join(signs)


def _placed(
    text: str, x: float, y: float, size: float, weight: int
) -> Iterator[tuple[Commands, tuple[float, ...]]]:
    """Each letter's outline, and how it is scaled and moved to its place on the line `y`."""
    scale = size / _font()["head"].unitsPerEm
    for sign in written(text):
        advance, commands = _letter(sign, weight)
        yield commands, (scale, 0, 0, -scale, x, y)
        x += advance * scale


def width(text: str, size: float, weight: int = 700) -> float:
    return sum(_letter(s, weight)[0] for s in written(text)) * size / _font()["head"].unitsPerEm


def path(text: str, x: float, y: float, size: float, weight: int = 700) -> str:
    """The `d` of an SVG path that draws the text from `x`, standing on `y`."""
    pen = SVGPathPen(None, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
    for commands, place in _placed(text, x, y, size, weight):
        _replay(commands, TransformPen(pen, place))
    return str(pen.getCommands())


def _replay(commands: Commands, pen: Any) -> None:
    for name, points in commands:
        getattr(pen, name)(*points)
