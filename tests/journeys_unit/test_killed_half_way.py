"""SIGKILL in the middle of an edition and of a deposit, twenty times each: no half state.

Run alone: `pytest -m killed`. On the engine of the test run: a file of SQLite, or a database of
its own on the same PostgreSQL.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection

pytestmark = pytest.mark.killed
ROOT = Path(__file__).resolve().parents[2]
TIMES = 20


@pytest.fixture
def address(tmp_path, db):
    """An empty database for the story; dropped at the end."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'killed.sqlite3'}"
        return
    name = f"gabare_killed_{os.getpid()}"
    given = connection.settings_dict
    host = given["HOST"] or given["OPTIONS"].get("host", "")
    where = f"{quote(host, safe='')}:{given['PORT']}" if given["PORT"] else quote(host, safe="")
    who = quote(given["USER"]) + (f":{quote(given['PASSWORD'])}" if given["PASSWORD"] else "")
    on_server(f'CREATE DATABASE "{name}"')
    yield f"postgres://{who}@{where}/{name}"
    for each in (f"{name}_work", name):
        on_server(f'DROP DATABASE IF EXISTS "{each}" WITH (FORCE)')


def on_server(statement: str) -> None:
    """Outside any transaction, on the server's own database."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize("story", ["publish", "deposit"])
def test_a_killed_process_leaves_no_half_state(story, address, tmp_path):
    assert urlsplit(address).scheme in {"sqlite", "postgres"}
    ended = subprocess.run(
        [sys.executable, "-m", "tests.journeys_unit.killing", story, str(TIMES)],
        cwd=ROOT, check=False, capture_output=True, text=True, timeout=240,
        env={**os.environ, "GABARE_DATABASE_URL": address, "GABARE_DATA_DIR": str(tmp_path)},
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:]
    found = json.loads(ended.stdout.splitlines()[-1])
    assert found["half"] == 0
    assert sum(found.values()) == TIMES
    assert found["untouched"] > 0, found
