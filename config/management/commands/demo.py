"""`gabare demo`: the whole chain on real initiatives, in one command."""

import os
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from config import environment
from gabare.journeys.demo_entry import entry_address
from gabare.journeys.demo_records import demo_day
from gabare.journeys.load_demo import Demo, NotADemonstration, load_demo
from gabare.people.enums import TeamRole
from gabare.ui import dates


class Command(BaseCommand):
    help = "Prépare la démonstration (sans effet si elle l’est), puis la sert avec son facteur."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="La prépare et s’arrête là.")

    def handle(self, *_args: Any, **options: Any) -> None:
        day = self._become_a_demonstration()
        call_command("prepare")
        with translation.override("fr"):
            demo = self._load()
            call_command("pages")
            self._welcome(demo, day)
        if not options["no_serve"]:
            serve = [sys.executable, "-m", "config.cli", "serve", "--with-worker"]
            os.execv(serve[0], serve)  # noqa: S606 - one program, so that signals are its own

    def _load(self) -> Demo:
        try:
            return load_demo(say=self._say)
        except NotADemonstration as refused:
            raise CommandError(str(refused)) from None

    def _become_a_demonstration(self) -> date:
        """For this process, and for the server that takes its place."""
        day = settings.GABARE_TODAY or demo_day()
        settings.GABARE_DEMO, settings.GABARE_TODAY = True, day
        environment.pass_on("DEMO", "1")
        environment.pass_on("TODAY", day.isoformat())
        return day

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _welcome(self, demo: Demo, day: date) -> None:
        site = settings.PUBLIC_URL
        links = [
            (_("un porteur"), demo.carrier),
            (_("le comité de lecture"), demo.team[TeamRole.REVIEWER]),
            (_("la responsable de l’appel"), demo.team[TeamRole.LEAD]),
        ]
        self._say("")
        said = {"day": dates.long_date(day, "fr")}
        self._say(_("La démonstration est prête, au %(day)s.") % said)
        self._say(f"  {_('le site')}\u00a0: {site}/")
        self._say(f"  {_('déposer')}\u00a0: {site}/deposer/")
        self._say(f"  {_('l’équipe')}\u00a0: {site}{reverse('desk:queue')}")
        self._say(_("Liens d’entrée, chacun pour une seule fois\u00a0:"))
        for who, person in links:
            self._say(f"  {who} ({person.email})\u00a0: {entry_address(person)}")
        self._say("")
