from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from gabare.people import operations
from gabare.people.enums import MemberRole, OrganisationKind, TeamRole
from gabare.people.models import Organisation, Person
from tests.factories import OrganisationFactory, PersonFactory, TeamFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 4, 2, 8, tzinfo=UTC)


def add(name, **more):
    fields = {"kind": OrganisationKind.ASSOCIATION, "now": NOW, **more}
    return operations.find_or_add_organisation(name=name, **fields)


def test_a_person_is_one_address_whatever_its_case():
    first = operations.find_or_add_person(email="Ada@Example.org ", name="", now=NOW)
    again = operations.find_or_add_person(email="ada@example.ORG", name="Ada  N.", now=NOW)
    assert first == again
    assert again.name == "Ada N."
    assert again.created_at == NOW
    assert not again.has_usable_password()


def test_a_name_that_is_known_is_kept():
    PersonFactory(email="ada@example.org", name="Ada")
    assert operations.find_or_add_person(email="ada@example.org", name="X", now=NOW).name == "Ada"


def test_the_database_refuses_the_same_address_in_another_case():
    PersonFactory(email="ada@example.org")
    with pytest.raises(IntegrityError):
        PersonFactory(email="ADA@example.org")


@pytest.mark.parametrize("email", ["", "personne", "a@b\nBcc: c@example.org"])
def test_what_is_no_address_is_refused(email):
    with pytest.raises(ValidationError):
        operations.find_or_add_person(email=email, name="", now=NOW)
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "spelling",
    ["l'atelier nantes", "L’ATELIER  –  NANTES", "L’Atelier-Nantes."],
)
def test_spellings_of_one_name_are_one_organisation(spelling):
    known = add("L’Atelier – Nantes")
    assert add(spelling) == known
    assert Organisation.objects.get().name == "L’Atelier – Nantes"


def test_names_in_any_script_make_distinct_organisations():
    names = ["東京", "Κύμα", "★★", "☂", "Café", "🤖"]
    found = {add(name).pk for name in names}
    assert len(found) == len(names)
    assert all(Organisation.objects.values_list("slug", flat=True))


def test_two_names_with_the_same_slug_have_two_addresses():
    assert add("A B").slug == "a-b"
    assert add("a/b c").slug == "ab-c"
    assert add("ab c").slug.startswith("ab-c-")


def test_what_is_known_of_an_organisation_is_completed_never_replaced():
    add("Atelier", website="https://a.example/")
    again = add("atelier", website="https://b.example/", register_number="W442000000")
    again.refresh_from_db()
    assert again.website == "https://a.example/"
    assert again.register_number == "W442000000"


def test_an_organisation_has_a_name():
    with pytest.raises(ValueError, match="name"):
        add("  ")


def test_joining_twice_keeps_the_first_role():
    organisation, person = OrganisationFactory(), PersonFactory()
    operations.join_organisation(organisation=organisation, person=person, role=MemberRole.OWNER)
    again = operations.join_organisation(organisation=organisation, person=person)
    assert again.role == MemberRole.OWNER
    assert list(organisation.members.all()) == [person]


def test_a_role_is_given_once_and_taken_back():
    team, person = TeamFactory(), PersonFactory()
    operations.give_role(team=team, person=person, role=TeamRole.EDITOR)
    operations.give_role(team=team, person=person, role=TeamRole.EDITOR)
    assert person.held_roles == {(team.pk, "editor")}
    operations.take_role(team=team, person=person, role=TeamRole.EDITOR)
    assert person.held_roles == frozenset()
