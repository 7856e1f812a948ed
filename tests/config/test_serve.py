"""`gabare serve`, before it serves: what it says when it cannot."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.prepare import static_digest

ROOT = Path(__file__).resolve().parents[2]


def test_a_port_that_is_taken_is_said_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"--port {port + 1}"):
            call_command("serve", port=port)


def test_a_worker_that_cannot_work_stops_the_server_and_is_said(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done = subprocess.run(
        [sys.executable, "-m", "config.cli", "serve", "--with-worker", "--workers", "1"],
        cwd=ROOT, env={**os.environ, "DATA_DIR": str(tmp_path), "GABARE_PORT": str(port),
                       "GABARE_DATABASE_URL": ""},
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert done.returncode == 1  # its database has no table yet: nobody ran `gabare prepare`
    assert "Le facteur s’est arrêté" in done.stderr
    with socket.socket() as again:
        again.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        again.bind(("127.0.0.1", port))


def test_files_to_serve_are_prepared_again_only_when_one_changes(settings, tmp_path):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [tmp_path]
    (tmp_path / "a.css").write_text("a")
    before = static_digest()
    assert static_digest() == before
    (tmp_path / "b.css").write_text("b")
    assert static_digest() != before
