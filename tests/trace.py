"""What only the owner of the database can do to the trace: take its triggers away for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from gabare.foundation.append_only import TABLES, lay_triggers, take_triggers
from gabare.foundation.models import TraceDigest, TraceLine


@contextmanager
def without_triggers() -> Iterator[None]:
    take_triggers(connection)
    yield
    lay_triggers(connection)


def empty_the_trace() -> None:
    """A test that commits leaves its lines: the database is handed back as it was."""
    if TraceLine.objects.exists() or TraceDigest.objects.exists():
        with without_triggers(), connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - two names of ours


def tamper(statement: str, *values: object) -> None:
    """Change a row as someone would who owns the database, then leave no sign of it."""
    with without_triggers(), connection.cursor() as cursor:
        cursor.execute(statement, values or None)
