"""Settings come from the environment only, prefix `GABARE_`. docs/operating.md lists them all."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

# name → (default, what it is); docs/operating.md and `gabare doctor` are held to this table.
SETTINGS: dict[str, tuple[str, str]] = {
    "DATA_DIR": ("var", "where the embedded database, files and letters live"),
    "DATABASE_URL": ("", "sqlite:///… or postgres://…; empty: SQLite in DATA_DIR"),
    "CACHE_URL": ("", "redis://…; empty: local memory"),
    "SECRET_KEY": ("", "signs sessions; empty: made once and kept in DATA_DIR"),
    "PORT": ("8000", "where `gabare serve` listens"),
    "PUBLIC_URL": ("", "the address people type; empty: http://127.0.0.1 and the port"),
    "ALLOWED_HOSTS": ("", "more host names, separated by commas"),
    "PROXIES": ("0", "how many reverse proxies stand in front: 1 behind nginx"),
    "SMTP_URL": (
        "",
        "smtp://user:password@host:587, smtps://…; empty: files in DATA_DIR/mail",
    ),
    "MAIL_FROM": ("", "sender of letters; empty: the call's own address"),
    "LOGO": ("", "an SVG or PNG file: the organiser's logo, on attestations and in the kit"),
    "DEBUG": ("0", "1 shows errors in full; never on a public site"),
    "DEMO": ("0", "1 shows the fictitious-data banner and the demonstration mailbox"),
    "TODAY": ("", "YYYY-MM-DD: replaces the day, for a demonstration"),
}


def read(name: str) -> str:
    """The setting's text: `GABARE_NAME`, or its default. Two also go without the prefix."""
    default, _ = SETTINGS[name]
    if name in {"DATA_DIR", "PORT"}:
        default = os.environ.get(name, default)
    return os.environ.get(f"GABARE_{name}", default)


def flag(name: str) -> bool:
    return read(name) in {"1", "true", "yes", "on"}


def day(name: str) -> date | None:
    text = read(name)
    return date.fromisoformat(text) if text else None


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """The secret in `path`, made on first use and readable by its owner alone.

    Two programs that start together agree: the file appears whole, and the first one wins.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        mine = path.with_name(f"{path.name}.{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(make())
        with suppress(FileExistsError):
            os.link(mine, path)
        mine.unlink()
    return path.read_text().strip()


def unknown() -> list[str]:
    """Variables that look like settings and are none: a slip of the pen, most of the time."""
    known = {f"GABARE_{name}" for name in SETTINGS} | {"GABARE_TEST_POSTGRES"}
    return sorted(name for name in os.environ if name.startswith("GABARE_") and name not in known)


def pass_on(name: str, value: str) -> None:
    """Set it for the programs that this one starts or becomes."""
    os.environ[f"GABARE_{name}"] = value


def with_more(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program that needs these too."""
    return {**os.environ, **variables}
