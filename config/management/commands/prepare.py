import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from gabare.foundation import clock
from gabare.labels.operations import ensure_signing_key


class Command(BaseCommand):
    help = "Met la base et les fichiers du site en état de servir. Sans effet s’ils le sont."

    def handle(self, **_options: Any) -> None:
        for folder in (settings.MEDIA_ROOT, settings.MAIL_DIR, settings.DATA_DIR / "private"):
            Path(folder).mkdir(parents=True, exist_ok=True, mode=0o750)
        call_command("migrate", interactive=False, verbosity=0)
        for_its_owner_alone(Path(settings.DATABASES["default"]["NAME"]))
        ensure_signing_key(now=clock.machine_now())
        self.stdout.write("Base de données : à jour.")
        mark, found = Path(settings.STATIC_ROOT) / ".collected", static_digest()
        if not mark.exists() or mark.read_text() != found:
            self.stdout.write("Fichiers du site : en préparation…")
            call_command("collectstatic", interactive=False, verbosity=0, clear=True)
            mark.write_text(found)
        self.stdout.write("Fichiers du site : à jour.")


def for_its_owner_alone(database: Path) -> None:
    """The embedded database holds addresses, letters and sessions: no other account reads it.

    SQLite gives its journal the same rights. PostgreSQL's name is no file here.
    """
    if database.is_file():
        for path in (database, *database.parent.glob(f"{database.name}-*")):
            path.chmod(0o600)


def static_digest() -> str:
    """What tells whether a file to serve was added, changed or taken away."""
    seen = []
    for finder in get_finders():
        for path, storage in finder.list(None):
            stat = Path(storage.path(path)).stat()
            seen.append(f"{path} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(sorted(seen)).encode()).hexdigest()
