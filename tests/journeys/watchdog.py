"""Ends a run that hangs, and says where: a browser that no longer answers must not eat the night.

Playwright waits for some answers without a limit, inside greenlets that a plain traceback does not
show. `.ci/checks` runs the journeys once more after such an end, and only after such an end.
"""

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenlet import greenlet

HUNG = 70  # exit status
LONGEST = 240  # seconds for one test, its fixtures included, on a busy machine


@contextmanager
def watched(name: str, *, errors: int, seconds: float = LONGEST) -> Iterator[None]:
    """`errors` is a file descriptor that pytest does not capture."""
    timer = threading.Timer(seconds, end, [name, seconds, errors])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def end(name: str, seconds: float, errors: int) -> None:
    try:
        os.write(errors, f"\n{name} : aucune réponse depuis {seconds:.0f} s.\n".encode())
        os.write(errors, "".join(where_it_stands()).encode())
        for task in Path("/proc/self/task").iterdir():
            for child in (task / "children").read_text().split():
                os.kill(int(child), signal.SIGTERM)  # the site, the browser: what we started
    finally:
        os._exit(HUNG)


def where_it_stands() -> Iterator[str]:
    for each in gc.get_objects():
        # By its type: `isinstance` would ask lazy objects what they are.
        if issubclass(type(each), greenlet) and each.gr_frame is not None:
            yield from ["\nwaiting at:\n", *traceback.format_stack(each.gr_frame)]
    for frame in sys._current_frames().values():
        yield from ["\nrunning:\n", *traceback.format_stack(frame)]
