"""A view calls one operation or journey; an operation never reads the clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture import house

VERBS = {"operations", "journeys"}


def imported_verbs(tree: ast.Module) -> set[str]:
    """Names under which a module knows operations and journeys, functions or modules."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gabare.")
        for alias in node.names
        if VERBS & {*(node.module or "").split("."), alias.name} and alias.name[:1].islower()
    }


def verbs_called(function: ast.FunctionDef, verbs: set[str]) -> set[str]:
    called = set()
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in verbs:
            called.add(node.func.id)
        owner = getattr(node.func, "value", None)
        if isinstance(owner, ast.Name) and owner.id in verbs:
            called.add(f"{owner.id}.{node.func.attr}")
    return called


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


def test_a_view_calls_one_verb():
    several = {}
    for path in house.files(".py", under=house.GABARE / "web"):
        verbs = imported_verbs(house.tree(path))
        for function in functions(path):
            called = verbs_called(function, verbs)
            if len(called) > 1:
                several[f"{house.name(path)}:{function.name}"] = sorted(called)
    assert not several


def test_operations_and_journeys_are_given_the_time():
    clocks = {("timezone", "now"), ("clock", "now"), ("clock", "today"), ("datetime", "now")}
    clocks |= {("date", "today"), ("datetime", "today"), ("time", "time")}
    read = [
        f"{house.name(path)}:{node.lineno}"
        for path in house.python_files()
        if house.shelf(path) == "operations" or path.parent == house.GABARE / "journeys"
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and (node.func.value.id, node.func.attr) in clocks
    ]
    assert not read, "an operation is given `now`"


def test_operations_take_named_arguments():
    positional = [
        f"{house.name(path)}:{node.name}"
        for path in house.python_files()
        if house.shelf(path) == "operations"
        for node in house.tree(path).body
        if isinstance(node, ast.FunctionDef)
        and "now" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}
        and (node.args.args or node.args.posonlyargs)
    ]
    assert not positional, "what happens at an instant is asked by name"
