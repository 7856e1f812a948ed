"""Labelled and published initiatives, in a call that has all its letters."""

from datetime import UTC, date, datetime

from gabare.agenda.operations import create_edition, list_initiative
from gabare.calls.models import Call
from gabare.initiatives.models import Mandate
from gabare.labels.models import Label
from gabare.labels.operations import grant_label
from gabare.people.models import Person
from tests.agenda.given import an_initiative
from tests.factories import PersonFactory

DAY = date(2024, 6, 12)
NOON = datetime(2024, 6, 12, 10, 0, tzinfo=UTC)
LATER = datetime(2024, 11, 3, 10, 0, tzinfo=UTC)  # the period is over


def a_label(
    call: Call, title: str = "Atelier", *dates: str, holder: Person | None = None, **values: object
) -> Label:
    """Its initiative is in the agenda, and one person follows it."""
    version = an_initiative(call, title, *dates, **values)
    initiative = version.initiative
    create_edition(planned=call.planned_rounds.get(key="2024-04"), counts={"label": 1}, now=NOON)
    Mandate.objects.create(initiative=initiative, person=holder or PersonFactory(), role="owner")
    label = grant_label(
        initiative=initiative, version=version, edition_key="2024-04", scope="L’atelier du 18 juin",
        criteria=["droit"], starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30), now=NOON,
    )  # fmt: skip
    list_initiative(
        initiative=initiative, version=version, label_number=label.number,
        edition_key="2024-04", now=NOON,
    )  # fmt: skip
    return label
