"""What a line of the trace costs: a thousand laid one by one, in their own transaction and in one.

python -m bench.tracing        on the database of GABARE_DATABASE_URL, prepared; leaves its lines
"""

import os
import statistics
import time
from collections.abc import Iterator

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from gabare.foundation import clock  # noqa: E402
from gabare.foundation.enums import TraceVerb  # noqa: E402
from gabare.foundation.operations import close_days, record  # noqa: E402
from gabare.foundation.verifying import first_fault  # noqa: E402

MANY = 1_000


def lines() -> Iterator[float]:
    """Milliseconds of each."""
    for number in range(MANY):
        begun = time.perf_counter()
        record(
            actor=None, verb=TraceVerb.EXPORTED, about=f"initiative:{number}", owner="call:mesure",
            detail={"round": "2024-06", "outcome": "label"}, now=clock.now(),
        )  # fmt: skip
        yield (time.perf_counter() - begun) * 1000


def said(taken: list[float]) -> str:
    worst = statistics.quantiles(taken, n=20)[-1]
    return f"médiane {statistics.median(taken):.2f} ms, p95 {worst:.2f} ms"


def main() -> None:
    alone = list(lines())
    with transaction.atomic():
        together = list(lines())
    begun = time.perf_counter()
    close_days(zone="Europe/Paris", now=clock.now())
    assert first_fault() == ""
    checked = time.perf_counter() - begun
    print(f"{connection.vendor} : seule, {said(alone)} ; dans une transaction, {said(together)}")
    print(f"chaîne recalculée en {checked:.2f} s")


if __name__ == "__main__":
    main()
