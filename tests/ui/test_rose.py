import re
from math import pi, tan
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from gabare.ui.rose import Petal, badge_svg, dot_svg, petal_path, rose_svg
from gabare.ui.rose_image import rose_png

FIRST_COMPASS = [
    ("Cybersécurité", "#0f5f8c"),
    ("Cadre juridique", "#5b4a9e"),
    ("Impact usager", "#b0413e"),
    ("Travail", "#b86b00"),
    ("Sobriété", "#3d7a35"),
    ("Transparence", "#00756f"),
    ("Alternative frugale", "#8a3d78"),
]


def petals(*lit: int) -> list[Petal]:
    return [
        Petal(str(i), name, colour, i in lit)
        for i, (name, colour) in enumerate(FIRST_COMPASS, start=1)
    ]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 — our own drawing


def turns(svg: str) -> list[int]:
    found = re.findall(r'<path[^>]*?(?:transform="rotate\((\d+)\)")?/>', svg)
    return [int(angle or 0) for angle in found]


def test_the_small_one_is_under_a_kilobyte_whatever_is_lit():
    sizes = [len(rose_svg(petals(*range(1, n + 1))).encode()) for n in range(8)]
    assert max(sizes) < 1024


def test_its_name_lists_the_lit_criteria_in_order():
    svg = drawn(rose_svg(petals(6, 3)))
    assert svg.get("role") == "img"
    assert svg.get("aria-label") == "Critères éclairés\u00a0: 3 Impact usager, 6 Transparence"


def test_with_nothing_lit_it_says_so():
    assert drawn(rose_svg(petals())).get("aria-label") == "Aucun critère éclairé"


def test_a_decorative_one_is_hidden_from_assistive_tools():
    svg = drawn(rose_svg(petals(1), label=""))
    assert svg.get("aria-hidden") == "true"
    assert svg.get("role") is None


def test_petals_turn_clockwise_from_the_top_in_the_order_given():
    assert turns(rose_svg(petals(*range(1, 8)))) == [0, 51, 103, 154, 206, 257, 309]


def test_lit_petals_take_their_colour_and_others_an_outline():
    svg = rose_svg(petals(3))
    assert svg.count('color="#b0413e"') == 1
    assert "#0f5f8c" not in svg
    assert svg.count("<path") == 7


@pytest.mark.parametrize(("size", "numbers"), [("small", 0), ("medium", 7), ("large", 7)])
def test_numbers_stand_in_the_larger_ones(size, numbers):
    assert rose_svg(petals(2), size=size).count("<text") == numbers


def test_no_inline_style_and_nothing_that_runs():
    svg = rose_svg(petals(1, 2), size="large")
    assert "style=" not in svg
    assert "<use" not in svg


def test_a_name_with_markup_is_only_text():
    svg = rose_svg([Petal("1", '"><script>alert(1)</script>', "#000000", lit=True)])
    assert "<script" not in svg
    assert drawn(svg).get("aria-label").endswith("<script>alert(1)</script>")


@given(st.integers(1, 24), st.data())
def test_any_number_of_petals_draws(count, data):
    lit = data.draw(st.sets(st.integers(0, count - 1)))
    rose = [Petal(str(i + 1), f"Critère {i}", "#123456", i in lit) for i in range(count)]
    for size in ("small", "medium", "large"):
        svg = rose_svg(rose, size=size)
        assert len(drawn(svg).findall(".//path")) == count
        assert svg.count('color="#123456"') == len(lit)
        assert len(set(turns(svg))) == count
        assert ("<text" in svg) == (size != "small")


@pytest.mark.parametrize("count", [3, 5, 7, 9, 12])
def test_neighbouring_petals_never_overlap(count):
    """Half the width of a petal, at its widest, fits in half the angle between two."""
    half = int(re.match(r"M0-9C-(\d+)", petal_path(count)).group(1)) * 0.75
    assert half <= 28 * tan(pi / count)


def test_white_numbers_read_on_every_colour_of_the_first_compass():
    """Large and bold: 3:1 is asked."""
    assert all(contrast(colour, "#ffffff") >= 3 for _, colour in FIRST_COMPASS)


def test_dots_and_badges_are_decorative():
    assert drawn(dot_svg("#b86b00")).get("aria-hidden") == "true"
    badge = drawn(badge_svg(petals(4)[3]))
    assert badge.get("aria-hidden") == "true"
    assert badge.find("text").text == "4"


def test_the_name_follows_the_language_of_the_page():
    with translation.override("en"):
        label = drawn(rose_svg(petals(1))).get("aria-label")
    assert label.endswith("1 Cybersécurité")


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("count", [0, 1, 5, 7, 9])
def test_the_shared_picture_draws_any_number_too(count):
    rose = [Petal(str(i), "", "#123456", lit=bool(i % 2)) for i in range(count)]
    assert rose_png(rose).startswith(b"\x89PNG")
