"""What belongs to one call lives in its package: none of it is written in the code."""

import ast
import re

import pytest
from django.conf import settings

from gabare.calls.packages.reading import read_package
from tests.calls.given import FIRST

ROOTS = [settings.BASE_DIR / "gabare", settings.BASE_DIR / "config"]
PAGES = {".html", ".css", ".js", ".txt", ".xml", ".svg", ".json", ".toml"}
NAMES = re.compile(r"nantes|\bndia\b|ndia-|halle 6|numérique responsable|boussole de l.ia", re.I)

# the demonstration names the package that it loads, and nothing else of it
NAMED_BY_THE_DEMO = ("gabare/journeys/load_demo.py", "ndia-2024")


def files(suffixes):
    return [
        path
        for root in ROOTS
        for path in sorted(root.rglob("*"))
        if path.suffix in suffixes and "migrations" not in path.parts
    ]


def data_of(path):
    """The texts of a module that can act or be shown: not its comments, not its docstrings."""
    tree = ast.parse(path.read_text())
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    ]


def test_no_module_names_the_first_call():
    found = [
        f"{path}:{line}: {text[:60]}"
        for path in files({".py"})
        for line, text in data_of(path)
        if NAMES.search(text)
        and (path.relative_to(settings.BASE_DIR).as_posix(), text) != NAMED_BY_THE_DEMO
    ]
    assert found == []


def test_no_page_style_or_script_names_the_first_call():
    found = [
        f"{path}:{number}"
        for path in files(PAGES)
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if NAMES.search(line)
    ]
    assert found == []


def local_words():
    """What only this call says: communes, waves, compasses and their wordings."""
    package = read_package(FIRST)
    words = {commune.key for commune in package.communes}
    words |= {wave.key for wave in package.calendar.waves}
    for compass in package.doctrine.compasses:
        words |= {compass.key, *(criterion.wording["fr"] for criterion in compass.criteria)}
    return words


@pytest.mark.parametrize("word", sorted(local_words()))
def test_no_module_knows_a_key_or_a_wording_of_the_first_call(word):
    found = [
        f"{path}:{line}" for path in files({".py"}) for line, text in data_of(path) if text == word
    ]
    assert found == []
