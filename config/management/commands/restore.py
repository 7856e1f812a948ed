from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.archive import NotRestored, read_archive
from gabare.foundation import clock


class Command(BaseCommand):
    help = "Remet une sauvegarde en place. Arrêtez d’abord le serveur et le facteur."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FICHIER.tar")
        parser.add_argument("--replace", action="store_true", help="Remplace ce qui est là.")

    def handle(self, *, file: Path, replace: bool, **_options: Any) -> None:
        try:
            held = read_archive(file, replace=replace, now=clock.now(), say=self.stdout.write)
        except NotRestored as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Remis en place. Lancez « gabare prepare », puis rouvrez le site.")
        if held:
            self.stdout.write(f"Lettres retenues, à relire avant qu’elles partent : {held}.")
