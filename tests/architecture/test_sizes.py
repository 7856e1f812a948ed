"""Small enough to read in one go."""

import ast

from tests.architecture import house

TESTS = house.ROOT / "tests"


def lines(path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_short():
    sizes = {house.name(p): lines(p) for p in house.python_files() if TESTS not in p.parents}
    assert not house.judge("file", sizes, 300)


def test_test_files_are_short():
    sizes = {house.name(p): lines(p) for p in house.python_files() if TESTS in p.parents}
    assert not house.judge("test", sizes, 500)


def test_functions_are_short():
    sizes = {
        f"{house.name(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in house.python_files()
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert not house.judge("function", sizes, 40)


def test_templates_are_short():
    sizes = {house.name(p): lines(p) for p in house.templates()}
    assert not house.judge("template", sizes, 120)
