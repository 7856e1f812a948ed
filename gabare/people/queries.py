from django.db.models import QuerySet

from gabare.people.models import Organisation, Person, Team, TeamMember
from gabare.people.validators import folded_name


def person_at(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower()).first()


def organisation_named(name: str) -> Organisation | None:
    return Organisation.objects.filter(folded_name=folded_name(name)).first()


def organisations_of(person: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__person=person)


def team_members(team: Team) -> QuerySet[TeamMember]:
    """One row a role, with its person; a person may hold several roles."""
    return team.members.select_related("person").order_by("person__name", "person__email", "role")
