import pytest

from tests.journeys.ecoindex import KILOBYTES, rank, score


@pytest.mark.parametrize(
    ("elements", "requests", "kilobytes", "expected"),
    [(60, 3, 14, 94), (150, 4, 40, 90), (300, 8, 100, 84), (500, 10, 150, 75)],
)  # fmt: skip
def test_score_is_the_published_one(elements, requests, kilobytes, expected):
    assert round(score(elements=elements, requests=requests, kilobytes=kilobytes)) == expected


def test_nothing_costs_nothing_and_too_much_costs_all():
    assert score(elements=0, requests=0, kilobytes=0) == 100
    assert score(elements=10**6, requests=10**4, kilobytes=10**6) == 0


def test_rank_is_continuous():
    assert rank(144.7, KILOBYTES) == 2
    assert rank(144.69, KILOBYTES) == pytest.approx(2, abs=0.001)
