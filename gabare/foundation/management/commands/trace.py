"""`gabare trace verify|export|purge|close`: the log of who saw and did what. See operating.md."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gabare.foundation import clock, exporting, queries, verifying
from gabare.foundation.enums import TraceVerb
from gabare.foundation.models import TraceLine
from gabare.foundation.operations import close_days, purge_seen, record


class Command(BaseCommand):
    help = "Vérifie, exporte, scelle ou allège la trace."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(
            dest="verb", required=True, metavar="verify|export|purge|close"
        )
        verify = verbs.add_parser("verify", help="Recalcule toute la chaîne.")
        verify.add_argument("--noted", default="", help="Une empreinte notée ailleurs.")
        export = verbs.add_parser("export", help="Écrit tout : .csv, sinon JSON Lines.")
        export.add_argument("file", type=Path, metavar="FICHIER")
        verbs.add_parser("purge", help="Vide les consultations de plus d’un an.")
        close = verbs.add_parser("close", help="Scelle les jours finis, sans attendre le facteur.")
        close.add_argument("--zone", default=settings.TIME_ZONE)

    def handle(self, *, verb: str, **options: Any) -> None:
        getattr(self, verb)(**options)

    def verify(self, *, noted: str, **_options: Any) -> None:
        if fault := verifying.first_fault():
            raise CommandError(fault)
        if noted and not verifying.is_known(noted):
            raise CommandError(
                _("La chaîne se tient, mais l’empreinte %(digest)s n’y est pas.")
                % {"digest": noted}
            )
        last = queries.last_digest()
        self.stdout.write(
            _("La trace se tient. Dernier jour scellé\u00a0: %(day)s, empreinte %(digest)s.")
            % {"day": last.day, "digest": last.digest}
            if last
            else _("La trace se tient. Aucun jour n’est encore scellé.")
        )

    def export(self, *, file: Path, **_options: Any) -> None:
        now = clock.now()
        record(actor=None, verb=TraceVerb.EXPORTED, about="trace:", now=now)
        lines = TraceLine.objects.order_by("pk").iterator()
        is_table = file.suffix.lower() == ".csv"
        written = (
            exporting.as_csv(lines)
            if is_table
            else exporting.as_json_lines(lines, queries.digests())
        )
        try:
            file.touch(mode=0o600)
            with file.open("w", encoding="utf-8", newline="") as opened:
                opened.writelines(written)
        except OSError as error:
            raise CommandError(f"{file}\u00a0: {error.strerror}") from error
        self.stdout.write(_("La trace est dans %(file)s.") % {"file": file})

    def purge(self, **_options: Any) -> None:
        count = purge_seen(now=clock.now())
        self.stdout.write(_("Consultations vidées\u00a0: %(count)s.") % {"count": count})

    def close(self, *, zone: str, **_options: Any) -> None:
        sealed = close_days(zone=zone, now=clock.now())
        for day in sealed:
            self.stdout.write(f"{day.day} {day.digest}")
        if not sealed:
            self.stdout.write(_("Aucun jour fini n’attend."))
