from typing import Any

from django.core.management.base import BaseCommand

from config.worker import SteadyWorker


class Command(BaseCommand):
    help = "Exécute les tâches de la file, envoie les lettres, et veille."

    def handle(self, **_options: Any) -> None:
        worker = SteadyWorker()
        worker.configure_signals()
        worker.run()
