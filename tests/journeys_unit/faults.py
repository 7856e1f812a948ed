"""A database that refuses the n-th write to a table, and a picture of all that it holds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.db import connection

SQLITE = """
CREATE TABLE fault_counter (n integer);
INSERT INTO fault_counter VALUES (0);
CREATE TRIGGER fault_{verb} BEFORE {verb} ON {table} BEGIN
  UPDATE fault_counter SET n = n + 1;
  SELECT RAISE(ABORT, 'the disk is full') WHERE (SELECT n FROM fault_counter) >= {nth};
END;
"""
POSTGRESQL = """
CREATE TABLE fault_counter (n integer);
INSERT INTO fault_counter VALUES (0);
CREATE FUNCTION fault() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  UPDATE fault_counter SET n = n + 1;
  IF (SELECT n FROM fault_counter) >= {nth} THEN RAISE 'the disk is full'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER fault_{verb} BEFORE {verb} ON {table} FOR EACH ROW EXECUTE FUNCTION fault();
"""
END = {
    "sqlite": "DROP TRIGGER fault_{verb}; DROP TABLE fault_counter;",
    "postgresql": (
        "DROP TRIGGER fault_{verb} ON {table}; DROP FUNCTION fault(); DROP TABLE fault_counter;"
    ),
}


@contextmanager
def broken(table: str, verb: str, nth: int) -> Iterator[None]:
    """The database refuses the n-th INSERT or UPDATE of a row of `table`, and those after."""
    begin = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]
    _run(begin.format(table=table, verb=verb, nth=nth))
    try:
        yield
    finally:
        _run(END[connection.vendor].format(table=table, verb=verb))


def _run(script: str) -> None:
    """Statement by statement, so that the test's own transaction goes on."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(script)
            return
        statement = ""
        for line in script.splitlines(keepends=True):
            statement += line
            if ";" in line and ("BEGIN" not in statement or "END;" in statement):
                for part in [statement] if "BEGIN" in statement else statement.split(";"):
                    if part.strip():
                        cursor.execute(part)
                statement = ""


def rows_of_everything() -> dict[str, list[dict[str, object]]]:
    """Every row of every table of ours, and of the queue of tasks."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model.__module__.startswith(("gabare.", "django_tasks_db"))
    }
