"""Another place, another language, another time zone: the same code, and nothing of the first."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from gabare.calls import queries, rules
from gabare.calls.packages.reading import read_package
from gabare.journeys.import_call import import_call
from tests.calls.given import NOW, TINY

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings):
    settings.GABARE_TODAY = date(2030, 1, 20)
    return import_call(package=read_package(TINY), now=NOW, apply=True).call


def test_its_rose_has_five_petals(call):
    petals = queries.petals(call, {"birds"}, "en")
    assert [petal.name for petal in petals if petal.lit] == ["Birds"]
    assert len(petals) == 5


def test_its_days_end_in_its_own_time_zone(call):
    wave = queries.open_wave(call, date(2030, 2, 20))
    end = rules.end_of_day(wave.new_until, call.time_zone)
    assert end.isoformat() == "2030-02-20T23:59:59.999999+13:00"
    assert queries.open_wave(call, date(2030, 2, 21)) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("visitors:home", ["Reef Watch", "A harbour looks after its reef."]),
        ("visitors:call", ["The reef changes.", "Outings"]),
        ("visitors:compass", ["Litter", "Noise"]),
        ("carriers:choose-axis", ["Outings"]),
    ],
)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_its_pages_speak_of_it_alone(client, call, name, words, language):
    with translation.override(language):
        response = client.get(reverse(name), follow=True)
    page = response.content.decode()
    assert response.status_code == 200
    assert [word for word in words if word not in page] == []
    assert not re.search(r"nantes|boussole de l.IA|halle 6", page, re.I)
