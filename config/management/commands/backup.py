from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.archive import NotRestored, write_archive
from gabare.foundation import clock


class Command(BaseCommand):
    help = "Écrit une sauvegarde : base, fichiers, clé secrète. Le site peut rester ouvert."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER.tar")

    def handle(self, *, file: Path, **_options: Any) -> None:
        try:
            write_archive(file, now=clock.machine_now(), say=self.stdout.write)
        except (OSError, NotRestored) as error:
            raise CommandError(f"La sauvegarde n’a pas été faite : {error}") from error
        size = file.stat().st_size / 2**20
        self.stdout.write(f"{file} : {size:.1f} Mio. Il contient des données personnelles.")
