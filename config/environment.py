"""Settings come from the environment only, prefix `GABARE_`. docs/operating.md lists them all."""

import os
from datetime import date
from pathlib import Path

# name → (default, what it is); docs/operating.md and `gabare doctor` are held to this table.
SETTINGS: dict[str, tuple[str, str]] = {
    "DATA_DIR": ("var", "where the embedded database, files and letters live"),
    "DATABASE_URL": ("", "sqlite:///… or postgres://…; empty: SQLite in DATA_DIR"),
    "CACHE_URL": ("", "redis://…; empty: local memory"),
    "SECRET_KEY": ("", "signs sessions; empty: made once and kept in DATA_DIR"),
    "PUBLIC_URL": ("http://127.0.0.1:8000", "the address people type, without a last slash"),
    "ALLOWED_HOSTS": ("", "more host names, separated by commas"),
    "SMTP_URL": ("", "smtp://user:password@host:587; empty: letters are files in DATA_DIR/mail"),
    "MAIL_FROM": ("", "sender of letters; empty: the call's own address"),
    "DEBUG": ("0", "1 shows errors in full; never on a public site"),
    "DEMO": ("0", "1 shows the fictitious-data banner and the demonstration mailbox"),
    "TODAY": ("", "YYYY-MM-DD: replaces the day, for a demonstration"),
}


def read(name: str) -> str:
    """The setting's text: `GABARE_NAME`, or its default. `DATA_DIR` also without the prefix."""
    default, _ = SETTINGS[name]
    if name == "DATA_DIR" and "DATA_DIR" in os.environ:
        default = os.environ["DATA_DIR"]
    return os.environ.get(f"GABARE_{name}", default)


def flag(name: str) -> bool:
    return read(name) in {"1", "true", "yes", "on"}


def day(name: str) -> date | None:
    text = read(name)
    return date.fromisoformat(text) if text else None


def kept_secret(path: Path, make: "type[str] | object") -> str:
    """The secret in `path`, made on first use and readable by its owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(make()))  # type: ignore[operator]
        path.chmod(0o600)
    return path.read_text().strip()
