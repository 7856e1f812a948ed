"""The desk's labels: the list by state, a label's history, its changes read over then applied."""

import pytest

from gabare.initiatives.models import Occurrence
from gabare.journeys.change_label import change_label
from gabare.labels.enums import LabelState, Mover
from gabare.labels.models import Label, LabelChange
from gabare.mail.models import Letter
from gabare.people.operations import give_role
from tests.factories import PersonFactory
from tests.labels.given import DAY, NOON, a_label
from tests.review.given import a_call

pytestmark = pytest.mark.django_db
ADDRESS = "/equipe/labels/2024-001/"
SUSPEND = {"move": "suspend", "reason": "under-review", "public_reason": "Une salle a fermé.",
           "note": "Vu au téléphone", "seen": "0"}  # fmt: skip


@pytest.fixture(autouse=True)
def day(settings):
    settings.GABARE_TODAY = DAY


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def label(call):
    return a_label(call, "Atelier", "2024-06-18", "2024-06-25")


def enter(client, call, role):
    person = PersonFactory(name=f"Membre {role}")
    give_role(team=call.team, person=person, role=role)
    client.force_login(person)
    return person


def read(answer, status=200) -> str:
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def post(client, status=200, **changes) -> str:
    return read(client.post(f"{ADDRESS}changer/", {**SUSPEND, **changes}), status)


@pytest.mark.parametrize("state", list(LabelState))
def test_the_list_by_state(call, label, client, state):
    enter(client, call, "editor")
    Label.objects.filter(pk=label.pk).update(state=state)
    for other in LabelState:
        page = read(client.get("/equipe/labels/", {"etat": other}))
        assert ("2024-001" in page) == (other == state)
    assert "2024-001" in read(client.get("/equipe/labels/", {"etat": "inventé"}))


def test_what_is_read_over_is_what_is_applied(call, label, client):
    lead = enter(client, call, "lead")
    page = post(client)
    assert "Ce que le public lira" in page
    assert "L’équipe vérifie si l’initiative répond toujours à l’appel. Une salle a fermé." in page
    assert "La lettre, telle qu’elle partira" in page
    assert not LabelChange.objects.exists()
    assert client.post(f"{ADDRESS}changer/", {**SUSPEND, "apply": "1"}).status_code == 302
    change = LabelChange.objects.get()
    assert (change.actor, change.mover, change.note) == (lead, "lead", "Vu au téléphone")
    assert Letter.objects.get().key == "label-suspended"
    page = read(client.get(ADDRESS))
    assert "Vu au téléphone" in page
    assert "Membre lead" in page
    assert 'value="lift"' in page
    assert 'value="suspend"' not in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"move": ""}, "Choisissez ce que vous faites"),
        ({"move": "lift"}, "Choisissez ce que vous faites"),
        ({"move": "inventé"}, "Choisissez ce que vous faites"),
        ({"reason": "", "public_reason": " "}, "Choisissez un motif"),
        ({"reason": "dates-back"}, "Ce motif ne va pas"),
        ({"public_reason": "mot " * 300}, "600 au plus"),
        ({"apply": "1", "reason": "", "public_reason": ""}, "Choisissez un motif"),
    ],
)
def test_what_does_not_do_is_said_and_kept(call, label, client, changes, words):
    enter(client, call, "lead")
    page = post(client, 422, **changes)
    assert words in page
    assert "Vu au téléphone" in page
    assert not LabelChange.objects.exists()


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 40])
def test_a_label_that_nobody_touched_asks_nothing_of_what_was_seen(call, label, client, seen):
    enter(client, call, "lead")
    assert "Ce que le public lira" in post(client, seen=seen)


def test_a_reviewer_may_not_revoke(call, label, client):
    enter(client, call, "reviewer")
    assert 'value="revoke"' not in read(client.get(ADDRESS))
    post(client, 403, move="revoke", reason="untrue", apply="1")
    assert not LabelChange.objects.exists()


def test_an_editor_reads_only(call, label, client):
    enter(client, call, "editor")
    page = read(client.get(ADDRESS))
    assert "Changer ce label" not in page
    assert "/dates/" not in page
    post(client, 403)


def test_the_second_of_two_people_is_told(call, label, client):
    enter(client, call, "lead")
    other = PersonFactory(name="Collègue Exemple")
    change_label(
        label_id=label.pk, move="suspend", mover=Mover.TEAM, actor=other, now=NOON, reason="asked"
    )
    for changes in ({}, {"apply": "1"}):
        page = post(client, 409, move="end", reason="over", **changes)
        assert "Collègue Exemple a changé ce label" in page
        assert "Vu au téléphone" in page
    assert LabelChange.objects.count() == 1
    seen = str(LabelChange.objects.get().pk)
    assert (
        client.post(f"{ADDRESS}changer/", {"move": "end", "seen": seen, "apply": "1"}).status_code
        == 302
    )
    assert Label.objects.get().state == LabelState.ENDED


def test_a_revoked_label_offers_nothing_more(call, label, client):
    enter(client, call, "lead")
    client.post(f"{ADDRESS}changer/", {**SUSPEND, "move": "revoke", "reason": "untrue", "apply": 1})
    page = read(client.get(ADDRESS))
    assert "Ce label ne change plus." in page
    assert "<form" not in page.split("<main")[1].split("</main")[0]


@pytest.mark.parametrize("number", ["2024-999", "x", "2024-001-x"])
def test_an_unknown_number_is_nowhere(call, label, client, number):
    enter(client, call, "lead")
    assert client.get(f"/equipe/labels/{number}/").status_code == 404


def test_the_label_of_another_call_is_nowhere(call, client):
    other = a_label(a_call("rennes", current=False))
    enter(client, call, "lead")
    assert client.get(f"/equipe/labels/{other.number}/").status_code == 404


def test_the_team_changes_dates_and_is_told_of_who_did_before(call, label, client):
    enter(client, call, "reviewer")
    row = Occurrence.objects.first()
    asked = {f"status--{row.uid}": "full", f"seen--{row.uid}": "0"}
    assert "Enregistrer" in read(client.get(f"{ADDRESS}dates/"))
    assert client.post(f"{ADDRESS}dates/", asked).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.sequence) == ("full", 1)
    asked[f"status--{row.uid}"] = "cancelled"
    assert "Une date a changé" in read(client.post(f"{ADDRESS}dates/", asked), 409)
    assert client.post(f"{ADDRESS}dates/", {f"status--{row.uid}": "x", f"seen--{row.uid}": "1"}
                       ).status_code == 302  # fmt: skip
    row.refresh_from_db()
    assert row.status == "full"


@pytest.mark.parametrize("many", [1, 3])
def test_a_label_costs_the_same_whatever_its_history(
    call, label, client, many, django_assert_num_queries
):
    enter(client, call, "lead")
    person = PersonFactory()
    for rank in range(many * 2):
        change_label(
            label_id=label.pk, move=("suspend", "lift")[rank % 2], mover=Mover.LEAD, actor=person,
            now=NOON, public_reason=f"Fois {rank}",
        )  # fmt: skip
    with django_assert_num_queries(14):
        read(client.get(ADDRESS))
