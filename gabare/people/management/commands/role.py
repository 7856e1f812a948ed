"""`gabare role`: who holds a call. The people themselves then sign in with a code."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gabare.foundation import clock
from gabare.people.enums import TeamRole
from gabare.people.models import Team
from gabare.people.operations import find_or_add_person, give_role, take_role
from gabare.people.queries import team_members


class Command(BaseCommand):
    help = "Donne un rôle à une adresse, le retire, ou liste les rôles."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["add", "remove", "list"])
        parser.add_argument("email", nargs="?", default="")
        parser.add_argument("role", nargs="?", choices=TeamRole.values)
        parser.add_argument("--team", default="", help="Clé de l’équipe, s’il y en a plusieurs.")
        parser.add_argument("--name", default="")

    def handle(
        self, *, action: str, email: str, role: str, team: str, name: str, **_o: Any
    ) -> None:
        chosen = the_team(team)
        if action != "list":
            if not email or not role:
                raise CommandError(_("Donnez une adresse et un rôle, par exemple lead."))
            try:
                now = clock.now()
                person = find_or_add_person(email=email, name=name, now=now)
            except ValidationError as error:
                raise CommandError(f"{email}\u00a0: {error.messages[0]}") from error
            change = give_role if action == "add" else take_role
            change(team=chosen, person=person, role=TeamRole(role), now=now)
        for member in team_members(chosen):
            self.stdout.write(f"{member.person.email:<32} {member.role:<9} {member.person.name}")


def the_team(key: str) -> Team:
    teams = list(Team.objects.filter(key=key) if key else Team.objects.order_by("key"))
    if len(teams) == 1:
        return teams[0]
    known = ", ".join(Team.objects.order_by("key").values_list("key", flat=True))
    if not known:
        raise CommandError(_("Aucune équipe encore\u00a0: importez d’abord un appel."))
    raise CommandError(_("Dites laquelle avec --team\u00a0: %(known)s.") % {"known": known})
