"""Keys that sign, and places in the status lists."""

import io

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from gabare.labels import operations
from gabare.labels.credentials.status_list import ENTRIES
from gabare.labels.models import SigningKey, StatusPlace
from gabare.labels.operations import allot_place, ensure_signing_key, rotate_signing_key
from tests.labels.signed import a_label, now

pytestmark = pytest.mark.django_db


def listed(action: str) -> list[str]:
    said = io.StringIO()
    call_command("keys", action, stdout=said)
    return said.getvalue().splitlines()


def test_a_key_is_made_once():
    assert ensure_signing_key(now=now()) == ensure_signing_key(now=now())
    assert SigningKey.objects.count() == 1


def test_there_is_one_current_key():
    ensure_signing_key(now=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.create(public_jwk={}, sealed="", created_at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SigningKey.objects.update(is_current=False)  # retired, and nobody knows since when


def test_the_command_says_which_key_signs():
    (only,) = listed("list")
    assert only.endswith("signe aujourd’hui")
    current, former, words = listed("rotate")
    assert current.endswith("signe aujourd’hui")
    assert former.split()[0] == only.split()[0]
    assert words == "Ce que les anciennes clés ont signé reste valable."
    assert SigningKey.objects.filter(is_current=True).count() == 1


def test_each_rotation_adds_a_key():
    for _ in range(2):
        rotate_signing_key(now=now())
    assert len(listed("list")) == 2


def test_a_label_has_one_place_for_good():
    label = a_label()
    assert label.place.list_number == 1
    assert label.place.index < ENTRIES
    assert allot_place(label=label) == label.place
    with pytest.raises(IntegrityError), transaction.atomic():
        StatusPlace.objects.filter(label=label).update(index=ENTRIES)


def test_a_full_list_begins_another(monkeypatch):
    first = a_label()
    monkeypatch.setattr(operations, "FULL", 1)
    second = a_label(call=first.initiative.call)
    assert (first.place.list_number, second.place.list_number) == (1, 2)


def test_places_are_drawn_apart_from_the_order_of_labels():
    call = a_label().initiative.call
    for _ in range(7):
        a_label(call=call)
    places = list(StatusPlace.objects.order_by("label__number").values_list("index", flat=True))
    assert len(set(places)) == 8
    assert places != sorted(places)  # once in 40,320 they would be
