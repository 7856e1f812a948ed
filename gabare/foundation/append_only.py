"""The database itself refuses to change the trace: triggers, on both engines.

One door: emptying a consultation older than `DOOR_OPENS_AFTER` days, its digest kept. Whoever owns
the database may still take the triggers away; `gabare doctor` says so, and the chain shows what
was done meanwhile. A migration that remakes one of these tables on SQLite lays them again.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

DOOR_OPENS_AFTER = 180  # days: what is recommended is to keep them between six months and a year
TABLES = ("foundation_traceline", "foundation_tracedigest")
SAID = "the trace is append-only"

_SAME = ("id", "at", "kind", "verb", "owner", "digest")
_EMPTIED = ("actor", "label", "about", "salt")


def _door(old_enough: str, empty_json: str) -> str:
    same = [f"NEW.{name} = OLD.{name}" for name in _SAME]
    emptied = [f"NEW.{name} = ''" for name in _EMPTIED]
    whole = ["OLD.kind = 'seen'", old_enough, *same, *emptied, f"NEW.detail = {empty_json}"]
    return " AND ".join(whole)


def _sqlite() -> Iterator[str]:
    lines, digests = TABLES
    door = _door(f"OLD.at < datetime('now', '-{DOOR_OPENS_AFTER} days')", "'{}'")
    yield _refused(lines, "update", "BEFORE UPDATE", f"NOT ({door})")
    yield _refused(digests, "update", "BEFORE UPDATE", "1")
    for table in TABLES:
        yield _refused(table, "delete", "BEFORE DELETE", "1")
        # REPLACE takes a row away without waking the trigger above.
        there = f"EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"  # noqa: S608 - a name of ours
        yield _refused(table, "replace", "BEFORE INSERT", there)


def _refused(table: str, name: str, event: str, when: str) -> str:
    raised = f"SELECT RAISE(ABORT, '{SAID}');"
    return f"CREATE TRIGGER {table}_{name} {event} ON {table} WHEN {when} BEGIN {raised} END"


def _postgresql() -> Iterator[str]:
    lines, digests = TABLES
    door = _door(f"OLD.at < now() - interval '{DOOR_OPENS_AFTER} days'", "'{}'::jsonb")
    raised = f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation';"
    yield _function("foundation_trace_refuses", raised)
    yield _function("foundation_trace_door", f"IF {door} THEN RETURN NEW; END IF; {raised}")
    yield _watched(lines, "update", "ROW", "foundation_trace_door")
    yield _watched(digests, "update", "ROW", "foundation_trace_refuses")
    for table in TABLES:
        yield _watched(table, "delete", "ROW", "foundation_trace_refuses")
        # Emptying an empty table loses nothing: it is what a test does after itself.
        full = f"EXISTS (SELECT 1 FROM {table})"  # noqa: S608 - a name of ours
        yield _function(f"{table}_stays", f"IF {full} THEN {raised} END IF; RETURN NULL;")
        yield _watched(table, "truncate", "STATEMENT", f"{table}_stays")


def _function(name: str, body: str) -> str:
    returns = "RETURNS trigger LANGUAGE plpgsql"
    return f"CREATE OR REPLACE FUNCTION {name}() {returns} AS $$ BEGIN {body} END $$"


def _watched(table: str, event: str, each: str, function: str) -> str:
    when = f"BEFORE {event.upper()} ON {table} FOR EACH {each}"
    return f"CREATE TRIGGER {table}_{event} {when} EXECUTE FUNCTION {function}()"


def lay_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def take_triggers(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            place = f" ON {table}" if connection.vendor == "postgresql" else ""
            for name in ("update", "delete", "replace", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{place}")


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be there and watch, and do not."""
    own = "replace" if connection.vendor == "sqlite" else "truncate"
    wanted = {f"{table}_{name}" for table in TABLES for name in ("update", "delete", own)}
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return sorted(wanted - {name for (name,) in cursor.fetchall()})
