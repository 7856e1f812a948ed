from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gabare.initiatives.enums import Role, State
from gabare.initiatives.models import Initiative, Version
from gabare.initiatives.operations import move_initiative
from gabare.review import queries
from gabare.review.lifecycle import NoRoundLeft, RoundRefused
from gabare.review.models import Decision, Round
from gabare.review.operations import (
    AlreadyDecided,
    close_round,
    decide,
    enter_dossier,
    roll_over,
    undo_decision,
)
from gabare.review.validators import DecisionProblem
from tests.factories import PersonFactory
from tests.review.given import (
    IN_APRIL,
    IN_JUNE,
    IN_MAY,
    a_call,
    a_dossier,
    a_version,
    labelled,
    sent_back,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


def test_a_month_without_any_deposit_is_passed_over(call):
    entered = a_dossier(call, now=IN_MAY)
    assert entered.round.planned.key == "2024-05"
    assert queries.unpublished_round(call) == entered.round


def test_the_round_to_read_is_the_first_without_an_edition(call):
    first, second = a_dossier(call, now=IN_APRIL).round, a_dossier(call, now=IN_MAY).round
    assert queries.unpublished_round(call) == first
    close_round(round_=first, now=IN_MAY)
    assert queries.unpublished_round(call) == second


def test_no_round_is_left_after_the_last_edition(call):
    for now in (IN_APRIL, IN_MAY):
        close_round(round_=a_dossier(call, now=now).round, now=IN_JUNE)
    version = a_version(call)
    with pytest.raises(NoRoundLeft):
        enter_dossier(initiative=version.initiative, version=version, now=IN_JUNE)


def test_a_version_enters_once_in_the_round_of_its_day(call):
    version = a_version(call)
    dossier = enter_dossier(initiative=version.initiative, version=version, now=IN_APRIL)
    assert dossier.round.planned.key == "2024-04"
    assert enter_dossier(initiative=version.initiative, version=version, now=IN_MAY) == dossier


def test_a_correction_takes_the_place_of_what_is_still_to_be_read(call):
    dossier = a_dossier(call)
    first = dossier.version
    corrected = Version.objects.create(
        initiative=first.initiative, number=2, revision=first.revision, values=first.values,
        occurrences=[], carriers=[], sent_at=IN_MAY,
    )  # fmt: skip
    entered = enter_dossier(initiative=first.initiative, version=corrected, now=IN_MAY)
    assert (entered.pk, entered.version) == (dossier.pk, corrected)
    assert entered.entered_at == dossier.entered_at
    labelled(entered)
    corrected.pk, corrected.number = None, 3
    corrected.save()
    with pytest.raises(RoundRefused):
        enter_dossier(initiative=first.initiative, version=corrected, now=IN_MAY)


def test_what_comes_after_the_cut_off_enters_the_next_round(call):
    a_dossier(call, now=IN_APRIL)
    assert a_dossier(call, now=IN_MAY).round.planned.key == "2024-05"


def test_the_cut_off_is_the_end_of_the_day_in_the_call_s_zone(call):
    last_minute = IN_APRIL.replace(day=30, hour=21, minute=59)  # 23:59 in Paris
    assert a_dossier(call, now=last_minute).round.planned.key == "2024-04"
    assert a_dossier(call, now=last_minute + timedelta(minutes=2)).round.planned.key == "2024-05"


def test_what_comes_after_the_last_cut_off_joins_the_last_open_round(call):
    assert a_dossier(call, now=IN_JUNE).round.planned.key == "2024-05"


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ({"outcome": ""}, {"outcome"}),
        ({"outcome": "label"}, {"criteria", "scope"}),
        ({"outcome": "label", "criteria": ["droit"], "scope": "  "}, {"scope"}),
        ({"outcome": "label", "criteria": ["nulle-part"], "scope": "Tout"}, {"criteria"}),
        ({"outcome": "complete"}, {"message", "due_on"}),
        ({"outcome": "complete", "message": "Où ?"}, {"due_on"}),
        ({"outcome": "complete", "message": "Où ?", "due_on": date(2024, 5, 3)}, {"due_on"}),
        ({"outcome": "complete", "questions": {"summary": " "}, "due_on": date(2024, 6, 1)},
         {"message"}),
        ({"outcome": "complete", "questions": {"x": "Où ?"}, "due_on": date(2024, 6, 1)},
         {"questions"}),
        ({"outcome": "decline"}, {"reasons"}),
        ({"outcome": "decline", "reasons": ["nulle-part"]}, {"reasons"}),
    ],
)  # fmt: skip
def test_a_decision_that_says_too_little_is_refused(call, words, wrong):
    dossier = a_dossier(call)
    with pytest.raises(DecisionProblem) as problem:
        decide(dossier_id=dossier.pk, person=PersonFactory(), now=IN_MAY, **words)
    assert set(problem.value.errors) == wrong
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        {"outcome": "label", "criteria": ["droit", "biometrie"], "scope": "L’atelier"},
        {"outcome": "complete", "message": "Où ?", "due_on": date(2024, 5, 4)},
        {"outcome": "complete", "questions": {"occurrences": "À quelle heure ?"},
         "due_on": date(2024, 5, 4)},
        {"outcome": "decline", "reasons": ["hors-sujet"]},
        {"outcome": "decline", "message": "C’est un concert."},
    ],
)  # fmt: skip
def test_a_decision_waits_for_its_edition(call, words):
    dossier = a_dossier(call)
    decision = decide(dossier_id=dossier.pk, person=PersonFactory(), now=IN_MAY, **words)
    assert decision.applied_at is None
    assert Initiative.objects.get().state == State.SUBMITTED
    assert list(queries.pending_decisions(dossier.round)) == [decision]


