import io

import pytest
from django.core.management import CommandError, call_command

from gabare.people.models import Person
from tests.factories import TeamFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db


def role(*arguments, **options):
    said = io.StringIO()
    call_command("role", *arguments, stdout=said, **options)
    return said.getvalue()


def test_a_role_is_given_to_an_address_then_taken_back():
    team = TeamFactory()
    said = role("add", "Ada@example.org", "lead", name="Ada")
    assert said.split() == ["ada@example.org", "lead", "Ada"]
    assert Person.objects.get().has_perm("desk.publish", team)
    assert role("remove", "ada@example.org", "lead") == ""
    assert not Person.objects.get().has_perm("desk.read", team)


def test_several_teams_ask_which():
    first, second = TeamFactory(key="a"), TeamFactory(key="b")
    with pytest.raises(CommandError, match=r"--team.*a, b"):
        role("list")
    role("add", "ada@example.org", "editor", team="b")
    person = Person.objects.get()
    assert person.has_perm("pages.edit", second)
    assert not person.has_perm("pages.edit", first)


@pytest.mark.parametrize("arguments", [["add"], ["add", "ada@example.org"], ["add", "ada", "lead"]])
def test_what_is_missing_or_wrong_is_said_and_nothing_changes(arguments):
    TeamFactory()
    with pytest.raises(CommandError):
        role(*arguments)
    assert not Person.objects.exists()


def test_without_a_call_there_is_no_team():
    with pytest.raises(CommandError, match="importez"):
        role("list")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_whatever_its_length(count, django_assert_num_queries):
    team = TeamFactory()
    TeamMemberFactory.create_batch(count, team=team)
    with django_assert_num_queries(2):
        assert len(role("list").splitlines()) == count
