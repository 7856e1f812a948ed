"""Two leads, and a lead and a reviewer, at the same moment: one edition, no number given twice."""

import pytest

from gabare.agenda.models import Edition, Listing
from gabare.initiatives.enums import State
from gabare.initiatives.models import Initiative
from gabare.journeys.publish_edition import publish_edition
from gabare.labels.models import Label
from gabare.mail.models import Letter
from gabare.review.lifecycle import RoundRefused
from gabare.review.models import Decision, Round
from gabare.review.operations import AlreadyDecided, decide
from tests.factories import PersonFactory
from tests.review.given import IN_MAY, a_call, a_dossier, labelled

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 4


def test_an_edition_published_many_times_at_once_is_published_once(at_once):
    call = a_call()
    for rank in range(3):
        labelled(a_dossier(call, f"Atelier {rank}", "2024-06-18"))
    given = {"round_id": Round.objects.get().pk, "person": PersonFactory(), "now": IN_MAY}
    editions = at_once(publish_edition, *[given] * MANY)
    assert len({edition.pk for edition in editions}) == 1

    def counted() -> list[int]:
        return [model.objects.count() for model in (Edition, Label, Listing, Letter)]

    assert at_once(counted, {})[0] == [1, 3, 3, 3]


def test_a_decision_made_while_publishing_is_applied_or_moves_on(at_once):
    call, person = a_call(), PersonFactory()
    labelled(a_dossier(call, "Avant", "2024-06-18"))
    late = a_dossier(call, "Pendant", "2024-06-19")
    round_id = late.round_id

    def act(verb: str) -> str:
        try:
            if verb == "publish":
                publish_edition(round_id=round_id, person=person, now=IN_MAY)
            else:
                decide(
                    dossier_id=late.pk, person=person, outcome="label", criteria=["droit"],
                    scope="Tout", now=IN_MAY,
                )  # fmt: skip
        except (RoundRefused, AlreadyDecided):
            return "refused"
        return verb

    at_once(act, {"verb": "publish"}, {"verb": "decide"})

    def left() -> tuple[str, int]:
        pending = Decision.objects.filter(applied_at__isnull=True, dossier__round=round_id)
        return Initiative.objects.get(title="Pendant").state, pending.count()

    state, forgotten = at_once(left, {})[0]
    assert forgotten == 0
    assert state in {State.LABELLED, State.SUBMITTED}
