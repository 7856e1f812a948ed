"""A carrier says what becomes of a published date."""

import pytest

from gabare.calls.models import Step
from gabare.initiatives.models import Initiative, Occurrence
from gabare.labels.models import Label
from tests.factories import PersonFactory
from tests.labels.given import DAY, a_label
from tests.review.given import a_call

pytestmark = pytest.mark.django_db


@pytest.fixture
def holder(settings, client):
    settings.GABARE_TODAY = DAY
    person = PersonFactory()
    client.force_login(person)
    return person


@pytest.fixture
def label(holder):
    call = a_call()
    Step.objects.create(call=call, key="presentation", position=1, title={"fr": "Présentation"})
    return a_label(call, "Atelier", "2024-06-18", "2024-06-25", holder=holder)


def address(label) -> str:
    return f"/mes-initiatives/{label.initiative.public_id}/dates/"


def form(status, seen="0"):
    uids = Occurrence.objects.values_list("uid", flat=True)
    return {f"{name}--{uid}": value for uid in uids
            for name, value in (("status", status), ("seen", seen))}  # fmt: skip


def read(answer, status=200) -> str:
    assert answer.status_code == status
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def test_all_cancelled_then_back(label, client):
    assert address(label) in read(client.get("/mes-initiatives/"))
    page = read(client.get(address(label)))
    assert "18 juin 2024" in page
    assert 'value="held"' not in page
    assert client.post(address(label), form("cancelled")).status_code == 302
    assert Label.objects.get().state == "suspended"
    page = read(client.get("/mes-initiatives/"))
    assert "Le label est suspendu" in page
    assert "Les dates sont changées" in page
    client.post(address(label), form("scheduled", "1"))
    assert Label.objects.get().state == "valid"


def test_nothing_changed_is_said(label, client):
    client.post(address(label), form("scheduled"))
    assert "Rien n’a changé." in read(client.get("/mes-initiatives/"))


@pytest.mark.parametrize("seen", ["7", "x", "", "-1", "9" * 50])
def test_a_page_from_before_changes_nothing(label, client, seen):
    assert "Une date a changé" in read(client.post(address(label), form("full", seen)), 409)
    assert not Occurrence.objects.filter(status="full").exists()


@pytest.mark.parametrize("status", ["", "inventé", "held", "\x00"])
def test_a_status_that_cannot_be_is_refused_in_a_sentence(label, client, status):
    read(client.post(address(label), form(status)), 409)
    assert not Occurrence.objects.exclude(status="scheduled").exists()


def test_an_empty_form_changes_nothing(label, client):
    assert client.post(address(label), {}).status_code == 302


def test_another_carrier_finds_nothing(label, client):
    client.force_login(PersonFactory())
    assert client.get(address(label)).status_code == 404
    assert client.post(address(label), form("cancelled")).status_code == 404
    assert not Occurrence.objects.filter(status="cancelled").exists()


def test_before_the_label_dates_are_in_the_deposit(label, client):
    Initiative.objects.update(state="submitted", settled_at=None)
    assert "se corrige dans le dépôt" in read(client.get(address(label)), 409)


def test_a_revoked_label_no_longer_offers_its_dates(label, client):
    Label.objects.update(state="revoked")
    page = read(client.get("/mes-initiatives/"))
    assert "Le label a été retiré" in page
    assert address(label) not in page
    assert "retiré" in read(client.post(address(label), form("full")), 409)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_whatever_the_dates(
    holder, client, many, django_assert_num_queries
):
    days = [f"2024-06-{18 + rank}" for rank in range(many)]
    label = a_label(a_call(), "Atelier", *days, holder=holder)
    with django_assert_num_queries(7):
        read(client.get(address(label)))
