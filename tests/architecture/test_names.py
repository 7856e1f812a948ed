"""Words: no drawers, no unknown shelf, one glossary."""

import ast
import re

from tests.architecture import house

HOUSE = house.ROOT / "docs" / "house.md"
AUDIENCES = {"web"}  # pages are cut by subject, not by shelf


def rooms_with_shelves() -> list[str]:
    return sorted(room for room in house.heights() if (house.GABARE / room / "models.py").exists())


def test_no_module_is_a_drawer():
    drawers = [
        house.name(path)
        for path in house.python_files()
        if house.FORBIDDEN_NAMES & {part.removesuffix(".py") for part in path.parts}
    ]
    assert not drawers


def test_modules_beside_the_shelves_are_on_the_map():
    """A room's own modules are free, but the map tells what each is for."""
    map_of_house = HOUSE.read_text(encoding="utf-8")
    unknown = []
    for room in rooms_with_shelves():
        for path in sorted((house.GABARE / room).iterdir()):
            module = path.stem
            is_module = path.suffix == ".py" or (path / "__init__.py").exists()
            free = module not in house.SHELVES | {"__init__", "migrations", "management"}
            if is_module and free and not module.startswith("_"):
                mention = f"`{room}/{module}" if path.is_dir() else f"`{room}.{module}`"
                if mention.rstrip("`") not in map_of_house:
                    unknown.append(f"{mention} ({house.name(path)})")
    assert not unknown, "add to docs/house.md, « Modules beside the shelves »"


def test_every_model_is_in_the_glossary():
    glossary = HOUSE.read_text(encoding="utf-8").lower()
    missing = []
    for room in rooms_with_shelves():
        for path in house.files(".py", under=house.GABARE / room):
            if path.stem != "models" and path.parent.name != "models":
                continue
            for node in house.tree(path).body:
                if isinstance(node, ast.ClassDef):
                    words = re.sub(r"(?<!^)(?=[A-Z])", " ", node.name).lower()
                    if f"**{words}**" not in glossary and not node.name.endswith("QuerySet"):
                        missing.append(f"{words} ({house.name(path)})")
    assert not missing, "a word of the code absent from docs/house.md"


def test_every_room_is_on_the_map():
    map_of_house = HOUSE.read_text(encoding="utf-8")
    assert not [room for room in house.heights() if f"`{room}`" not in map_of_house]


def test_no_business_in_signals():
    """Signals are for plug-ins: ours would hide a step from who reads the operation."""
    received = [
        house.name(path)
        for path in house.python_files()
        if house.GABARE in path.parents
        and re.search(r"(post|pre)_(save|delete)|m2m_changed", path.read_text(encoding="utf-8"))
    ]
    assert not received
