"""Several programs as one: they start together and stop together."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence

STOP = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
GRACE = 10
PR_SET_PDEATHSIG = 1


def run_together(commands: Mapping[str, Sequence[str]]) -> int:
    """Run the commands until one ends or we are told to stop, then stop them all.

    Nothing is started again: one that ends on its own is said, and ends the others, so that
    whoever supervises us (a person, systemd) knows. Returns the exit status.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, STOP | {signal.SIGCHLD})
    children = {name: _start(command) for name, command in commands.items()}
    asked = False
    while not asked and all(child.poll() is None for child in children.values()):
        asked = signal.sigwait(STOP | {signal.SIGCHLD}) in STOP
    ended = [name for name, child in children.items() if child.poll() is not None]
    _stop(children.values())
    if asked:
        return 0
    print(f"{', '.join(ended)} s’est arrêté : tout s’arrête.", file=sys.stderr)
    return 1


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: a Ctrl-C reaches us alone, and we stop each one once."""
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_in_the_child,  # noqa: PLW1509 - no thread is running yet
    )


def _in_the_child() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP | {signal.SIGCHLD})
    if sys.platform == "linux":  # even our own SIGKILL leaves no orphan
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _stop(children: Iterable[subprocess.Popen[bytes]]) -> None:
    processes = list(children)
    for process in processes:
        if process.poll() is None:
            process.terminate()
    for process in processes:
        try:
            process.wait(timeout=GRACE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
