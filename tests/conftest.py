"""What every test stands on. Nothing of ours is mocked here."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import storages
from django.utils import translation

from gabare.calls import queries as calls
from gabare.questionnaires import queries as questionnaires
from gabare.questionnaires.models import Attachment
from tests.strict_templates import make_strict
from tests.trace import empty_the_trace


@pytest.fixture(autouse=True, scope="session")
def templates_are_strict() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        make_strict(monkeypatch)
        yield


@pytest.fixture(autouse=True)
def each_test_begins_anew() -> Iterator[None]:
    """In French, whatever page was asked for before; nothing is kept of the test before."""
    cache.clear()
    for kept in (calls._store, questionnaires._questions):
        kept.cache_clear()
    with translation.override("fr"):
        yield


@pytest.fixture(autouse=True)
def files_in_a_fresh_place(settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploads and letters of a test stay in its own folder."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.MAIL_DIR = tmp_path / "mail"
    settings.EMAIL_BACKEND = "gabare.mail.backend.OutboxBackend"  # pytest-django changes it
    settings.STORAGES = {
        **settings.STORAGES,
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "private", "base_url": None},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # Django asks a field for its storage once, when the model is made.
    monkeypatch.setattr(Attachment._meta.get_field("file"), "storage", storages["private"])


@pytest.fixture(autouse=True)
def trace_goes_with_its_test(request: pytest.FixtureRequest) -> Iterator[None]:
    """Django empties the tables after a test that commits; the trace refuses to be emptied."""
    yield
    marked = request.node.get_closest_marker("django_db")
    commits = bool(marked and marked.kwargs.get("transaction"))
    if commits or {"transactional_db", "live_server"} & set(request.fixturenames):
        empty_the_trace()
