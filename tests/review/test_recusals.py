import pytest
from django.db import IntegrityError, transaction

from gabare.initiatives.models import Carrier, Mandate
from gabare.people.operations import give_role, join_organisation, leave_organisation
from gabare.review import queries
from gabare.review.enums import Tie
from gabare.review.lifecycle import RoundRefused
from gabare.review.models import Decision, Recusal, Round
from gabare.review.operations import lift_recusal, recuse, undo_decision
from gabare.review.recusals import is_recused, recused_in
from gabare.review.validators import RecusalProblem
from tests.factories import OrganisationFactory, PersonFactory
from tests.review.given import IN_APRIL, IN_MAY, a_call, a_dossier, labelled

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def reader(call):
    person = PersonFactory(name="Relectrice")
    give_role(team=call.team, person=person, role="reviewer")
    return person


@pytest.fixture
def lead(call):
    person = PersonFactory(name="Responsable")
    give_role(team=call.team, person=person, role="lead")
    return person


def carried_by(dossier, role):
    """An organisation that carries it, as its lead or as one more partner."""
    organisation, carriers = (
        OrganisationFactory(),
        Carrier.objects.filter(initiative=dossier.initiative),
    )
    if role == "lead":
        carriers.filter(role="lead").update(organisation=organisation)
    else:
        carriers.create(
            initiative=dossier.initiative, organisation=organisation, role=role, position=9
        )
    return organisation


def recused(dossier, person, why="Je travaille avec eux", noted_by=None):
    return recuse(
        initiative=dossier.initiative, person=person, why=why, noted_by=noted_by or person,
        now=IN_APRIL,
    )  # fmt: skip


def ties(reader):
    found = recused_in(Round.objects.get(), reader=reader)
    return [(each.person.name, str(each.dossier.initiative), each.tie) for each in found]


@pytest.mark.parametrize(("role", "tie"), [("lead", Tie.LEAD), ("partner", Tie.PARTNER)])
def test_a_member_of_a_carrier_is_recused_and_stays_so_after_leaving(call, reader, lead, role, tie):
    dossier = a_dossier(call)
    organisation = carried_by(dossier, role)
    assert not is_recused(reader, dossier.initiative)
    join_organisation(organisation=organisation, person=reader)
    assert is_recused(reader, dossier.initiative)
    assert ties(lead) == [("Relectrice", "Atelier", tie)]
    leave_organisation(organisation=organisation, person=reader, now=IN_MAY)
    assert is_recused(reader, dossier.initiative)
    assert ties(lead) == [("Relectrice", "Atelier", Tie.PAST)]
    join_organisation(organisation=organisation, person=reader)
    assert ties(lead) == [("Relectrice", "Atelier", tie)]


def test_who_acts_for_an_initiative_does_not_read_it(call, reader, lead):
    dossier = a_dossier(call)
    Mandate.objects.create(initiative=dossier.initiative, person=reader, role="owner")
    assert ties(lead) == [("Relectrice", "Atelier", Tie.MANDATE)]
    assert is_recused(reader, dossier.initiative)


def test_a_recusal_is_said_once_and_lifted_by_name(call, reader, lead):
    dossier = a_dossier(call)
    first = recused(dossier, reader, noted_by=lead)
    assert recused(dossier, reader) == first
    assert ties(lead) == [("Relectrice", "Atelier", Tie.DECLARED)]
    lift_recusal(recusal_id=first.pk, person=lead, now=IN_MAY)
    assert not is_recused(reader, dossier.initiative)
    assert recused(dossier, reader) != first  # said again: both are kept
    assert Recusal.objects.count() == 2


def test_a_recusal_says_why(call, reader):
    dossier = a_dossier(call)
    with pytest.raises(RecusalProblem):
        recused(dossier, reader, why="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recusal.objects.create(
            initiative=dossier.initiative, person=reader, noted_by=reader, since=IN_MAY, why=""
        )


def test_the_lead_does_not_read_who_is_kept_from_what_they_are_kept_from(call, reader, lead):
    dossier = a_dossier(call)
    recused(dossier, reader)
    recused(dossier, lead)
    assert ties(lead) == []


def test_a_pending_decision_of_who_is_recused_is_taken_back(call, reader):
    dossier, other = a_dossier(call), a_dossier(call, "Autre")
    labelled(dossier, reader)
    labelled(other, reader)
    recused(dossier, reader)
    assert [decision.dossier for decision in Decision.objects.all()] == [other]


def test_who_is_recused_neither_decides_nor_undoes(call, reader):
    dossier = a_dossier(call)
    recused(dossier, reader)
    with pytest.raises(RoundRefused):
        labelled(dossier, reader)
    labelled(dossier)
    with pytest.raises(RoundRefused):
        undo_decision(dossier_id=dossier.pk, person=reader, now=IN_MAY)
    assert Decision.objects.exists()


def test_every_query_of_the_desk_leaves_it_out(call, reader):
    kept_from, other = a_dossier(call, "Cachée"), a_dossier(call, "Lisible")
    recused(kept_from, reader)
    round_ = Round.objects.get()
    assert list(queries.queue(round_, reader=reader)) == [other]
    assert list(queries.undecided(round_, reader=reader)) == [other]
    assert queries.dossier(kept_from.pk, reader=reader) is None
    assert queries.tally(round_, reader=reader).to_read == 1
    labelled(kept_from)
    assert queries.tally(round_, reader=reader).decided == 0
    assert not queries.pending_decisions(round_, reader=reader).exists()
    assert queries.pending_decisions(round_).count() == 1
    assert queries.hides_some(round_, reader=reader)


@pytest.mark.parametrize("many", [1, 3])
def test_who_is_recused_from_what_takes_six_queries(call, lead, many, django_assert_num_queries):
    for rank in range(many):
        dossier = a_dossier(call, f"Atelier {rank}")
        person = PersonFactory()
        give_role(team=call.team, person=person, role="reviewer")
        join_organisation(organisation=carried_by(dossier, "lead"), person=person)
        other = PersonFactory()
        give_role(team=call.team, person=other, role="reviewer")
        recused(dossier, other)
    round_ = queries.round_by_id(Round.objects.get().pk)
    with django_assert_num_queries(6):
        assert len(recused_in(round_, reader=lead)) == 2 * many
