"""A backup is one tar file that holds all that cannot be made again.

`manifest.json` (what it is), the database (SQLite's own copy, or pg_dump's), `media/`, `private/`
and the secret key. The database is copied first: every file that it names is then still there.
"""

import hashlib
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from config import environment
from gabare.foundation.append_only import TABLES
from gabare.foundation.enums import TraceVerb
from gabare.foundation.models import TraceLine
from gabare.foundation.operations import record
from gabare.foundation.queries import last_digest

FOLDERS = ("media", "private")
SECRET = "secret-key"  # noqa: S105 - its file's name
FORMAT = 1
Say = Callable[[str], Any]


class NotRestored(Exception):
    """Why an archive cannot be restored here. `str()` is a sentence; nothing was changed."""


def write_archive(target: Path, *, now: datetime, say: Say) -> None:
    """Write the backup whole, or not at all, readable by its owner alone."""
    unfinished = target.with_name(f".{target.name}.part")
    record(actor=None, verb=TraceVerb.BACKED_UP, about="trace:", now=now)
    sealed = last_digest()
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        database = Path(folder) / f"database.{connection.vendor}"
        say(_("Base de données…"))
        _dump(database)
        manifest = {
            "format": FORMAT,
            "database": database.name,
            "sha256": _sha256(database),
            "made_at": now.isoformat(),
            # Kept out of the database: who would write the trace again does not reach it.
            "trace": {"day": str(sealed.day), "digest": sealed.digest} if sealed else None,
        }
        unfinished.touch(mode=0o600)
        with tarfile.open(unfinished, "w") as archive:
            _add_text(archive, Path(folder), json.dumps(manifest, indent=1))
            archive.add(database, database.name)
            for name in FOLDERS:
                if folder_of(name).exists():
                    say(_("Fichiers : %(name)s…") % {"name": name})
                    archive.add(folder_of(name), name)
            if (settings.DATA_DIR / SECRET).exists():
                archive.add(settings.DATA_DIR / SECRET, SECRET)
    unfinished.replace(target)


def read_archive(source: Path, *, replace: bool, now: datetime, say: Say) -> int:
    """Put a backup back, and hold the letters that were waiting in it; how many are held.

    A backup is older than now: its waiting letters may have left since, or this may be a copy
    for a trial, whose letters must reach nobody. A person releases them. The trace comes back as
    it was then, whole; its next line says that it was restored, and where the one that it
    replaces had come to. Raises `NotRestored` before anything is changed.
    """
    if not replace and (there := list(already_there())):
        raise NotRestored(
            _("Il y a déjà quelque chose ici (%(what)s). Pour le remplacer : --replace.")
            % {"what": ", ".join(there)}
        )
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        opened = Path(folder)
        database, made_at = _open_archive(source, opened)
        replaced = _end_of_the_trace()
        say(_("Base de données…"))
        _load(database)
        for name in FOLDERS:
            say(_("Fichiers : %(name)s…") % {"name": name})
            _swap(opened / name, folder_of(name), opened / f"former-{name}")
        if (opened / SECRET).exists():
            (opened / SECRET).chmod(0o600)
            (opened / SECRET).replace(settings.DATA_DIR / SECRET)
    _record_restoration({"made_at": made_at, **replaced}, now)
    with connection.cursor() as cursor:  # in SQL: the archive's tables may be older than the code
        cursor.execute("UPDATE mail_letter SET state = 'held' WHERE state = 'waiting'")
        return int(cursor.rowcount)


def _end_of_the_trace() -> dict[str, object]:
    """Where the trace that is about to be replaced has come to, if there is one."""
    if TABLES[0] not in connection.introspection.table_names():
        return {}
    last, sealed = TraceLine.objects.order_by("pk").last(), last_digest()
    return {
        **({"replaced_last": last.pk} if last else {}),
        **({"replaced_digest": sealed.digest} if sealed else {}),
    }


def _record_restoration(detail: dict[str, object], now: datetime) -> None:
    """Nothing where the archive is older than the trace: `gabare prepare` begins one."""
    if TABLES[0] in connection.introspection.table_names():
        record(actor=None, verb=TraceVerb.RESTORED, about="trace:", detail=detail, now=now)


def folder_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) if name == "media" else settings.DATA_DIR / name


def already_there() -> Iterator[str]:
    if connection.introspection.table_names():
        yield _("une base de données")
    for name in FOLDERS:
        if folder_of(name).exists() and any(folder_of(name).iterdir()):
            yield str(folder_of(name))


def _open_archive(source: Path, folder: Path) -> tuple[Path, str]:
    """Unpack and check; the path of the database's copy, and when it was made."""
    try:
        with tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
        manifest = json.loads((folder / "manifest.json").read_text())
        database = folder / Path(manifest["database"]).name
        whole = manifest["format"] == FORMAT and _sha256(database) == manifest["sha256"]
    except (OSError, tarfile.TarError, ValueError, KeyError, TypeError) as error:
        raise NotRestored(
            _("%(file)s n’est pas une sauvegarde de Gabare, ou elle est abîmée (%(error)s).")
            % {"file": source, "error": error}
        ) from error
    if not whole:
        raise NotRestored(_("%(file)s est abîmée : la base ne correspond pas.") % {"file": source})
    if database.suffix != f".{connection.vendor}":
        raise NotRestored(
            _("La sauvegarde vient de %(there)s, et GABARE_DATABASE_URL désigne %(here)s.")
            % {"there": database.suffix[1:], "here": connection.vendor}
        )
    return database, str(manifest["made_at"])


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
    else:
        _run_postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _load(source: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
    else:
        _run_postgres(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction",
            "--dbname=" + str(connection.settings_dict["NAME"]), str(source),
        )  # fmt: skip


def _run_postgres(program: str, *arguments: str) -> None:
    """PostgreSQL's own tools; the password goes through the environment, never the command."""
    if shutil.which(program) is None:
        raise NotRestored(
            _("%(program)s est introuvable : installez le paquet postgresql-client.")
            % {"program": program}
        )
    there = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    names["PGDATABASE"] = "NAME"
    known = {name: str(there[key]) for name, key in names.items() if there.get(key)}
    connection.close()
    done = subprocess.run(
        [program, *arguments],
        env=environment.with_more(known),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotRestored(f"{program}: {done.stderr.strip()}")


def _swap(new: Path, place: Path, former: Path) -> None:
    """The new folder in the place of the former one; both are on the same disk."""
    new.mkdir(exist_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    if place.exists():
        place.replace(former)
    new.replace(place)


def _add_text(archive: tarfile.TarFile, folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    archive.add(folder / "manifest.json", "manifest.json")


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
