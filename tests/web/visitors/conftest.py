import pytest
from django.core.cache import caches


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    """Answers kept by one test are not read by the next."""
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True)
def a_day_in_june(settings):
    from datetime import date  # noqa: PLC0415

    settings.GABARE_TODAY = date(2024, 6, 12)
