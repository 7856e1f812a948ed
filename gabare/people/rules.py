"""Who may do what, in one place. Tested as `person.has_perm("desk.read", call)`.

The object is a team or anything that has one (a call); without an object, the question is
"for any team at all?", which is what a menu asks.
"""

from typing import Any

import rules

from gabare.people.enums import TeamRole
from gabare.people.models import Team


def _holds(person: Any, thing: Any, roles: set[TeamRole]) -> bool:
    if not getattr(person, "is_active", False):
        return False
    held = person.held_roles
    if thing is None:
        return any(role in roles for _team, role in held)
    team_id = thing.pk if isinstance(thing, Team) else thing.team_id
    return any((team_id, role) in held for role in roles)


@rules.predicate
def is_lead(person: Any, thing: Any = None) -> bool:
    return _holds(person, thing, {TeamRole.LEAD})


@rules.predicate
def is_reviewer(person: Any, thing: Any = None) -> bool:
    return _holds(person, thing, {TeamRole.REVIEWER})


@rules.predicate
def is_editor(person: Any, thing: Any = None) -> bool:
    return _holds(person, thing, {TeamRole.EDITOR})


@rules.predicate
def is_team(person: Any, thing: Any = None) -> bool:
    return _holds(person, thing, set(TeamRole))


PERMISSIONS = {
    "desk.read": is_team,
    "desk.advise": is_lead | is_reviewer,
    "desk.decide": is_lead | is_reviewer,
    "desk.recuse": is_lead,
    "desk.publish": is_lead,
    "trace.read": is_lead,
    "pages.edit": is_lead | is_editor,
}
for name, predicate in PERMISSIONS.items():
    if not rules.perm_exists(name):
        rules.add_perm(name, predicate)
