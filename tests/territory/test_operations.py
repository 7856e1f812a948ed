import pytest

from gabare.territory.models import Commune
from gabare.territory.operations import replace_perimeter
from gabare.territory.queries import communes_of

pytestmark = pytest.mark.django_db


def given(*names):
    return [Commune(code=f"0100{n}", name=name) for n, name in enumerate(names, start=1)]


def replaced(*names, key="here"):
    return replace_perimeter(key=key, name="Here", source="A list", communes=given(*names))


def test_a_perimeter_holds_exactly_its_communes():
    perimeter = replaced("Ébon", "Alba", "Fay")
    assert [commune.name for commune in communes_of(perimeter)] == ["Alba", "Ébon", "Fay"]
    again = replaced("Brains")
    assert again == perimeter
    assert [commune.name for commune in communes_of(again)] == ["Brains"]
    assert Commune.objects.count() == 3, "a commune may belong elsewhere: it stays"


def test_a_commune_is_named_anew_without_being_made_twice():
    replaced("Brains")
    replaced("Les Brains", key="there")
    assert Commune.objects.get().name == "Les Brains"
    assert Commune.objects.get().perimeters.count() == 2


@pytest.mark.parametrize("names", [["A"], ["A", "B", "C"]])
def test_one_query_lists_the_communes(django_assert_num_queries, names):
    perimeter = replaced(*names)
    with django_assert_num_queries(1):
        assert len(communes_of(perimeter)) == len(names)
