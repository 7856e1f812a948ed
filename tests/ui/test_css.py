"""The style sheet: its budget, its layers, the contrast of its colours in both schemes."""

import re

import brotli
import pytest
from django.conf import settings

from tests.ui.test_rose import contrast

FOLDER = settings.BASE_DIR / "gabare" / "ui" / "static" / "ui"
CSS = (FOLDER / "gabare.css").read_text(encoding="utf-8")
DESK = (FOLDER / "desk.css").read_text(encoding="utf-8")
PAIRS = dict(re.findall(r"--([\w-]+): light-dark\(([^)]+)\)", CSS))


def colour(name: str, scheme: str) -> str:
    light, dark = (part.strip() for part in PAIRS[name].split(","))
    chosen = light if scheme == "light" else dark
    return chosen if len(chosen) == 7 else "#" + "".join(sign * 2 for sign in chosen[1:])


def test_it_weighs_little():
    assert len(brotli.compress(CSS.encode(), quality=11)) < 7_000
    assert len(brotli.compress(DESK.encode(), quality=11)) < 2_000


def test_every_rule_is_in_a_layer():
    assert CSS.index("@layer reset, tokens, base, layout, components, utilities;") < 400
    assert DESK.lstrip().split("*/")[1].lstrip().startswith("@layer components")


@pytest.mark.parametrize("css", [CSS, DESK])
def test_braces_match(css):
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [
        ("ink", "paper", 7), ("ink", "sand", 7), ("ink", "raised", 7),
        ("muted", "paper", 4.5), ("muted", "sand", 4.5), ("muted", "raised", 4.5),
        ("estuary", "paper", 4.5), ("estuary", "sand", 4.5), ("estuary", "raised", 4.5),
        ("buoy", "paper", 4.5), ("buoy", "raised", 4.5), ("buoy", "buoy-soft", 4.5),
        ("granted", "paper", 4.5), ("on-estuary", "estuary", 4.5),
        ("on-estuary", "estuary-deep", 4.5), ("edge", "paper", 3), ("edge", "raised", 3),
    ],
)  # fmt: skip
def test_colours_read_in_both_schemes(scheme, text, ground, least):
    assert contrast(colour(text, scheme), colour(ground, scheme)) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_ink_reads_on_lichen(scheme):
    assert contrast("#10201f", colour("lichen", scheme)) >= 7


def test_focus_is_never_taken_away():
    """An outline set to nothing is only for what shows its focus another way."""
    assert ":focus-visible { outline: 3px solid" in CSS
    hidden = re.findall(r"([^{}]+)\{\s*outline: 0;?\s*\}", CSS)
    assert [rule.strip() for rule in hidden] == [
        'main:focus, [tabindex="-1"]:focus:not(:focus-visible)'
    ]


def test_motion_is_only_for_who_wants_it():
    before, _, after = CSS.partition("@media (prefers-reduced-motion: no-preference)")
    assert "transition" not in before
    assert "animation" not in CSS
    assert "transition" in after


def test_the_font_is_light_and_carries_its_licence():
    assert (FOLDER / "fonts" / "bricolage-grotesque.woff2").stat().st_size <= 25 * 1024
    assert "SIL Open Font License" in (FOLDER / "fonts" / "OFL.txt").read_text()


def test_the_font_has_french_and_its_weights():
    from fontTools.ttLib import TTFont  # noqa: PLC0415 — slow to import, used once

    font = TTFont(FOLDER / "fonts" / "bricolage-grotesque.woff2")
    known = font.getBestCmap()
    needed = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜàâæçéèêëîïôœùûüÿ«»’“”–—…€°·\u00a0\u202f0123456789?!;:"
    assert not [sign for sign in needed if ord(sign) not in known]
    (weight,) = font["fvar"].axes
    assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", 400, 800)
