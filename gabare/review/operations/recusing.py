"""Keeping a person from an initiative, and letting them back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gabare.foundation.operations import record
from gabare.initiatives.models import Initiative
from gabare.people.models import Person
from gabare.review.enums import ReviewTrace, RoundState
from gabare.review.models import Decision, Dossier, Recusal
from gabare.review.operations.rounds import lock_round, take_back
from gabare.review.validators import RecusalProblem


@transaction.atomic
def recuse(
    *, initiative: Initiative, person: Person, why: str, noted_by: Person, now: datetime
) -> Recusal:
    """Keep the person from the initiative: they meet it nowhere on the desk any more.

    What they advised is kept and set aside; a decision of theirs that no edition has applied is
    taken back, so that the dossier is read again. Recusing again changes nothing. Raises
    `RecusalProblem` when no reason is given.
    """
    said = why.strip()
    if not said:
        raise RecusalProblem({"why": _("Dites en quelques mots pourquoi.")})
    found = Dossier.objects.filter(initiative=initiative, round__state=RoundState.OPEN).first()
    if found is not None:
        lock_round(found.round_id)
    recusal, new = Recusal.objects.get_or_create(
        person=person, initiative=initiative, lifted_at=None,
        defaults={"why": said, "noted_by": noted_by, "since": now},
    )  # fmt: skip
    if new:
        _record(ReviewTrace.RECUSED, recusal, noted_by, now)
    if found is not None and Decision.objects.filter(dossier=found, decided_by=person).exists():
        take_back(dossier=found, person=noted_by, now=now)
    return recusal


@transaction.atomic
def lift_recusal(*, recusal_id: int, person: Person, now: datetime) -> Recusal:
    """Let the person read the initiative again, unless another tie keeps them from it."""
    recusal = Recusal.objects.select_for_update().get(pk=recusal_id)
    if recusal.lifted_at is None:
        recusal.lifted_at, recusal.lifted_by = now, person
        recusal.save(update_fields=["lifted_at", "lifted_by"])
        _record(ReviewTrace.LIFTED, recusal, person, now)
    return recusal


def _record(verb: ReviewTrace, recusal: Recusal, actor: Person, now: datetime) -> None:
    initiative = recusal.initiative
    record(
        actor=actor, verb=verb, about=f"initiative:{initiative.public_id}",
        owner=f"call:{initiative.call.key}", detail={"person": recusal.person_id}, now=now,
    )  # fmt: skip
