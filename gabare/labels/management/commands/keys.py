"""`gabare keys`: the keys that sign labels. Which one is current, and how to change it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from gabare.foundation import clock
from gabare.labels.operations import ensure_signing_key, rotate_signing_key
from gabare.labels.queries import signing_keys


class Command(BaseCommand):
    help = "Liste les clés qui signent les labels, ou en change (rotate)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["list", "rotate"])

    def handle(self, *, action: str, **_options: Any) -> None:
        change = rotate_signing_key if action == "rotate" else ensure_signing_key
        change(now=clock.machine_now())
        for key in signing_keys():
            since = f"{key.created_at:%Y-%m-%d}"
            until = f"{key.retired_at:%Y-%m-%d}" if key.retired_at else _("signe aujourd’hui")
            self.stdout.write(f"{key.public_id}  {key.algorithm}  {since}  {until}")
        if action == "rotate":
            self.stdout.write(_("Ce que les anciennes clés ont signé reste valable."))
