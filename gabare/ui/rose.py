"""The rose: one petal a criterion, clockwise from the top, lit where something sheds light on it.

One path a petal, turned by `transform`, coloured by attributes: it needs no style sheet, stays
under 1 kB at the small size and draws any number of petals. Colour is never the only sign: numbers
stand inside the larger ones, and the accessible name lists the lit criteria.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

Size = Literal["small", "medium", "large"]
PIXELS: dict[str, int] = {"small": 40, "medium": 160, "large": 272}
OUTLINE = "#8b8877"
NUMBER_AT = -31  # distance of a number from the centre, on a drawing 100 wide


@dataclass(frozen=True)
class Petal:
    """A criterion as the rose sees it. `colour` is `#rrggbb`; "" takes the ink."""

    number: str
    name: str
    colour: str
    lit: bool


def petal_half(count: int) -> int:
    """How far the curve of a petal is pulled sideways: as wide as `count` petals leave room for."""
    return 18 if count < 3 else min(18, round(30 * sin(radians(180 / count))))


def petal_path(count: int) -> str:
    """A lens from radius 9 to 48."""
    half = petal_half(count)
    return f"M0-9C-{half}-19-{half}-35 0-48C{half}-35 {half}-19 0-9Z"


def text_height(count: int) -> int:
    """Numbers shrink once petals are too thin for them."""
    return min(12, round(96 / max(count, 1)))


def lit_names(petals: Iterable[Petal]) -> str:
    """What a screen reader hears instead of the drawing."""
    names = [f"{petal.number} {petal.name}".strip() for petal in petals if petal.lit]
    if not names:
        return gettext("Aucun critère éclairé")
    return gettext("Critères éclairés : %(names)s") % {"names": ", ".join(names)}


def _turn(index: int, count: int) -> str:
    angle = round(360 * index / count)
    return f' transform="rotate({angle})"' if angle else ""


def number_place(index: int, count: int) -> tuple[float, float]:
    """Where a petal's number stands: its middle, and the line that it is written on."""
    angle = radians(360 * index / count)
    return -NUMBER_AT * sin(angle), NUMBER_AT * cos(angle) + text_height(count) * 0.36


def _number(petal: Petal, index: int, count: int) -> str:
    x, y = number_place(index, count)
    kind = "on" if petal.lit else "off"
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}">{escape(petal.number)}</text>'


def bloom(
    petals: Sequence[Petal], *, width: float, paint: str = "color", outline: str = OUTLINE
) -> str:
    """The petals and the heart. `paint` is the attribute that holds a petal's colour: `color`
    leaves the last word to a page's style, `fill` to nobody."""
    count = len(petals)
    path = petal_path(count)
    lit, unlit = [], []
    for index, petal in enumerate(petals):
        turn = _turn(index, count)
        if petal.lit:
            colour = f' {paint}="{escape(petal.colour)}"' if petal.colour else ""
            lit.append(f'<path{colour} d="{path}"{turn}/>')
        else:
            unlit.append(f'<path d="{path}"{turn}/>')
    outlines = (
        f'<g fill="none" stroke="{outline}" stroke-width="{width}">{"".join(unlit)}</g>'
        if unlit
        else ""
    )
    return f'{outlines}{"".join(lit)}<circle r="4.5"/>'


def rose_svg(
    petals: Sequence[Petal], *, size: Size = "small", label: str | None = None
) -> SafeString:
    """`label` None names the lit criteria; "" makes the drawing decorative (its text is beside)."""
    count = len(petals)
    numbers = (
        ""
        if size == "small"
        else "".join(_number(petal, index, count) for index, petal in enumerate(petals))
    )
    name = lit_names(petals) if label is None else label
    role = f'role="img" aria-label="{escape(name)}"' if name else 'aria-hidden="true"'
    pixels = PIXELS[size]
    font = f' font-size="{text_height(count)}"' if numbers else ""
    svg = (
        f'<svg class="rose {size}" {role} width="{pixels}" height="{pixels}"'
        f' viewBox="-50 -50 100 100" fill="currentColor"{font}>'
        f"{bloom(petals, width=2 if size == 'small' else 1.5)}{numbers}</svg>"
    )
    return mark_safe(svg)  # noqa: S308 — every text in it is escaped above


def dot_svg(colour: str) -> SafeString:
    """A criterion's dot beside its name, in facets and lists; decorative."""
    svg = (
        '<svg class="dot" aria-hidden="true" width="12" height="12" viewBox="0 0 12 12">'
        f'<circle color="{escape(colour or "#5d6764")}" fill="currentColor" cx="6" cy="6" r="6"/>'
        "</svg>"
    )
    return mark_safe(svg)  # noqa: S308


def badge_svg(petal: Petal) -> SafeString:
    """A criterion's number on its colour; decorative, its name always stands beside."""
    svg = (
        '<svg class="badge" aria-hidden="true" width="30" height="30" viewBox="0 0 30 30">'
        f'<circle color="{escape(petal.colour or "#5d6764")}" fill="currentColor" cx="15" cy="15" '
        f'r="15"/><text x="15" y="20.5">{escape(petal.number)}</text></svg>'
    )
    return mark_safe(svg)  # noqa: S308
