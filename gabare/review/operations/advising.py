"""Opinions of readers. The decision is the sitting's: nothing here decides anything."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from gabare.calls.queries import compass_in_force
from gabare.initiatives.queries import public_record
from gabare.people.models import Person
from gabare.review.enums import ReviewTrace
from gabare.review.models import Advice, Dossier
from gabare.review.operations.rounds import open_dossier, record_about, refuse_recused
from gabare.review.validators import AdviceProblem, AdviceWords, check_advice


class StaleVersion(Exception):
    """The carrier sent another version while the reader was writing. `dossier` holds it."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__(f"{dossier} is now version {dossier.version.number}")
        self.dossier = dossier


@transaction.atomic
def give_advice(
    *, dossier_id: int, person: Person, words: AdviceWords, seen_version: int, now: datetime
) -> Advice:
    """Write a reader's opinion of the version they had before their eyes (`seen_version`, a pk).

    Thinking again adds an advice, and the same words again add nothing: nothing is overwritten.
    Raises `AdviceProblem` (by field), `StaleVersion`, `RoundRefused` (published, withdrawn,
    recused).
    """
    dossier = open_dossier(dossier_id)
    refuse_recused(person, dossier)
    if dossier.version_id != seen_version:
        raise StaleVersion(dossier)
    words = words.kept()
    compass = {
        criterion.key for criterion in compass_in_force(dossier.round.planned.call).criteria.all()
    }
    errors = check_advice(words, claimed=public_record(dossier.version).criteria, compass=compass)
    if errors:
        raise AdviceProblem(errors)
    mine = Advice.objects.filter(round=dossier.round_id, version=dossier.version_id, reader=person)
    last = mine.order_by("number").last()
    if last is not None and AdviceWords.of(last) == words:
        return last
    record_about(
        verb=ReviewTrace.ADVISED, dossier=dossier, person=person, now=now,
        abstains=words.abstains,
    )  # fmt: skip
    return Advice.objects.create(
        dossier=dossier, version_id=dossier.version_id, round_id=dossier.round_id, reader=person,
        number=(mine.aggregate(last=Max("number"))["last"] or 0) + 1, given_at=now, **vars(words),
    )  # fmt: skip
