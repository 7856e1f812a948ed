"""Programs that start and stop together, watched from outside."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOGETHER = """
import sys
from config.processes import run_together
child = "import os, sys, time; os.write(1, b'%d;' % os.getpid()); time.sleep(int(sys.argv[1]))"
lasts = {"un": "60", "deux": sys.argv[1]}
sys.exit(run_together({name: [sys.executable, "-c", child, s] for name, s in lasts.items()}))
"""


def read_number(output):
    """Digits up to a semicolon: the two children write to the same pipe."""
    return int("".join(iter(lambda: output.read(1), ";")))


def is_alive(pid):
    """Running, and not only waiting for someone to read its exit status."""
    with suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def wait_for(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not condition():
        time.sleep(0.05)
    return condition()


@pytest.fixture
def together():
    started = []

    def start(last=60):
        process = subprocess.Popen(
            [sys.executable, "-c", TOGETHER, str(last)], cwd=ROOT, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
        )  # fmt: skip
        started.append(process)
        return process, [read_number(process.stdout) for _ in range(2)]

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_all_stop_and_it_is_no_failure(together, sign):
    process, children = together()
    os.kill(process.pid, sign)
    assert process.wait(timeout=15) == 0
    assert not any(is_alive(child) for child in children)


def test_one_that_ends_is_said_and_ends_the_others(together):
    process, children = together(last=2)
    assert process.wait(timeout=15) == 1
    assert "deux s’est arrêté" in process.stderr.read()
    assert not any(is_alive(child) for child in children)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of Linux does this")
def test_killed_it_leaves_no_orphan(together):
    process, children = together()
    process.kill()
    assert wait_for(lambda: not any(is_alive(child) for child in children))
