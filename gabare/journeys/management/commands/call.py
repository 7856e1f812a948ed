"""`gabare call check|import|export|diff`: calls as readable files. See docs/package-format.md."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gabare.calls.models import Call
from gabare.calls.packages.comparing import compare
from gabare.calls.packages.database import package_of
from gabare.calls.packages.problems import PackageProblems
from gabare.calls.packages.reading import read_package
from gabare.calls.packages.writing import write_package
from gabare.calls.queries import call_by_key, current_call
from gabare.foundation import clock
from gabare.journeys.import_call import import_call, show_imported_call


class Command(BaseCommand):
    help = "Vérifie, importe, exporte et compare des dossiers d’appel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(
            dest="verb", required=True, metavar="check|import|export|diff"
        )
        check = verbs.add_parser("check", help="Dit ligne à ligne ce qui ne va pas.")
        check.add_argument("folder")
        taken = verbs.add_parser("import", help="Montre ce qui change, puis l’applique.")
        taken.add_argument("folder")
        taken.add_argument("--yes", action="store_true", help="Applique sans question.")
        taken.add_argument(
            "--show", action="store_true", help="En fait l’appel que montre le site."
        )
        given = verbs.add_parser("export", help="Écrit un appel de la base en fichiers.")
        given.add_argument("folder")
        given.add_argument("--call", default="", help="Sa clé ; sinon, l’appel montré.")
        diff = verbs.add_parser("diff", help="Compare à la base ou à un autre dossier.")
        diff.add_argument("folder")
        diff.add_argument("other", nargs="?", help="Un autre dossier ; sinon, la base.")

    def handle(self, *_args: Any, **options: Any) -> None:
        verbs: dict[str, Callable[..., None]] = {
            "check": self.check_package,
            "import": self.take,
            "export": self.give,
            "diff": self.differ,
        }
        try:
            verbs[options["verb"]](**options)
        except PackageProblems as found:
            self.stop("\n".join(f"{options['folder']}/{problem}" for problem in found.problems))

    def stop(self, sentence: str) -> NoReturn:
        """One clear sentence a line, no traceback, and the shell knows that it failed."""
        self.stderr.write(sentence)
        raise SystemExit(1)

    def check_package(self, *, folder: str, **_options: Any) -> None:
        package = read_package(folder)
        self.stdout.write(_("« %(key)s » est en ordre.") % {"key": package.call.key})

    def take(self, *, folder: str, yes: bool, show: bool, **_options: Any) -> None:
        package = read_package(folder)
        seen = import_call(package=package, now=clock.now(), apply=False)
        for change in seen.changes:
            self.stdout.write(str(change))
        if seen.changes and not seen.refusals and not yes and not self.agreed():
            self.stop(_("Rien n’a été changé."))
        report = seen
        if seen.changes and not seen.refusals:
            report = import_call(package=package, now=clock.now(), apply=True)
        if report.refusals:
            refusals = "\n".join(str(refusal) for refusal in report.refusals)
            self.stop(_("Rien n’a été changé. Cela perdrait quelque chose :") + f"\n{refusals}")
        if show and report.call:
            show_imported_call(call_id=report.call.pk, now=clock.now())
        self.stdout.write(_("C’est fait.") if report.applied else _("Rien à changer."))

    def agreed(self) -> bool:
        if not sys.stdin.isatty():
            self.stop(_("Ajoutez --yes pour appliquer sans question."))
        return input(_("Appliquer ? [o/N] ")).strip().lower() in {"o", "oui", "y", "yes"}

    def give(self, *, folder: str, call: str, **_options: Any) -> None:
        found = self.named(call)
        try:
            write_package(package_of(found), folder)
        except OSError as error:
            reason = {"folder": folder, "reason": error.strerror or ""}
            self.stop(_("« %(folder)s » : %(reason)s") % reason)
        self.stdout.write(
            _("« %(key)s » est dans %(folder)s.") % {"key": found.key, "folder": folder}
        )

    def differ(self, *, folder: str, other: str | None, **_options: Any) -> None:
        package = read_package(folder)
        if other:
            changes = compare(package, read_package(other))
        else:
            call = call_by_key(package.call.key)
            changes = compare(package_of(call) if call else None, package)
        for change in changes:
            self.stdout.write(str(change))
        if not changes:
            self.stdout.write(_("Aucune différence."))

    def named(self, key: str) -> Call:
        call = call_by_key(key) if key else current_call()
        if call is None:
            known = ", ".join(Call.objects.order_by("key").values_list("key", flat=True))
            self.stop(
                _("Il n’y a pas d’appel « %(key)s ». Appels connus : %(known)s.")
                % {"key": key or "—", "known": known or _("aucun")}
            )
        return call
