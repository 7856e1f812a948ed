"""A labelled initiative, with its carriers."""

from datetime import date

from gabare.labels.models import Label
from gabare.labels.operations import grant_label
from gabare.labels.queries import label_by_number
from tests.agenda.given import NOW, a_call, an_initiative


def a_label(title: str = "Atelier « démonter »", *, scope: str = "L’atelier du 18 juin",
            carriers=("Médiathèque A", "Association B"), call=None) -> Label:  # fmt: skip
    version = an_initiative(call or a_call(), title, carriers=carriers)
    granted = grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04", scope=scope,
        criteria=["droit", "usager"], starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30),
        now=NOW,
    )  # fmt: skip
    found = label_by_number(granted.number)
    assert found is not None
    return found
