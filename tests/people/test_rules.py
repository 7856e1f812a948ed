"""Every permission × every role, word for word."""

import pytest
from django.contrib.auth.models import AnonymousUser

from gabare.people.enums import TeamRole
from tests.factories import PersonFactory, TeamFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db

#                             lead  reviewer editor stranger
MATRIX = {
    "desk.read":             ("yes", "yes", "yes", "no"),
    "desk.decide":           ("yes", "yes", "no",  "no"),
    "desk.publish":          ("yes", "no",  "no",  "no"),
    "pages.edit":            ("yes", "no",  "yes", "no"),
}  # fmt: skip
ROLES = [TeamRole.LEAD, TeamRole.REVIEWER, TeamRole.EDITOR, None]
CASES = [
    (permission, role, answers[place] == "yes")
    for permission, answers in MATRIX.items()
    for place, role in enumerate(ROLES)
]


class Held:
    """Anything that a team holds, as a call is."""

    def __init__(self, team):
        self.team_id = team.pk


def someone(role, team):
    return TeamMemberFactory(team=team, role=role).person if role else PersonFactory()


@pytest.mark.parametrize(("permission", "role", "expected"), CASES)
def test_permission_for_role(permission, role, expected):
    team = TeamFactory()
    person = someone(role, team)
    assert person.has_perm(permission, team) is expected
    assert person.has_perm(permission, Held(team)) is expected
    assert person.has_perm(permission) is expected


@pytest.mark.parametrize("permission", MATRIX)
def test_a_role_in_one_team_opens_nothing_of_another(permission):
    person = TeamMemberFactory(role=TeamRole.LEAD).person
    assert not person.has_perm(permission, TeamFactory())


@pytest.mark.parametrize("permission", MATRIX)
def test_nobody_and_the_closed_account_may_nothing(permission):
    team = TeamFactory()
    closed = TeamMemberFactory(team=team, role=TeamRole.LEAD, person__is_active=False).person
    assert not AnonymousUser().has_perm(permission, team)
    assert not closed.has_perm(permission, team)


@pytest.mark.parametrize("permission", MATRIX)
def test_a_superuser_may_everything(permission):
    assert PersonFactory(is_superuser=True).has_perm(permission, TeamFactory())


def test_many_questions_cost_one_query(django_assert_num_queries):
    team = TeamFactory()
    person = TeamMemberFactory(team=team, role=TeamRole.LEAD).person
    with django_assert_num_queries(1):
        for _ in range(3):
            assert person.has_perm("desk.read", team)
            assert person.has_perm("desk.publish", team)
