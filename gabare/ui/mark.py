"""The mark of a label: its rose, what it says of itself, its name and its number.

A file that leaves the site and is shown anywhere: no style sheet, no font, nothing from elsewhere,
flat colours. One drawing, three grounds: light and dark for screens, `print` on its own white, in
black and dark colours that inks can hold.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from django.utils.html import escape

from gabare.ui import lettering
from gabare.ui.rose import OUTLINE, Petal, bloom, number_place, text_height
from gabare.ui.typography import printable

Ground = Literal["light", "dark", "print"]


@dataclass(frozen=True)
class Colours:
    ink: str
    edge: str
    alert: str
    on_petal: str
    ground: str  # "" lets what is behind show
    margin: int  # the quiet around, in units of a rose 100 wide


COLOURS: dict[Ground, Colours] = {
    "light": Colours("#10201f", OUTLINE, "#b5341d", "#ffffff", "", 4),
    "dark": Colours("#eef0e6", "#82908b", "#ff9d87", "#10201f", "", 4),
    "print": Colours("#000000", OUTLINE, "#b5341d", "#ffffff", "#ffffff", 12),
}
DARK_PAPER = "#10201f"
READABLE = 4.5  # the contrast asked of a petal on dark paper
ROSE = 100
TEXT_AT = 112
WIDEST = 250  # of a line of the name
MOST_LINES, MOST_SIGNS = 3, 60
STANDING, NAME, NUMBER = 13, 23, 16  # heights of the letters
LEADING = 1.22
PRINTED_WIDTH = 80  # millimetres


@dataclass(frozen=True)
class Mark:
    """What a mark says. Frozen and hashable: what was drawn once is kept by it."""

    petals: tuple[Petal, ...]
    standing: str
    name: str
    number: str
    title: str
    description: str
    alert: bool = False  # it is worth nothing now: said in red, and the rose goes out

    @cached_property
    def shown_petals(self) -> tuple[Petal, ...]:
        if not self.alert:
            return self.petals
        return tuple(Petal(p.number, p.name, p.colour, lit=False) for p in self.petals)


@dataclass(frozen=True)
class Line:
    text: str
    y: float
    size: float
    weight: int
    colour: str


def petals_on(mark: Mark, ground: Ground) -> list[Petal]:
    """On dark paper, petals are lightened until they read."""
    if ground != "dark":
        return list(mark.shown_petals)
    return [
        Petal(p.number, p.name, lightened(p.colour) if p.colour else "", p.lit)
        for p in mark.shown_petals
    ]


def lines_of(mark: Mark, ground: Ground) -> list[Line]:
    """The words, one under the other, centred on the rose."""
    colours = COLOURS[ground]
    told = colours.alert if mark.alert else colours.ink
    rows = [(mark.standing, STANDING, 600, told)]
    rows += [(line, NAME, 800, colours.ink) for line in name_lines(mark.name)]
    rows += [(mark.number, NUMBER, 600, colours.ink)]
    tall = sum(size for _, size, _, _ in rows) * LEADING
    fit = min(1, ROSE / tall)  # a long name takes smaller letters: never more room than the rose
    y = (ROSE - tall * fit) / 2
    lines = []
    for text, size, weight, colour in rows:
        lines.append(Line(text, y + size * fit * 0.92, size * fit, weight, colour))
        y += size * fit * LEADING
    return lines


def name_lines(name: str) -> list[str]:
    """Cut between words where it is long; what remains after the last line is cut short."""
    lines: list[str] = []
    for word in name.split()[:MOST_SIGNS]:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and lettering.width(longer, NAME, 800) <= WIDEST:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [_shortened(line) for line in lines[:MOST_LINES]]
    if len(lines) > MOST_LINES:
        kept[-1] = _shortened(f"{kept[-1]}…")
    return kept


def _shortened(line: str) -> str:
    if len(line) <= MOST_SIGNS and lettering.width(line, NAME, 800) <= WIDEST:
        return line
    line = line[:MOST_SIGNS]
    while line and lettering.width(f"{line}…", NAME, 800) > WIDEST:
        line = line[:-1]
    return f"{line}…"


def size_of(mark: Mark, ground: Ground) -> tuple[float, float]:
    """Width and height, in units of a rose 100 wide."""
    text = max(
        lettering.width(line.text, line.size, line.weight) for line in lines_of(mark, ground)
    )
    margin = 2 * COLOURS[ground].margin
    return round(TEXT_AT + text + margin, 1), ROSE + margin


def numbers_of(mark: Mark, ground: Ground) -> list[Line]:
    """The numbers inside the petals, in their order; `number_start` says where each begins."""
    count, colours = len(mark.petals), COLOURS[ground]
    return [
        Line(p.number, 0, text_height(count), 700, colours.on_petal if p.lit else colours.ink)
        for p in mark.shown_petals
    ]


def number_start(line: Line, index: int, count: int) -> tuple[float, float]:
    """Where the number is written from, on a rose whose middle is 50, 50."""
    x, y = number_place(index, count)
    half = lettering.width(line.text, line.size, line.weight) / 2
    return ROSE / 2 + x - half, ROSE / 2 + y


def mark_svg(mark: Mark, ground: Ground = "light") -> str:
    colours, (width, height) = COLOURS[ground], size_of(mark, ground)
    unit = "mm" if ground == "print" else ""
    shown = PRINTED_WIDTH if ground == "print" else round(width)
    tall = round(shown * height / width, 1)
    back = (
        f'<rect width="{width}" height="{height}" fill="{colours.ground}"/>'
        if colours.ground
        else ""
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d"'
        f' width="{shown}{unit}" height="{tall}{unit}" viewBox="0 0 {width} {height}">'
        f'<title id="t">{escape(printable(mark.title))}</title>'
        f'<desc id="d">{escape(printable(mark.description))}</desc>'
        f'{back}<g transform="translate({colours.margin} {colours.margin})">'
        f'<g transform="translate(50 50)" fill="{colours.ink}">'
        f"{bloom(petals_on(mark, ground), width=1.5, paint='fill', outline=colours.edge)}</g>"
        f"{_words(mark, ground)}</g></svg>"
    )


def _words(mark: Mark, ground: Ground) -> str:
    count = len(mark.petals)
    parts = [(line, TEXT_AT, line.y) for line in lines_of(mark, ground)]
    for index, line in enumerate(numbers_of(mark, ground)):
        parts.append((line, *number_start(line, index, count)))
    drawn = [
        (line, lettering.path(line.text, x, y, line.size, line.weight)) for line, x, y in parts
    ]
    return "".join(f'<path fill="{line.colour}" d="{d}"/>' for line, d in drawn if d)


def lightened(colour: str) -> str:
    """The colour with as much white as it takes to read on dark paper."""
    parts = _channels(colour)
    for white in range(0, 100, 5):
        mixed = [round(part + (255 - part) * white / 100) for part in parts]
        if contrast(mixed, _channels(DARK_PAPER)) >= READABLE:
            return "#" + "".join(f"{part:02x}" for part in mixed)
    return "#ffffff"


def _channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def contrast(one: Sequence[int], other: Sequence[int]) -> float:
    """WCAG 2: from 1, the same, to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: Sequence[int]) -> float:
    shares = [channel / 255 for channel in channels]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
