"""What the database itself refuses: to change a revoked label, or to rewrite a line of history.

Old and new values together are out of reach of a CHECK. On SQLite a later migration that makes
one of these tables again loses its trigger and has to write it again: tests/labels holds it.
"""

from django.db import migrations

HELD = ("number", "initiative_id", "version_id", "scope", "criteria", "starts_on", "ends_on", "state")
CHANGED = " OR ".join(f"NEW.{name} <> OLD.{name}" for name in HELD)
RULES = {
    "revoked_label_is_final": ("labels_label", f"OLD.state = 'revoked' AND ({CHANGED})"),
    "label_history_is_final": ("labels_labelchange", "OLD.id = OLD.id"),
}


def hold(apps, schema_editor):
    for name, (table, when) in RULES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN RAISE EXCEPTION '{name}' USING ERRCODE = 'check_violation'; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
                f"WHEN ({when}) EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW "
                f"WHEN {when} BEGIN SELECT RAISE(ABORT, '{name}'); END"
            )


def let_go(apps, schema_editor):
    for name, (table, _when) in RULES.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {name} ON {table}")
            schema_editor.execute(f"DROP FUNCTION {name}()")
        else:
            schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("labels", "0002_label_changes")]
    operations = [migrations.RunPython(hold, let_go)]