def test_words_of_another_outcome_are_not_kept(call):
    dossier = a_dossier(call)
    decision = decide(
        dossier_id=dossier.pk, person=PersonFactory(), outcome="decline", now=IN_MAY,
        reasons=["hors-sujet"], criteria=["droit"], scope="Tout", due_on=date(2024, 6, 1),
        questions={"summary": "Où ?"},
    )  # fmt: skip
    decision.refresh_from_db()
    assert (decision.criteria, decision.scope, decision.questions) == ([], "", {})
    assert decision.due_on is None


def test_deciding_over_someone_else_takes_a_second_look(call):
    dossier, first, second = a_dossier(call), PersonFactory(), PersonFactory()
    made = labelled(dossier, first)
    with pytest.raises(AlreadyDecided) as met:
        sent_back(dossier, second, IN_MAY + timedelta(minutes=1))
    assert met.value.decision == made
    assert met.value.decision.decided_by == first
    confirmed = decide(
        dossier_id=dossier.pk, person=second, outcome="decline", reasons=["hors-sujet"],
        now=IN_MAY + timedelta(minutes=2), seen=made.decided_at,
    )  # fmt: skip
    assert Decision.objects.get() == confirmed
    assert (confirmed.outcome, confirmed.decided_by, confirmed.scope) == ("decline", second, "")


def test_a_decision_is_undone_before_its_edition_only(call):
    dossier = a_dossier(call)
    labelled(dossier)
    undo_decision(dossier_id=dossier.pk, person=PersonFactory(), now=IN_MAY)
    assert not Decision.objects.exists()
    labelled(dossier)
    close_round(round_=Round.objects.get(), now=IN_MAY)
    with pytest.raises(RoundRefused):
        undo_decision(dossier_id=dossier.pk, person=PersonFactory(), now=IN_MAY)
    with pytest.raises(RoundRefused):
        labelled(dossier)


def test_a_withdrawn_initiative_leaves_the_queue(call):
    dossier, other = a_dossier(call, "Retirée"), a_dossier(call, "Gardée")
    labelled(dossier)
    move_initiative(
        initiative_id=dossier.initiative_id, move="withdraw", role=Role.CARRIER,
        actor=None, now=IN_MAY,
    )  # fmt: skip
    assert list(queries.queue(dossier.round, reader=None)) == [other]
    assert not queries.pending_decisions(dossier.round).exists()
    assert queries.tally(dossier.round, reader=None) == queries.Tally(
        to_read=1, to_advise=1, decided=0, awaiting=0, withdrawn=1
    )
    with pytest.raises(RoundRefused):
        labelled(dossier)


def test_undecided_dossiers_move_to_the_next_round(call):
    decided, undecided = a_dossier(call), a_dossier(call, "Plus tard")
    labelled(decided)
    assert roll_over(round_=decided.round, now=IN_MAY) == [undecided]
    undecided.refresh_from_db()
    assert undecided.round.planned.key == "2024-05"
    assert list(queries.queue(decided.round, reader=None)) == [decided]


def test_nothing_rolls_over_beyond_the_last_round(call):
    dossier = a_dossier(call, now=IN_JUNE)
    with pytest.raises(NoRoundLeft):
        roll_over(round_=dossier.round, now=IN_JUNE)


@pytest.mark.parametrize("many", [1, 3])
def test_the_queue_takes_three_queries_whatever_its_length(call, many):
    for rank in range(many):
        labelled(a_dossier(call, f"Atelier {rank}"))
    with CaptureQueriesContext(
        connection,
    ) as seen:
        for dossier in queries.queue(Round.objects.get(), reader=None):
            str(dossier.initiative.axis.short), str(dossier.decision.decided_by)
            [carrier.organisation.name for carrier in dossier.initiative.carriers.all()]
    assert len(seen) == 3


@pytest.mark.parametrize("many", [1, 3])
def test_pending_decisions_take_one_query(call, many, django_assert_num_queries):
    dossiers = [a_dossier(call, f"Atelier {rank}") for rank in range(many)]
    for dossier in dossiers:
        labelled(dossier)
    with django_assert_num_queries(1):
        titles = [d.dossier.initiative.title for d in queries.pending_decisions(dossiers[0].round)]
    assert len(titles) == many
