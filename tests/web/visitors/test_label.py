from datetime import date

import pytest

from gabare.agenda.operations import create_edition, list_initiative
from gabare.labels.enums import LabelState
from gabare.labels.operations import grant_label
from tests.agenda.given import NOW, a_call, an_initiative
from tests.web.visitors.pages import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def label():
    call = a_call()
    version = an_initiative(
        call, "Atelier « démonter »", carriers=["Médiathèque A", "Association B"]
    )  # fmt: skip
    create_edition(planned=call.planned_rounds.get(key="2024-04"), counts={"label": 1}, now=NOW)
    granted = grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04",
        scope="L’atelier du 18 juin et ses supports", criteria=["droit"],
        starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30), now=NOW,
    )  # fmt: skip
    list_initiative(
        initiative=version.initiative, version=version, label_number=granted.number,
        edition_key="2024-04", now=NOW,
    )  # fmt: skip
    return granted


def page_of(client, label) -> str:
    html = client.get(f"/label/{label.number}/").content.decode()
    return html.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("state", "answer"),
    [
        (LabelState.VALID, "Ce label est valide."),
        (LabelState.SUSPENDED, "Ce label est suspendu"),
        (LabelState.ENDED, "Ce label est terminé"),
        (LabelState.REVOKED, "Ce label a été retiré"),
    ],
)
def test_one_answer_of_four(client, label, state, answer):
    label.state = state
    label.save()
    html = page_of(client, label)
    assert answer in html
    others = {"est valide.", "est suspendu", "est terminé", "a été retiré"}
    assert sum(f"Ce label {other}" in html for other in others) == 1


@pytest.mark.parametrize(
    ("day", "answer"),
    [(date(2024, 9, 30), "Ce label est valide."), (date(2024, 10, 1), "Ce label est terminé")],
)
def test_a_label_ends_by_itself_after_its_last_day(client, label, settings, day, answer):
    settings.GABARE_TODAY = day
    assert answer in page_of(client, label)


def test_a_revoked_one_stays_revoked_after_its_period(client, label, settings):
    label.state = LabelState.REVOKED
    label.save()
    settings.GABARE_TODAY = date(2025, 1, 1)
    assert "Ce label a été retiré" in page_of(client, label)


@pytest.mark.parametrize(
    "words",
    [
        "« Atelier “démonter” »",
        "L’atelier du 18 juin et ses supports",
        "du 3 juin au 30 septembre 2024",
        "Médiathèque A, Association B",
        "ne certifie ni un produit",
        "2 Droit",
    ],
)
def test_it_tells_what_is_labelled_and_what_is_not(client, label, words):
    assert words in page_of(client, label)


def test_its_rose_says_what_it_lights(client, label):
    roses = read(client, f"/label/{label.number}/").every("svg")
    assert roses[-1]["aria-label"].endswith("2 Droit")


@pytest.mark.parametrize("number", ["2024-999", "x", "2024-001-suite", "%F0%9F%92%A9"])
def test_an_unknown_number_is_said_to_be_unknown(client, label, number):
    answer = client.get(f"/label/{number}/")
    assert answer.status_code == 404
    assert "Aucun label n’a le numéro" in answer.content.decode()


@pytest.mark.parametrize("carriers", [1, 3])
def test_queries_do_not_follow_the_number_of_carriers(client, carriers, django_assert_num_queries):
    version = an_initiative(a_call(), carriers=[f"Structure {n}" for n in range(carriers)])
    granted = grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04", scope="Tout",
        criteria=[], starts_on=date(2024, 6, 3), ends_on=date(2024, 9, 30), now=NOW,
    )  # fmt: skip
    with django_assert_num_queries(8):
        client.get(f"/label/{granted.number}/")
