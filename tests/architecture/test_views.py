"""A view calls one operation or journey; an operation never reads the clock."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from tests.architecture import house


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(house.tree(path)):
        if isinstance(node, ast.FunctionDef):
            yield node


@cache
def verbs_of(module: str) -> set[str]:
    """The functions of a module that change something: each holds its own transaction."""
    path = house.ROOT.joinpath(*module.split("."))
    files = sorted(path.glob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    return {
        function.name
        for file in files
        for function in functions(file)
        if any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
    }


def imported_verbs(tree: ast.Module) -> set[str]:
    """Every verb that a module may call, as it writes it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("gabare."):
            parts = node.module.split(".")
            for alias in node.names:
                known_as = alias.asname or alias.name
                if "operations" in parts or "journeys" in parts[:-1]:
                    found |= {known_as} & verbs_of(node.module)
                elif alias.name == "operations" or parts[-1] == "journeys":
                    found |= {f"{known_as}.{v}" for v in verbs_of(f"{node.module}.{alias.name}")}
    return found


def verbs_on_one_way(statements: Sequence[ast.stmt], verbs: set[str]) -> set[str]:
    """Verbs called on the way through these statements that calls the most of them."""
    called: set[str] = set()
    for place, statement in enumerate(statements):
        if isinstance(statement, ast.If):
            after = statements[place + 1 :]
            ways = [[*statement.body, *after], [*statement.orelse, *after]]
            if isinstance(statement.body[-1], ast.Return | ast.Raise | ast.Continue):
                ways[0] = statement.body
            return called | max((verbs_on_one_way(way, verbs) for way in ways), key=len)
        for inner in ("body", "handlers", "orelse", "finalbody"):
            called |= verbs_on_one_way(getattr(statement, inner, []), verbs)
        if not hasattr(statement, "body"):
            calls = [n.func for n in ast.walk(statement) if isinstance(n, ast.Call)]
            called |= {ast.unparse(call) for call in calls} & verbs
    return called


def test_a_view_calls_one_verb():
    several = {}
    for path in house.files(".py", under=house.GABARE / "web"):
        verbs = imported_verbs(house.tree(path))
        for function in functions(path):
            called = verbs_on_one_way(function.body, verbs)
            if len(called) > 1:
                several[f"{house.name(path)}:{function.name}"] = sorted(called)
    assert not several


def test_the_guard_sees_verbs():
    """It would hold an empty house too: these are verbs, and views do call some."""
    assert "bump_generation" in verbs_of("gabare.agenda.operations")
    pages = house.files(".py", under=house.GABARE / "web")
    assert any(imported_verbs(house.tree(path)) for path in pages)
    several = ast.parse("if a:\n  x()\n  return\nwith b:\n  y()\nz()")
    assert verbs_on_one_way(several.body, {"x", "y", "z"}) == {"y", "z"}


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
        and not node.name.startswith("_")
        and "now" in {argument.arg for argument in [*node.args.args, *node.args.kwonlyargs]}
        and (node.args.args or node.args.posonlyargs)
    ]
    assert not positional, "what happens at an instant is asked by name"
