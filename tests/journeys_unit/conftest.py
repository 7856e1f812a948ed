"""Doing several things at once, for real."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from gabare.initiatives.operations import StaleDraft


@pytest.fixture
def at_once(tmp_path: Path, monkeypatch) -> Iterator[Callable[..., list[Any]]]:
    """Runs calls together, each on its own connection. An in-memory SQLite is put in a file."""

    def run(function: Callable[..., Any], *tries: dict[str, Any]) -> list[Any]:
        if connection.vendor == "sqlite" and "mode=memory" in connection.settings_dict["NAME"]:
            file = tmp_path / "at-once.sqlite3"
            if not file.exists():
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM INTO %s", [str(file)])
            monkeypatch.setitem(connections.settings["default"], "NAME", str(file))

        def one(given: dict[str, Any]) -> Any:
            try:
                return function(**given)
            except StaleDraft as refused:
                return refused
            finally:
                connections["default"].close()

        with ThreadPoolExecutor(len(tries)) as pool:
            return list(pool.map(one, tries))

    yield run
    monkeypatch.undo()
