"""`make bench`: measures Gabare beside a Django view that does nothing, on the same server.

Two databases, three sizes of generated initiatives. Bounded in time (about fifteen minutes), on the
loopback only; writes the table of docs/performance.md.
"""

import http.client
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from urllib.parse import quote

import psycopg

from bench.depositing import all_at_once
from bench.serving import AS_SERVED, ROOT, TODAY, Server, gabare, serving
from bench.words import QUESTIONS

REPORT = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SIZES = (100, 10_000)
MANY = 35_000  # initiatives, for a hundred thousand dates
ENGINES = ("SQLite", "PostgreSQL")


@dataclass
class Row:
    what: str
    figures: list[str]


def p95(taken: Iterable[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1] * 1000


def one_by_one(server: Server, paths: list[str]) -> tuple[float, float]:
    """CPU milliseconds for each answer and p95 in milliseconds, of addresses asked once."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", f"{paths[0]}&n=1" if "?" in paths[0] else paths[0])  # warms up
    connection.getresponse().read()
    before, taken = server.cpu(), []
    for path in paths:
        begun = time.perf_counter()
        connection.request("GET", path, headers={"Accept-Encoding": "br"})
        answer = connection.getresponse()
        answer.read()
        taken.append(time.perf_counter() - begun)
        assert answer.status == 200, f"{path}: {answer.status}"
    return (server.cpu() - before) * 1000 / len(paths), p95(taken)


def feed(server: Server, path: str) -> tuple[int, str]:
    """How many events, and what is said of them: first byte, whole, and growth of the server."""
    before = server.memory()
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    begun = time.perf_counter()
    connection.request("GET", path)
    answer = connection.getresponse()
    head = answer.read(1)
    first = (time.perf_counter() - begun) * 1000
    events = (head + answer.read()).count(b"BEGIN:VEVENT")
    whole = (time.perf_counter() - begun) * 1000
    grown = server.memory() - before
    return events, f"1er octet {first:.0f} ms, {whole:.0f} ms, +{grown} Mo"


def agenda_addresses() -> list[str]:
    """Filters that nobody has asked before: nothing of them is kept."""
    axes, modes = ["evenements", "education", "recherche"], ["sur-place", "en-ligne", "mixte"]
    criteria = ["cybersecurite", "droit", "usager", "travail", "sobriete", "transparence"]
    return [
        f"/agenda/?quand=tout&axe={axis}&mode={mode}&critere={criterion}"
        for axis, mode, criterion in product(axes, modes, criteria)
    ]


def searches() -> list[str]:
    return [f"/agenda/?quand=tout&q={quote(question)}" for question in QUESTIONS]


def credentials() -> list[str]:
    """Labels as signed files, in the form that costs the most."""
    return [f"/label/2024-{number:05}/credential.json" for number in range(1, 60)]


def measure(server: Server, beside: Server, slugs: list[str]) -> list[Row]:
    """Each figure beside the bare view's, asked just before: the machine is the same for both."""
    rows = []
    kept = [("accueil", "/"), ("agenda", "/agenda/"), ("initiative", f"/initiatives/{slugs[0]}/")]
    for name, path in kept:
        bare, speed = beside.requests_a_second("/"), server.requests_a_second(path)
        rows.append(Row(f"{name}, gardée en cache", [f"{speed:,.0f} req/s", f"{speed / bare:.0%}"]))
    alone = [
        ("agenda, toutes les facettes, hors cache", agenda_addresses()),
        ("initiative, hors cache", [f"/initiatives/{slug}/" for slug in slugs[1:60]]),
        ("recherche, hors cache", searches()),
        ("preuve signée d’un label, hors cache", credentials()),
    ]  # fmt: skip
    bare_cpu, _ = one_by_one(beside, ["/"] * 500)
    for name, paths in alone:
        cpu, worst = one_by_one(server, paths)
        said = f"{cpu:.1f} ms CPU, p95 {worst:.0f} ms"
        rows.append(Row(name, [said, f"{cpu / bare_cpu:.0f} × nue"]))
    events, said = feed(server, "/agenda.ics?quand=tout&axe=evenements")
    rows.append(Row("agenda.ics", [f"{events:,} dates", said]))
    return rows


def depositing(server: Server) -> Row:
    taken, lost = all_at_once(server.port)
    said = f"p95 {p95(taken):.0f} ms, {lost} perdue"
    return Row("une étape du dépôt, 50 à la fois", [said, f"{len(taken)} enregistrements"])


def filled(folder: Path, address: str, size: int) -> dict[str, str]:
    """The environment of a fresh database of this size."""
    folder.mkdir()
    environment = {"DATA_DIR": str(folder), "GABARE_TODAY": TODAY, "GABARE_DEMO": "0"}
    if address:
        environment["GABARE_DATABASE_URL"] = fresh(address, f"gabare_bench_{size}")
    gabare("prepare", environment=environment)
    generate = [sys.executable, "bench/generate.py", "--initiatives", str(size)]
    subprocess.run(generate, cwd=ROOT, check=True, stdout=subprocess.DEVNULL,
                   env=os.environ | environment)  # fmt: skip
    return environment


def measured(environment: dict[str, str]) -> list[Row]:
    with (
        serving("config.wsgi:application", environment) as server,
        serving("bench.bare:application", {}) as beside,
    ):
        rows = measure(server, beside, [f"generee-{n}" for n in range(60)])
    with serving("config.wsgi:application", environment, workers=AS_SERVED) as server:
        rows.append(depositing(server))
    return rows


def searched(environment: dict[str, str]) -> list[Row]:
    """A page of results among a hundred thousand dates, beside the engine's own bare query."""
    bare = subprocess.run([sys.executable, "bench/searching.py"], cwd=ROOT, check=True, text=True,
                          capture_output=True, env=os.environ | environment)  # fmt: skip
    dates, alone = bare.stdout.split()
    with serving("config.wsgi:application", environment) as server:
        cpu, worst = one_by_one(server, searches())
    figures = [f"{int(dates):,} dates", f"{cpu:.1f} ms CPU, p95 {worst:.0f} ms",
               f"le moteur seul : p95 {float(alone):.0f} ms"]  # fmt: skip
    return [Row("recherche, hors cache", figures)]


@contextmanager
def postgresql() -> Iterator[str]:
    """One that answers here, or our own, ended at the end; our databases are dropped."""
    with tempfile.TemporaryDirectory() as folder:
        start = [".ci/postgres", "start", folder]
        address = subprocess.run(start, cwd=ROOT, check=True, capture_output=True, text=True)
        try:
            yield address.stdout.strip()
            for size in (*SIZES, MANY):
                drop(address.stdout.strip(), f"gabare_bench_{size}")
        finally:
            subprocess.run([".ci/postgres", "stop", folder], cwd=ROOT, check=True)


def drop(address: str, name: str) -> None:
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def fresh(address: str, name: str) -> str:
    drop(address, name)
    with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" ENCODING UTF8 TEMPLATE template0')
    return f"{address}/{name}"


def table(columns: dict[str, list[Row]]) -> list[str]:
    lines = ["| ce qui est mesuré |" + "".join(f" {title} |" for title in columns)]
    lines += ["|---|" + "---|" * len(columns)]
    for rows in zip(*columns.values(), strict=True):
        cells = "".join(f" {' · '.join(row.figures)} |" for row in rows)
        lines.append(f"| {rows[0].what} |{cells}")
    return [*lines, ""]


def write(bare: float, tables: list[dict[str, list[Row]]]) -> None:
    """Replace what was measured before, and nothing else of the page."""
    machine = f"{platform.machine()}, {os.cpu_count()} cœurs, Python {platform.python_version()}"
    day = datetime.now(UTC).date().isoformat()
    said = f"Mesuré le {day} : {machine}. Vue nue, un processus : {bare:,.0f} requêtes par seconde."
    lines = [BEGIN, "", said, "", *(line for columns in tables for line in table(columns))]
    text = REPORT.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN)
    REPORT.write_text(head + "\n".join([*lines, END]) + rest.split(END)[1], encoding="utf-8")


def main() -> None:
    pages: dict[str, list[Row]] = {}
    searching: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory() as name, postgresql() as address:
        with serving("bench.bare:application", {}) as server:
            bare = server.requests_a_second("/")
        for engine, size in product(ENGINES, (*SIZES, MANY)):
            title = f"{engine}, {size:,} initiatives"
            print(title, flush=True)
            url = address if engine == "PostgreSQL" else ""
            environment = filled(Path(name, f"{engine}-{size}"), url, size)
            rows = searched(environment) if size == MANY else measured(environment)
            (searching if size == MANY else pages)[title] = rows
            for row in rows:
                print(f"  {row.what:42} {'  '.join(row.figures)}", flush=True)
            write(bare, [columns for columns in (pages, searching) if columns])
    print("docs/performance.md")


if __name__ == "__main__":
    main()
