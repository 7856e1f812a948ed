"""A run that hangs is ended, and says where it hung."""

import subprocess
import sys

from tests.journeys.site import ROOT
from tests.journeys.watchdog import HUNG

HANGS = """
from greenlet import getcurrent, greenlet
from tests.journeys.watchdog import watched

def never_answers():
    loop.switch()

def wait():
    import time; time.sleep(60)

loop = greenlet(wait)
with watched("the test", errors=2, seconds=0.2):
    never_answers()
"""


def test_a_run_that_hangs_says_where_and_ends():
    done = subprocess.run(
        [sys.executable, "-c", HANGS], cwd=ROOT, capture_output=True, text=True,
        timeout=30, check=False,
    )  # fmt: skip
    assert done.returncode == HUNG
    assert "the test : aucune réponse" in done.stderr
    assert "never_answers" in done.stderr
