"""Servers to measure: each in its own process tree on the loopback, ended by what started it."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
GRANIAN = "--interface wsgi --log-level warning --host 127.0.0.1 --blocking-threads 4"
AS_SERVED = min(os.cpu_count() or 1, 4)  # processes, as `gabare serve` starts them
TICK = os.sysconf("SC_CLK_TCK")
# The day on which the generated initiatives turn: bench/generate.py.
TODAY = "2024-06-12"


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def tree(self) -> list[int]:
        """The process and all that it started."""
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    fields = (entry / "stat").read_text().rpartition(")")[2].split()
                except OSError:
                    continue
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
        tree = [self.process.pid]
        for pid in tree:
            tree.extend(parents.get(pid, []))
        return tree

    def cpu(self) -> float:
        """Seconds of processor that the tree has used."""
        ticks = 0
        for pid in self.tree():
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / TICK

    def memory(self) -> int:
        """Megabytes of memory that the tree holds."""
        pages = sum(int(Path(f"/proc/{p}/statm").read_text().split()[1]) for p in self.tree())
        return pages * os.sysconf("SC_PAGE_SIZE") // 2**20

    def requests_a_second(self, path: str, seconds: int = 4) -> float:
        said = subprocess.run(
            ["wrk", "-t1", "-c16", f"-d{seconds}s", "-H", "Accept-Encoding: br",
             f"http://127.0.0.1:{self.port}{path}"],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        assert "Non-2xx" not in said, f"{path}\n{said}"
        return float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])


@contextmanager
def serving(
    application: str, environment: Mapping[str, str], *, workers: int = 1
) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [BIN / "granian", *GRANIAN.split(), "--workers", str(workers), "--port", str(port),
         application],
        cwd=ROOT, env=os.environ | dict(environment), stdin=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        wait_for(port)
        yield Server(port, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int) -> None:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The server does not answer.")


def gabare(*arguments: str | Path, environment: Mapping[str, str]) -> None:
    subprocess.run([BIN / "gabare", *arguments], cwd=ROOT, env=os.environ | dict(environment),
                   stdout=subprocess.DEVNULL, check=True)  # fmt: skip
