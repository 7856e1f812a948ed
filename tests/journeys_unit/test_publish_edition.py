from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from gabare.agenda.models import Edition, Listing
from gabare.calls.models import PlannedRound
from gabare.initiatives.enums import Role, State
from gabare.initiatives.models import Initiative, StateChange
from gabare.initiatives.operations import move_initiative
from gabare.journeys.publish_edition import label_period, plan_edition, publish_edition
from gabare.labels.models import Label, LabelCounter
from gabare.mail.models import Letter
from gabare.review.lifecycle import NoRoundLeft
from gabare.review.models import Decision, Dossier, Round
from gabare.review.operations import decide
from gabare.review.validators import DecisionProblem
from tests.factories import PersonFactory
from tests.journeys_unit.faults import broken, rows_of_everything
from tests.review.given import (
    IN_APRIL,
    IN_JUNE,
    IN_MAY,
    a_call,
    a_dossier,
    declined,
    deferred,
    labelled,
    sent_back,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def round_(call):
    """One of each decision, and one dossier that nobody decided."""
    labelled(a_dossier(call, "Retenue", "2024-06-18T14:00", "2024-06-19"))
    sent_back(a_dossier(call, "À compléter"))
    declined(a_dossier(call, "Déclinée"))
    a_dossier(call, "Pas encore lue")
    return Round.objects.get()


def published(round_, now=IN_MAY):
    return publish_edition(round_id=round_.pk, person=PersonFactory(), now=now)


def test_an_edition_applies_every_decision(round_):
    edition = published(round_)
    assert (edition.key, edition.counts) == (
        "2024-04",
        {"label": 1, "complete": 1, "defer": 0, "decline": 1},
    )
    states = dict(Initiative.objects.values_list("title", "state"))
    assert states == {
        "Retenue": State.LABELLED,
        "À compléter": State.TO_COMPLETE,
        "Déclinée": State.DECLINED,
        "Pas encore lue": State.SUBMITTED,
    }
    label = Label.objects.get()
    assert (label.number, label.scope) == ("2024-001", "L’atelier et ses supports")
    assert (label.starts_on, label.ends_on) == (date(2024, 5, 3), date(2024, 9, 30))
    assert [row.label_number for row in Listing.objects.all()] == ["2024-001", "2024-001"]
    assert {row.edition_key for row in Listing.objects.all()} == {"2024-04"}
    assert StateChange.objects.filter(role=Role.EDITION).count() == 3
    assert not Decision.objects.filter(applied_at__isnull=True).exists()


def test_each_letter_says_what_was_decided(round_):
    published(round_)
    letters = {letter.key: letter for letter in Letter.objects.all()}
    assert set(letters) == {"labelled", "to-complete", "declined"}
    assert "2024-001" in letters["labelled"].text
    assert "L’atelier et ses supports\nBravo." in letters["labelled"].text
    assert "- Question summary\u00a0: Dites où." in letters["to-complete"].text
    assert "jeudi\u00a023\u00a0mai\u00a02024" in letters["to-complete"].text
    assert "- Motif hors-territoire" in letters["declined"].text


def test_what_is_undecided_moves_to_the_next_round(round_):
    published(round_)
    assert Dossier.objects.get(decision__isnull=True).round.planned.key == "2024-05"
    assert Round.objects.get(planned__key="2024-04").state == "published"


def test_a_withdrawn_initiative_is_left_alone(call, round_):
    withdrawn = Initiative.objects.get(title="Retenue")
    move_initiative(
        initiative_id=withdrawn.pk, move="withdraw", role=Role.CARRIER, actor=None, now=IN_MAY
    )
    assert published(round_).counts["label"] == 0
    withdrawn.refresh_from_db()
    assert withdrawn.state == State.WITHDRAWN
    assert not Label.objects.exists()


def test_publishing_twice_changes_nothing(round_):
    edition = published(round_)
    again = PersonFactory()
    before = rows_of_everything()
    later = IN_MAY + timedelta(days=1)
    assert publish_edition(round_id=round_.pk, person=again, now=later) == edition
    assert rows_of_everything() == before


def test_an_edition_without_a_decision_is_published_empty(call):
    a_dossier(call)
    edition = published(Round.objects.get())
    assert edition.counts == {"label": 0, "complete": 0, "defer": 0, "decline": 0}


def test_the_last_round_is_not_published_with_something_undecided(call):
    dossier = a_dossier(call, now=IN_JUNE)
    with pytest.raises(NoRoundLeft):
        published(dossier.round, IN_JUNE)
    assert not Edition.objects.exists()
    labelled(dossier, now=IN_JUNE)
    assert published(dossier.round, IN_JUNE).counts["label"] == 1


def test_the_plan_says_what_will_happen(round_, django_assert_num_queries):
    read = round_from(round_)
    reader = PersonFactory()
    with django_assert_num_queries(8):
        plan = plan_edition(round_=read, reader=reader, now=IN_APRIL)
    assert plan.is_early
    assert [step.label_number for step in plan.steps] == ["2024-001", "", ""]
    assert (plan.letters, len(plan.carried_over)) == (3, 1)
    assert plan.next_round.key == "2024-05"
    edition = published(round_)
    assert edition.counts == {o: len(plan.of(o)) for o in ("label", "complete", "defer", "decline")}
    assert Label.objects.get().number == "2024-001"


def test_the_plan_of_many_asks_no_more_queries(call, django_assert_num_queries):
    for rank in range(3):
        labelled(a_dossier(call, f"Atelier {rank}"))
    a_dossier(call)
    read = round_from(Round.objects.get())
    reader = PersonFactory()
    with django_assert_num_queries(8):
        plan = plan_edition(round_=read, reader=reader, now=IN_JUNE)
    assert [step.label_number for step in plan.steps] == ["2024-001", "2024-002", "2024-003"]
    assert not plan.is_early


def round_from(round_):
    return Round.objects.select_related("planned__call", "planned__wave").get(pk=round_.pk)


def test_a_label_given_after_its_wave_lasts_until_the_end_of_the_round_s(call):
    initiative = a_dossier(call).initiative
    later = PlannedRound(call=call, wave=call.waves.get(), key="2024-05")
    assert label_period(initiative, later, date(2024, 6, 3)) == (
        date(2024, 6, 3), date(2024, 9, 30),
    )  # fmt: skip
    assert label_period(initiative, later, date(2024, 10, 7)) == (
        date(2024, 10, 7), date(2024, 10, 7),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("table", "verb", "writes"),
    [
        ("labels_labelcounter", "INSERT", 1),
        ("labels_labelcounter", "UPDATE", 2),
        ("labels_label", "INSERT", 2),
        ("initiatives_initiative", "UPDATE", 4),
        ("initiatives_statechange", "INSERT", 4),
        ("mail_letter", "INSERT", 4),
        ("django_tasks_database_dbtaskresult", "INSERT", 4),
        ("agenda_listing", "INSERT", 2),
        ("agenda_generation", "INSERT", 1),
        ("agenda_generation", "UPDATE", 2),
        ("agenda_edition", "INSERT", 1),
        ("review_decision", "UPDATE", 4),
        ("review_round", "INSERT", 1),
        ("review_dossier", "UPDATE", 2),
        ("review_round", "UPDATE", 1),
    ],
)
def test_a_failure_at_any_row_changes_nothing(call, table, verb, writes):
    """The database itself refuses the n-th row that the edition writes, for every n."""
    for rank in range(2):
        labelled(a_dossier(call, f"Retenue {rank}", "2024-06-18"))
        sent_back(a_dossier(call, f"À compléter {rank}"))
    a_dossier(call, "Pas encore lue")
    a_dossier(call, "Pas encore lue non plus")
    round_ = Round.objects.get()
    lead = PersonFactory()
    before = rows_of_everything()
    for nth in range(1, writes + 1):
        with broken(table, verb, nth), pytest.raises(DatabaseError), transaction.atomic():
            publish_edition(round_id=round_.pk, person=lead, now=IN_MAY)
        assert rows_of_everything() == before
    assert published(round_).counts == {"label": 2, "complete": 2, "defer": 0, "decline": 0}


def test_two_hundred_decisions_leave_in_one_edition(call):
    for rank in range(200):
        labelled(
            a_dossier(call, f"Atelier {rank}", "2024-06-18T14:00", f"2024-07-{rank % 28 + 1:02d}")
        )
    published(Round.objects.get())
    assert LabelCounter.objects.get(year=2024).last == 200
    assert Listing.objects.count() == 400


def test_a_deferred_dossier_is_read_again_and_its_decision_stays(call):
    dossier = a_dossier(call)
    deferred(dossier)
    edition = published(dossier.round, IN_MAY)
    assert edition.counts["defer"] == 1
    again = Dossier.objects.exclude(pk=dossier.pk).get()
    assert (again.round.planned.key, again.version) == ("2024-05", dossier.version)
    assert again.initiative.state == State.SUBMITTED
    assert not hasattr(again, "decision")
    assert Dossier.objects.get(pk=dossier.pk).decision.applied_at == IN_MAY
    letter = Letter.objects.get()
    assert "Il nous manque un avis." in letter.text
    assert "de mai 2024" in letter.text.replace("\u00a0", " ")
    labelled(again)
    assert published(again.round, IN_JUNE).counts["label"] == 1


def test_a_deferral_needs_a_round_to_come(call):
    dossier = a_dossier(call, now=IN_JUNE)
    with pytest.raises(DecisionProblem) as met:
        deferred(dossier, now=IN_JUNE)
    assert set(met.value.errors) == {"outcome"}


def test_a_deferral_says_why(call):
    dossier = a_dossier(call)
    with pytest.raises(DecisionProblem) as met:
        decide(
            dossier_id=dossier.pk, person=PersonFactory(), outcome="defer", message=" ", now=IN_MAY
        )
    assert set(met.value.errors) == {"message"}
