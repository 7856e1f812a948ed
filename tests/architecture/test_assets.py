"""What a page carries, weighed as it travels: compressed by brotli."""

import brotli

from tests.architecture import house

SCRIPTS = [p for p in house.files(".js", under=house.GABARE) if "static" in p.parts]
STYLES = [p for p in house.files(".css", under=house.GABARE) if "static" in p.parts]
# Pages for everyone; the desk's own keys and the passkey page are for few people, already in.
NOT_PUBLIC = {"desk", "setup"}


def weight(path) -> int:
    return len(brotli.compress(path.read_bytes(), quality=11))


def test_each_module_is_small():
    assert not [house.name(path) for path in SCRIPTS if weight(path) > 2048]


def test_public_scripts_together_are_small():
    public = [p for p in SCRIPTS if not NOT_PUBLIC & set(p.parts)]
    assert sum(map(weight, public)) <= 4096


def test_the_style_leaves_room_for_the_page_in_the_first_round_trip():
    """14,600 bytes hold the style and the heaviest page; the browser tests weigh each pair."""
    public = [p for p in STYLES if not NOT_PUBLIC & set(p.parts) and p.stem not in NOT_PUBLIC]
    assert len(public) == 1, "one hand-written file"
    assert sum(map(weight, public)) <= 8_600
    assert sum(map(weight, STYLES)) <= 12_000


def test_fonts_are_few():
    fonts = list(house.files(".woff2", ".woff", ".ttf", under=house.GABARE))
    assert sum(path.stat().st_size for path in fonts) <= 25_000
    assert all(path.suffix == ".woff2" for path in fonts)
