"""`gabare doctor`: what it says when all is well, and when each thing is not."""

import io
import threading
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult

from config import diagnosis
from config.worker import SteadyWorker
from gabare.foundation import clock
from gabare.foundation.append_only import lay_triggers, take_triggers
from gabare.foundation.enums import TraceVerb
from gabare.foundation.operations import close_days, record
from gabare.labels.operations import ensure_signing_key
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def well(settings, tmp_path, monkeypatch):
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.STATIC_ROOT = tmp_path / "static"
    for name in ("media", "private", "static"):
        (tmp_path / name).mkdir()
    (tmp_path / "static/staticfiles.json").write_text("{}")
    monkeypatch.setattr(diagnosis, "WORKER_ANSWERS_WITHIN", 0.5)


def found(subject):
    return next(each for each in diagnosis.findings() if each.subject == subject)


@pytest.mark.parametrize(
    "subject",
    [
        "réglages",
        "cache",
        "courriel",
        "lettres",
        "dossiers",
        "fichiers du site",
        "horloge",
        "trace",
    ],
)
def test_what_is_well_says_so(subject):
    assert found(subject).ok


def test_the_key_of_labels_is_there_and_opens(settings):
    missing = found("clé des labels")
    assert (missing.ok, "gabare prepare" in missing.words) == (False, True)
    key = ensure_signing_key(now=clock.machine_now())
    assert key.public_id in found("clé des labels").words
    settings.SECRET_KEY = "x" * 50
    sealed = found("clé des labels")
    assert (sealed.ok, "gabare keys rotate" in sealed.words) == (False, True)
    call_command("keys", "rotate", stdout=io.StringIO())
    assert found("clé des labels").ok


def test_an_unknown_setting_is_named(monkeypatch):
    monkeypatch.setenv("GABARE_SMTP_ULR", "smtp://x")
    assert "GABARE_SMTP_ULR" in found("réglages").words


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUBLIC_URL", "exemple.fr", "GABARE_PUBLIC_URL"),
        ("SECRET_KEY", "court", "GABARE_SECRET_KEY"),
    ],
)
def test_a_setting_that_cannot_be_is_named(settings, name, value, said):
    setattr(settings, name, value)
    finding = found("réglages")
    assert not finding.ok
    assert said in finding.words


def test_a_mail_server_that_does_not_answer_is_said(settings):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    finding = found("courriel")
    assert not finding.ok
    assert "GABARE_SMTP_URL" in finding.words


def test_letters_that_did_not_leave_are_counted():
    Letter.objects.create(
        key="x", recipient="a@example.org", state=LetterState.FAILED, created_at=clock.now()
    )
    assert "1 non distribuées" in found("lettres").words


def test_a_folder_that_is_not_there_is_named(settings):
    settings.MEDIA_ROOT = settings.DATA_DIR / "absent"
    assert "absent" in found("dossiers").words


def test_files_not_prepared_are_said(settings):
    (settings.STATIC_ROOT / "staticfiles.json").unlink()
    assert "gabare prepare" in found("fichiers du site").words


def test_a_day_changed_outside_a_demonstration_is_said(settings):
    settings.GABARE_TODAY, settings.GABARE_DEMO = clock.today(), False
    assert not found("horloge").ok


def test_a_day_of_the_trace_left_open_is_said():
    then = clock.now() - timedelta(days=3)
    record(actor=None, verb=TraceVerb.EXPORTED, about="trace:", now=then)
    assert "n’est pas scellé" in found("trace").words
    close_days(zone="Europe/Paris", now=clock.now())
    assert found("trace").words.startswith("scellée jusqu’au")


def test_a_trace_without_its_triggers_is_said():
    take_triggers(connection)
    assert "foundation_traceline_delete" in found("trace").words
    lay_triggers(connection)
    assert found("trace").ok


def test_a_worker_that_is_not_there_is_said_and_the_question_taken_back():
    assert "gabare worker" in found("facteur").words
    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite's test database is one thread's")
def test_a_worker_that_answers_is_well(monkeypatch):
    monkeypatch.setattr(diagnosis, "WORKER_ANSWERS_WITHIN", 10)
    worker = SteadyWorker(interval=0.1)
    thread = threading.Thread(target=lambda: (worker.run(), connection.close()))
    thread.start()
    try:
        assert found("facteur").ok
    finally:
        worker.running = False
        thread.join()


def test_the_command_says_each_line_and_fails_when_something_is_wrong():
    said = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("doctor", stdout=said)
    assert stopped.value.code == 1
    assert len(said.getvalue().splitlines()) == len(diagnosis.CHECKS)
