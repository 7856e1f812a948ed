from django.db.models import QuerySet

from gabare.people.models import Person, Team, TeamMember


def person_at(email: str) -> Person | None:
    return Person.objects.filter(email=email.strip().lower()).first()


def team_members(team: Team) -> QuerySet[TeamMember]:
    """One row a role, with its person; a person may hold several roles."""
    return team.members.select_related("person").order_by("person__name", "person__email", "role")
