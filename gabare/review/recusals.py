"""Who must not read what: declared, or found from mandates and organisations, past ones too.

A recused person meets the dossier in no list, no count, no search and no letter of the desk. So
every query of the desk takes its reader, and goes through `recused_from` or `is_recused`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from gabare.initiatives.enums import CarrierRole
from gabare.initiatives.models import Carrier, Initiative, Mandate
from gabare.people.enums import TeamRole
from gabare.people.models import Membership, Person
from gabare.review.enums import Tie
from gabare.review.models import Dossier, Recusal, Round


@dataclass(frozen=True)
class Recused:
    """One reader who is kept from one dossier, and why. `recusal` where it was declared."""

    person: Person
    dossier: Dossier
    tie: Tie
    recusal: Recusal | None = None


def recused_from(person: Any) -> QuerySet[Initiative]:
    """What this person must not read: initiatives, for an `__in`. One subquery, no list of ids."""
    declared = Recusal.objects.filter(person=person, lifted_at__isnull=True)
    acts_for = Mandate.objects.filter(person=person)
    belongs = Carrier.objects.filter(organisation__memberships__person=person)
    return Initiative.objects.filter(
        Q(pk__in=declared.values("initiative"))
        | Q(pk__in=acts_for.values("initiative"))
        | Q(pk__in=belongs.values("initiative"))
    )


def is_recused(person: Any, initiative: Initiative) -> bool:
    return recused_from(person).filter(pk=initiative.pk).exists()


def recused_people(initiative: Initiative) -> QuerySet[Person]:
    """Everybody whom something keeps from this initiative."""
    declared = Recusal.objects.filter(initiative=initiative, lifted_at__isnull=True)
    carriers = Carrier.objects.filter(initiative=initiative).values("organisation")
    belongs = Membership.objects.filter(organisation__in=carriers)
    return Person.objects.filter(
        Q(pk__in=declared.values("person"))
        | Q(pk__in=Mandate.objects.filter(initiative=initiative).values("person"))
        | Q(pk__in=belongs.values("person"))
    )


def recused_in(round_: Round, *, reader: Any) -> list[Recused]:
    """Every reader of the team who is kept from a dossier of the round, but for those dossiers
    that `reader` must not know of. Five queries, whatever the number of people and dossiers."""
    dossiers = {
        dossier.initiative_id: dossier
        for dossier in Dossier.objects.filter(round=round_)
        .exclude(initiative__in=recused_from(reader))
        .select_related("initiative")
        .order_by("entered_at", "pk")
    }
    readers = readers_of(round_)
    found = {
        (person_id, initiative_id): (tie, recusal)
        for person_id, initiative_id, tie, recusal in _ties(list(dossiers), list(readers))
    }
    return [
        Recused(readers[person_id], dossiers[initiative_id], tie, recusal)
        for (person_id, initiative_id), (tie, recusal) in found.items()
    ]


def readers_of(round_: Round) -> dict[int, Person]:
    """Who may read and decide for the round's call, by id, in order of name."""
    roles = [TeamRole.LEAD, TeamRole.REVIEWER]
    people = Person.objects.filter(
        team_roles__team=round_.planned.call.team_id, team_roles__role__in=roles, is_active=True
    )
    return {person.pk: person for person in people.distinct().order_by("name", "pk")}


Found = tuple[int, int, Tie, Recusal | None]  # person, initiative, why


def _ties(initiatives: Iterable[int], people: Iterable[int]) -> Iterator[Found]:
    """The weakest tie first: of two for one person and one initiative, the last one is shown."""
    carriers: dict[int, list[Carrier]] = {}
    for carrier in Carrier.objects.filter(initiative__in=initiatives):
        carriers.setdefault(carrier.organisation_id, []).append(carrier)
    memberships = Membership.objects.filter(organisation__in=carriers, person__in=people)
    ties = [
        (membership.person_id, carrier.initiative_id, _tie(membership, carrier), None)
        for membership in memberships
        for carrier in carriers[membership.organisation_id]
    ]
    strength = [Tie.PAST, Tie.PARTNER, Tie.LEAD]
    yield from sorted(ties, key=lambda found: strength.index(found[2]))
    for mandate in Mandate.objects.filter(initiative__in=initiatives, person__in=people):
        yield mandate.person_id, mandate.initiative_id, Tie.MANDATE, None
    declared = Recusal.objects.filter(
        initiative__in=initiatives, person__in=people, lifted_at__isnull=True
    )
    for recusal in declared.select_related("noted_by"):
        yield recusal.person_id, recusal.initiative_id, Tie.DECLARED, recusal


def _tie(membership: Membership, carrier: Carrier) -> Tie:
    if membership.ended_at is not None:
        return Tie.PAST
    return Tie.LEAD if carrier.role == CarrierRole.LEAD else Tie.PARTNER
