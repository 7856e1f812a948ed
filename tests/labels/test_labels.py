from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gabare.labels.enums import LabelState
from gabare.labels.models import Label
from gabare.labels.operations import grant_label
from gabare.labels.queries import coming_numbers, label_by_number, labels_of, labels_of_call
from gabare.labels.rules import state_on
from tests.agenda.given import NOW, a_call, an_initiative

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


def granted(version, *, starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30)):
    return grant_label(
        initiative=version.initiative, version=version, edition_key="2024-05",
        scope="L’atelier", criteria=["droit"], starts_on=starts_on, ends_on=ends_on, now=NOW,
    )  # fmt: skip


def test_numbers_follow_one_another_within_a_year(call):
    numbers = [granted(an_initiative(call, f"Atelier {n}")).number for n in range(3)]
    assert numbers == ["2024-001", "2024-002", "2024-003"]
    later = granted(an_initiative(call), starts_on=date(2025, 1, 7), ends_on=date(2025, 4, 30))
    assert later.number == "2025-001"
    assert coming_numbers(2024, 2) == ["2024-004", "2024-005"]
    assert coming_numbers(2026, 1) == ["2026-001"]


def test_two_calls_never_share_a_number(call):
    other = a_call("rennes", current=False)
    assert granted(an_initiative(call)).number != granted(an_initiative(other)).number


def test_a_number_taken_in_a_transaction_that_fails_leaves_no_gap(call):
    first = granted(an_initiative(call))
    with transaction.atomic():
        granted(an_initiative(call))
        transaction.set_rollback(True)
    assert granted(an_initiative(call)).number == "2024-002"
    assert Label.objects.order_by("number").first() == first


def test_an_initiative_carries_one_label(call):
    version = an_initiative(call)
    granted(version)
    with pytest.raises(IntegrityError), transaction.atomic():
        granted(version)


def test_a_period_ends_after_it_starts(call):
    with pytest.raises(IntegrityError), transaction.atomic():
        granted(an_initiative(call), ends_on=date(2024, 6, 2))


@pytest.mark.parametrize("number", ["", "2024-17", "2024-999", "’; DROP", "2024-001\n", "x" * 500])
def test_a_number_that_is_no_label_gives_none(call, number):
    granted(an_initiative(call))
    assert label_by_number(number) is None


def test_a_label_is_found_by_its_number_with_its_carriers(call, django_assert_num_queries):
    granted(an_initiative(call, carriers=["Association A", "Association B", "Association C"]))
    with django_assert_num_queries(3):
        label = label_by_number("2024-001")
        names = [c.organisation.name for c in label.initiative.carriers.all()]
        assert label.initiative.call == call
    assert names == ["Association A", "Association B", "Association C"]


@pytest.mark.parametrize("many", [1, 3])
def test_lists_of_labels_take_the_same_queries(call, many, django_assert_num_queries):
    versions = [an_initiative(call, f"Atelier {n}") for n in range(many)]
    for version in versions:
        granted(version)
    with django_assert_num_queries(2):
        assert len([list(one.initiative.carriers.all()) for one in labels_of_call(call)]) == many
    with django_assert_num_queries(1):
        assert len(labels_of([v.initiative_id for v in versions])) == many


def test_a_label_ends_by_itself_after_its_last_day(call):
    label = granted(an_initiative(call))
    assert state_on(label, date(2024, 9, 30)) == LabelState.VALID
    assert state_on(label, date(2024, 10, 1)) == LabelState.ENDED
    label.state = LabelState.REVOKED
    assert state_on(label, date(2024, 10, 1)) == LabelState.REVOKED
