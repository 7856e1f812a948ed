import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config import environment
from config.processes import run_together

MOST_WORKERS = 4
THREADS = "4"


class Command(BaseCommand):
    help = "Sert le site. Avec --with-worker, le facteur tourne à côté, et s’arrête avec lui."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(environment.read("PORT")))
        parser.add_argument(
            "--workers",
            type=int,
            default=min(os.cpu_count() or 1, MOST_WORKERS),
            help="Processus qui répondent aux pages.",
        )
        parser.add_argument("--with-worker", action="store_true")

    def handle(
        self, *, host: str, port: int, workers: int, with_worker: bool, **_options: Any
    ) -> None:
        refuse_a_taken_port(host, port)
        environment.pass_on("PORT", str(port))  # the default public address follows
        server = [sys.executable, "-m", "granian", "--interface", "wsgi", "--log-level", "warning"]
        server += ["--host", host, "--port", str(port), "--workers", str(workers)]
        server += ["--blocking-threads", THREADS, "config.wsgi:application"]
        self.stdout.write(f"Gabare répond sur http://{host}:{port} (Ctrl-C pour arrêter).")
        self.stdout.flush()
        if not with_worker:
            os.execv(server[0], server)  # noqa: S606 - one program, so that signals are its own
        worker = [sys.executable, "-m", "config.cli", "worker"]
        raise SystemExit(run_together({"Le serveur": server, "Le facteur": worker}))


def refuse_a_taken_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Le port {port} n’est pas libre sur {host} ({error.strerror}). "
                f"Choisissez-en un autre : gabare serve --port {port + 1}"
            ) from error
