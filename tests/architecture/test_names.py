"""Words: no drawers, no unknown shelf, one glossary."""

import ast
import re

from django.apps import apps

from tests.architecture import house

HOUSE = house.ROOT / "docs" / "house.md"
KNOWN = house.SHELVES | {"__init__", "migrations", "management", "templatetags"}


def rooms_with_shelves() -> list[str]:
    return sorted(room for room in house.heights() if (house.GABARE / room / "models.py").exists())


def test_no_module_is_a_drawer():
    drawers = [
        house.name(path)
        for path in house.python_files()
        if house.FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.parts}
    ]
    assert not drawers


def test_modules_beside_the_shelves_say_what_they_are_for():
    """A shelf is known by its name; any other module of a room opens with its purpose."""
    silent = []
    for room in rooms_with_shelves():
        for path in sorted((house.GABARE / room).iterdir()):
            module = path / "__init__.py" if path.is_dir() else path
            if not module.exists() or module.suffix != ".py" or path.stem in KNOWN:
                continue
            if not ast.get_docstring(house.tree(module)):
                silent.append(house.name(module))
    assert not silent


def test_every_model_is_in_the_glossary():
    glossary = HOUSE.read_text(encoding="utf-8").lower()
    words = {
        re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()
        for model in apps.get_models()
        if model.__module__.startswith("gabare.")
    }
    missing = sorted(word for word in words if f"**{word}**" not in glossary)
    assert not missing, "a word of the code absent from docs/house.md"


def test_every_room_is_on_the_map():
    map_of_house = HOUSE.read_text(encoding="utf-8")
    assert not [room for room in house.heights() if f"`{room}`" not in map_of_house]


def test_no_business_in_signals():
    """They would hide a step from who reads the operation."""
    received = [
        house.name(path)
        for path in house.python_files()
        if house.GABARE in path.parents
        and re.search(r"(post|pre)_(save|delete)|m2m_changed", path.read_text(encoding="utf-8"))
    ]
    assert not received
