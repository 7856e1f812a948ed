"""The engine's own bare query, for the words that the pages are asked: `python bench/searching.py`.

Prints the 95th percentile in milliseconds, of the statement alone, without Django's pages.
"""

import os
import statistics
import sys
import time
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from bench.words import QUESTIONS  # noqa: E402
from gabare.agenda import searching  # noqa: E402
from gabare.agenda.models import Listing  # noqa: E402


def main() -> None:
    taken = []
    for question in QUESTIONS:
        begun = time.perf_counter()
        searching.find(question)
        taken.append(time.perf_counter() - begun)
    p95 = statistics.quantiles(taken, n=20)[-1] * 1000
    print(Listing.objects.count(), f"{p95:.1f}")


if __name__ == "__main__":
    main()
