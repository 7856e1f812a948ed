"""The worker, as `gabare worker` runs it: real queue, real commits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config.worker import (
    SteadyWorker,
    forget_what_is_over,
    look_after_the_trace,
    requeue_lost_tasks,
)
from gabare.foundation.enums import TraceKind, TraceVerb
from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.operations import record
from gabare.foundation.tasks import answer
from gabare.foundation.verifying import first_fault
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter
from gabare.mail.operations import queue_message

NOW = datetime(2024, 4, 2, 8, tzinfo=UTC)


class OneRound(SteadyWorker):
    """Stops when there is nothing left to do."""

    def _look_after_the_house(self):
        super()._look_after_the_house()
        self.running = DBTaskResult.objects.ready().exists()


def letter(**more):
    fields = {"key": "x", "recipient": "ada@example.org", "subject": "s", "text": "t"}
    return Letter(**{"created_at": NOW, **fields, **more})


@pytest.mark.django_db(transaction=True)
def test_the_worker_does_what_the_queue_holds_then_looks_at_the_outbox(settings):
    with transaction.atomic():
        lost, queued = queue_message(letter()), queue_message(letter())
    DBTaskResult.objects.filter(args_kwargs={"args": [lost.pk], "kwargs": {}}).delete()
    asked = answer.enqueue()
    OneRound().run()
    assert {one.state for one in Letter.objects.all()} == {LetterState.SENT}
    assert len(list(settings.MAIL_DIR.iterdir())) == 2
    assert DBTaskResult.objects.get(pk=asked.id).return_value == "present"
    assert queued.pk


@pytest.mark.django_db(transaction=True)
def test_a_task_that_fails_is_kept_with_its_reason_and_stops_nothing():
    failing = answer.enqueue()
    DBTaskResult.objects.filter(pk=failing.id).update(args_kwargs={"args": [1], "kwargs": {}})
    asked = answer.enqueue()
    OneRound().run()
    assert DBTaskResult.objects.get(pk=failing.id).status == TaskResultStatus.FAILED
    assert DBTaskResult.objects.get(pk=asked.id).status == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db
def test_a_task_whose_worker_died_goes_back_to_the_queue_and_a_running_one_does_not():
    tasks = [DBTaskResult.objects.get(pk=answer.enqueue().id) for _ in range(2)]
    for task, minutes in zip(tasks, (16, 14), strict=True):
        task.claim("worker")
        DBTaskResult.objects.filter(pk=task.pk).update(
            started_at=timezone.now() - timedelta(minutes=minutes)
        )
    assert requeue_lost_tasks() == 1
    assert DBTaskResult.objects.ready().get() == tasks[0]


@pytest.mark.django_db
def test_codes_and_sessions_that_are_over_are_forgotten():
    yesterday = timezone.now() - timedelta(days=2)
    for key, state, created_at in (
        ("login-code", LetterState.SENT, yesterday),
        ("login-code", LetterState.HELD, yesterday),
        ("login-code", LetterState.WAITING, timezone.now()),
        ("acknowledgment", LetterState.SENT, yesterday),
    ):
        sent_at = created_at if state == LetterState.SENT else None
        letter(key=key, state=state, created_at=created_at, sent_at=sent_at).save()
    Session.objects.create(session_key="over", session_data="", expire_date=yesterday)
    forget_what_is_over()
    assert sorted(Letter.objects.values_list("key", flat=True)) == ["acknowledgment", "login-code"]
    assert not Session.objects.exists()


@pytest.mark.django_db
def test_finished_days_are_sealed_and_old_consultations_emptied(settings):
    a_year_ago = timezone.now() - timedelta(days=400)
    seen = {"actor": None, "verb": TraceVerb.EXPORTED, "about": "trace:", "kind": TraceKind.SEEN}
    record(**seen, now=a_year_ago)
    record(**seen, now=timezone.now() - timedelta(days=1))
    look_after_the_trace()
    assert TraceDigest.objects.count() == 2
    assert [line.is_purged for line in TraceLine.objects.order_by("pk")] == [True, False, False]
    assert first_fault() == ""
