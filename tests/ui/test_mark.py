"""The mark as a file that leaves the site: what it says, and what its pixels show."""

import re
from io import BytesIO

import pytest
from PIL import Image

from gabare.ui import lettering
from gabare.ui.mark import COLOURS, Mark, contrast, lightened, mark_svg, name_lines, size_of
from gabare.ui.mark_image import HEIGHTS, mark_png
from tests.ui.test_rose import FIRST_COMPASS, drawn, petals

SVG = "{http://www.w3.org/2000/svg}"
GROUNDS = ["light", "dark", "print"]
HOSTILE = '"><script>alert(1)</script> & ]]> \x00\x1b #import "x" 🎉 \u202e' + "x" * 10_000


def a_mark(*lit: int, alert: bool = False, **changes) -> Mark:
    words = {"standing": "Initiative labellisée", "name": "Nantes Débat de l’IA",
             "number": "N° 2024-017", "title": "Label 2024-017",
             "description": "Une soirée."}  # fmt: skip
    return Mark(petals=tuple(petals(*lit)), alert=alert, **(words | changes))


def picture(mark: Mark, ground: str) -> Image.Image:
    return Image.open(BytesIO(mark_png(mark, ground))).convert("RGBA")


def at_petal(mark: Mark, ground: str) -> tuple[int, ...]:
    """A point of the first petal, over its number."""
    shown, margin = picture(mark, ground), COLOURS[ground].margin
    unit = shown.height / (100 + 2 * margin)
    return shown.getpixel((round((50 + margin) * unit), round((8 + margin) * unit)))


def channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))


def close(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 3 for a, b in zip(one[:3], other, strict=True))


@pytest.mark.parametrize("ground", GROUNDS)
def test_it_stands_alone(ground):
    """No font, no style, no script, nothing from elsewhere: the same everywhere."""
    svg = mark_svg(a_mark(1, 3), ground)
    assert {node.tag.removeprefix(SVG) for node in drawn(svg).iter()} <= {
        "svg", "title", "desc", "rect", "g", "path", "circle",
    }  # fmt: skip
    assert not re.search(r"href|style|url\(|font|gradient|opacity|on\w+=", svg)


@pytest.mark.parametrize("ground", GROUNDS)
def test_it_has_its_text(ground):
    root = drawn(mark_svg(a_mark(1), ground))
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "t d"
    assert root.find(f"{SVG}title").text == "Label 2024-017"
    assert root.find(f"{SVG}desc").text == "Une soirée."


@pytest.mark.parametrize("ground", GROUNDS)
def test_words_of_people_never_break_it(ground):
    mark = a_mark(1, name=HOSTILE, title=HOSTILE, description=HOSTILE)
    root = drawn(mark_svg(mark, ground))
    assert "<script>alert(1)</script>" in root.find(f"{SVG}title").text
    assert not root.findall(f".//{SVG}script")
    assert mark_png(mark, "light").startswith(b"\x89PNG")


def test_the_print_one_is_measured_in_millimetres_on_its_own_white():
    root = drawn(mark_svg(a_mark(1), "print"))
    assert root.get("width") == "80mm"
    assert root.find(f"{SVG}rect").get("fill") == "#ffffff"


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_lit_petal_is_of_its_colour_and_another_is_not(ground):
    colour = FIRST_COMPASS[0][1]
    expected = lightened(colour) if ground == "dark" else colour
    lit, unlit = at_petal(a_mark(1), ground), at_petal(a_mark(2), ground)
    assert close(lit, channels(expected))
    assert lit[3] == 255
    assert unlit[3] == 0 or unlit[:3] == (255, 255, 255)


@pytest.mark.parametrize("ground", GROUNDS)
def test_one_that_is_worth_nothing_goes_out_and_says_it_in_red(ground):
    out = a_mark(1, alert=True, standing="Label suspendu")
    assert not close(at_petal(out, ground), channels(FIRST_COMPASS[0][1]))
    red = channels(COLOURS[ground].alert)
    assert any(close(seen, red) for _, seen in picture(out, ground).getcolors(1 << 20))
    valid = picture(a_mark(1), ground).getcolors(1 << 20)
    assert not any(seen[:3] == red and seen[3] == 255 for _, seen in valid)


@pytest.mark.parametrize("ground", GROUNDS)
def test_its_png_is_large_enough_for_its_use(ground):
    shown, (width, height) = picture(a_mark(1), ground), size_of(a_mark(1), ground)
    assert shown.height == HEIGHTS[ground]
    assert shown.width == pytest.approx(HEIGHTS[ground] * width / height, abs=2)


@pytest.mark.parametrize(("ground", "clear"), [("light", True), ("dark", True), ("print", False)])
def test_the_ground_shows_through_on_screens(ground, clear):
    assert (picture(a_mark(1), ground).getpixel((1, 1))[3] == 0) == clear


@pytest.mark.parametrize(("ground", "paper"), [("light", "#ffffff"), ("dark", "#10201f")])
def test_what_it_says_reads_on_its_ground(ground, paper):
    for colour in (COLOURS[ground].ink, COLOURS[ground].alert):
        assert contrast(channels(colour), channels(paper)) >= 4.5
    assert contrast(channels(COLOURS[ground].edge), channels(paper)) >= 3
    for _, petal in FIRST_COMPASS:
        shown = lightened(petal) if ground == "dark" else petal
        assert contrast(channels(shown), channels(paper)) >= 3
        assert contrast(channels(shown), channels(COLOURS[ground].on_petal)) >= 3


def test_a_long_name_is_cut_between_words_and_stays_beside_the_rose():
    name = "Assises métropolitaines de l’intelligence artificielle et du numérique responsable"
    lines = name_lines(name)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert size_of(a_mark(1, name=name), "light")[1] == size_of(a_mark(1), "light")[1]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Débat de l’IA", "Débat de l’IA"), ("Łódź", "dz"), ("e\u0301", "é"), ("🎉漢", "")],
)
def test_letters_that_the_font_lacks_lose_their_accent_or_go(text, kept):
    assert lettering.written(text).replace("ó", "") == kept.replace("ó", "")


def test_letters_follow_one_another():
    one, two = lettering.width("a", 10), lettering.width("aa", 10)
    assert two == pytest.approx(2 * one)
    assert lettering.path("", 0, 0, 10) == ""
    assert lettering.path("a", 0, 0, 10).startswith("M")
