"""A real Gabare for the browser: prepared as by `make demo`, served by granian, with its worker."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
STARTS_WITHIN = 120  # a busy machine


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass
class Site:
    """One folder of data, one port, one process tree that this object starts and ends."""

    folder: Path
    port: int = field(default_factory=free_port)
    more: Mapping[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    lead: str = "responsable@equipe.example.org"
    reviewer: str = "lecture@equipe.example.org"
    labelled: str = "contact@gdg-nantes.example.org"  # carries labelled initiatives

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        mine = {k: v for k, v in os.environ.items() if not k.startswith(("GABARE_", "DJANGO_"))}
        return mine | {
            "DATA_DIR": str(self.folder),
            "GABARE_PUBLIC_URL": self.url,
            "GABARE_PORT": str(self.port),
            **self.more,
        }

    def run(self, *arguments: str) -> str:
        """Run a `gabare` command to its end and return what it said."""
        done = subprocess.run(
            [BIN / "gabare", *arguments], cwd=ROOT, env=self.environment, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"gabare {' '.join(arguments)}:\n{done.stdout}"
        return done.stdout

    def start(self) -> None:
        """As `make demo` does: the demonstration is there already, so it serves at once."""
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [BIN / "gabare", "demo"], cwd=ROOT, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        self.wait_until_it_answers()

    def wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2)
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise AssertionError((self.folder / "server.log").read_text()[-4000:])

    def stop(self) -> None:
        """As Ctrl-C would: the server ends, and its worker with it."""
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.process.kill()
            self.process = None


def build(folder: Path) -> Path:
    """A fresh folder with the demonstration in it."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    site = Site(folder)
    (folder / "built.log").write_text(site.run("prepare") + site.run("demo", "--no-serve"))
    return folder


@contextmanager
def served(built: Path, folder: Path) -> Iterator[Site]:
    """A copy of what was built, with its own server; the files that never change are shared."""
    copy = folder / "data"
    folder.mkdir(exist_ok=True)
    shutil.copytree(built, copy, ignore=shutil.ignore_patterns("static", "*.log"))
    (copy / "static").symlink_to(built / "static")
    site = Site(copy)
    site.start()
    try:
        yield site
    finally:
        site.stop()
