"""Rows for tests, with the least that the database asks for."""

import factory

from gabare.people.enums import OrganisationKind, TeamRole
from gabare.people.models import Organisation, Person, Team, TeamMember
from gabare.people.validators import folded_name


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    name = factory.Sequence(lambda n: f"Personne {n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Association {n}")
    folded_name = factory.LazyAttribute(lambda made: folded_name(made.name))
    slug = factory.Sequence(lambda n: f"association-{n}")
    kind = OrganisationKind.ASSOCIATION


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    key = factory.Sequence(lambda n: f"equipe-{n}")
    name = factory.Sequence(lambda n: f"Équipe {n}")


class TeamMemberFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TeamMember

    team = factory.SubFactory(TeamFactory)
    person = factory.SubFactory(PersonFactory)
    role = TeamRole.REVIEWER
