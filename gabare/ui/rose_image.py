"""The rose as a picture, for the cards that other sites draw when somebody shares a page."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import cos, radians, sin

from PIL import Image, ImageDraw

from gabare.ui.rose import OUTLINE, Petal, petal_half

SIZE = (1200, 630)
PAPER, INK = "#fbfaf5", "#10201f"
SCALE = 5.6  # the drawing is 100 wide
FINER = 2  # drawn larger, then reduced: smooth edges
STEPS = 24

Point = tuple[float, float]


def rose_png(petals: Sequence[Petal]) -> bytes:
    width, height = SIZE[0] * FINER, SIZE[1] * FINER
    picture = Image.new("RGB", (width, height), PAPER)
    draw = ImageDraw.Draw(picture)
    scale = SCALE * FINER
    for index, petal in enumerate(petals):
        turned = turn(outline(len(petals)), 360 * index / len(petals))
        points = [(width / 2 + x * scale, height / 2 + y * scale) for x, y in turned]
        if petal.lit:
            draw.polygon(points, fill=petal.colour or INK)
        else:
            draw.line([*points, points[0]], fill=OUTLINE, width=round(1.5 * scale))
    draw.circle((width / 2, height / 2), 4.5 * scale, fill=INK)
    out = BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def outline(count: int) -> list[Point]:
    """The same lens as the SVG's path, as points."""
    half = petal_half(count)
    side = list(curve((0, -9), (-half, -19), (-half, -35), (0, -48)))
    return side + [(-x, y) for x, y in reversed(side)]


def curve(start: Point, one: Point, two: Point, end: Point) -> Iterator[Point]:
    """A cubic Bézier curve."""
    for step in range(STEPS + 1):
        t = step / STEPS
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        points = (start, one, two, end)
        yield (
            sum(w * p[0] for w, p in zip(weights, points, strict=True)),
            sum(w * p[1] for w, p in zip(weights, points, strict=True)),
        )


def turn(points: Sequence[Point], degrees: float) -> list[Point]:
    angle = radians(degrees)
    return [(x * cos(angle) - y * sin(angle), x * sin(angle) + y * cos(angle)) for x, y in points]
