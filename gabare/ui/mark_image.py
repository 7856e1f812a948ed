"""The mark as a PNG, for what takes no SVG: the same drawing, at a size for its use."""

from functools import lru_cache

from gabare.ui.mark import Ground, Mark, mark_svg
from gabare.ui.printing import picture_of

HEIGHTS: dict[Ground, int] = {"light": 400, "dark": 400, "print": 800}  # pixels


@lru_cache(maxsize=64)
def mark_png(mark: Mark, ground: Ground = "light") -> bytes:
    return picture_of(mark_svg(mark, ground), height=HEIGHTS[ground])
