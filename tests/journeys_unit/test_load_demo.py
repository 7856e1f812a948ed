"""The demonstration as a newcomer gets it: every record, its outcome, its edition."""

import json
import tomllib
from collections import Counter

import pytest
from django.db import transaction

from gabare.agenda.models import Edition, Listing
from gabare.initiatives.enums import State
from gabare.initiatives.models import Initiative, Version
from gabare.journeys.demo_records import FOLDER, demo_day
from gabare.journeys.load_demo import NotADemonstration, load_demo
from gabare.labels.models import Label
from gabare.people.models import Person
from gabare.review.models import Decision, Dossier, Round
from gabare.review.queries import queue, tally
from tests.journeys_unit.faults import rows_of_everything

PLAN = tomllib.loads((FOLDER / "outcomes.toml").read_text())
STATES = {"label": State.LABELLED, "decline": State.DECLINED, "complete": State.TO_COMPLETE}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Loaded once for the module, in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demo(say=lambda _line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def database(loaded, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_all_records_are_there_with_their_source():
    facts = json.loads((FOLDER / "initiatives.json").read_text())
    assert len(facts) == 43
    found = {version.values["title"]: version for version in Version.objects.all()}
    assert set(found) == {fact["title"] for fact in facts}
    for fact in facts:
        assert fact["source_url"] in found[fact["title"]].values["summary"]


@pytest.mark.parametrize("told", PLAN["records"], ids=lambda told: told["title"][:40])
def test_each_record_has_its_outcome(told):
    initiative = Initiative.objects.get(title=told["title"])
    zone_day = initiative.submitted_at.astimezone().date()
    assert abs((zone_day - told["deposited"]).days) <= 1
    readings = told.get("readings", [])
    applied = [each for each in readings if each["round"] <= PLAN["published_until"]]
    made = Decision.objects.filter(dossier__initiative=initiative).order_by("decided_at")
    assert [(d.dossier.round.planned.key, d.outcome) for d in made] == [
        (each["round"], each["outcome"]) for each in readings
    ]
    expected = STATES[applied[-1]["outcome"]] if applied else State.SUBMITTED
    came_back = told.get("back") and applied[-1]["outcome"] == "complete"
    assert initiative.state == (State.SUBMITTED if came_back else expected)


def test_both_waves_have_several_editions_with_labels():
    editions = Counter(
        Edition.objects.filter(counts__label__gt=0).values_list("planned__wave__key", flat=True)
    )
    assert editions["vague-1"] >= 3
    assert editions["vague-2"] >= 3
    shown = Counter(Listing.objects.values_list("edition_key", flat=True))
    for edition in Edition.objects.all():
        titles = Listing.objects.filter(edition_key=edition.key).values("initiative").distinct()
        assert titles.count() == edition.counts["label"]
        assert bool(shown[edition.key]) == bool(edition.counts["label"])


def test_editions_come_out_on_the_days_of_the_calendar():
    for edition in Edition.objects.select_related("planned"):
        assert edition.published_at.astimezone().date() == edition.planned.edition_on
        assert edition.key == edition.planned.key


def test_numbers_have_no_gap():
    for year in ("2024", "2025"):
        numbers = [label.number for label in Label.objects.filter(number__startswith=year)]
        assert numbers == [f"{year}-{rank:03d}" for rank in range(1, len(numbers) + 1)]
        assert numbers


def test_something_is_coming_and_the_desk_has_a_queue():
    assert Listing.objects.filter(starts_at__date__gt=demo_day()).exists()
    round_ = Round.objects.get(state="open")
    assert round_.planned.closes_on > demo_day()
    assert queue(round_, reader=None).count() >= 5
    assert queue(round_, reader=None).filter(version__number=2).count() == 2
    figures = tally(round_, reader=None)
    assert (figures.to_read, figures.decided, figures.awaiting) == (2, 3, 1)


def test_what_was_late_moved_to_the_next_round():
    late = Dossier.objects.filter(entered_at__date__lte="2024-10-31", round__planned__key="2024-11")
    assert late.count() == 2


def test_nobody_is_invented():
    for person in Person.objects.all():
        assert person.email.endswith(".example.org")
        assert person.email.split("@")[0] in {"contact", "responsable", "lecture", "redaction"}


def test_a_second_run_changes_nothing():
    before = rows_of_everything()
    again = load_demo(say=lambda _line: None)
    assert again.steps_done == 0
    assert rows_of_everything() == before


def test_fictitious_deposits_are_never_mixed_with_real_ones():
    with transaction.atomic():
        Person.objects.filter(email__startswith="responsable@").update(email="x@ville.fr")
        with pytest.raises(NotADemonstration):
            load_demo(say=lambda _line: None)
        transaction.set_rollback(True)
