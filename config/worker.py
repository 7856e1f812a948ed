"""The worker: the tasks of the queue, and what must be looked at from time to time."""

import logging
import time
from datetime import timedelta

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from gabare.calls.queries import current_call
from gabare.foundation import clock
from gabare.foundation.operations import close_days, purge_seen
from gabare.journeys.forget_unsent_drafts import forget_unsent_drafts
from gabare.mail import delivery
from gabare.mail.models import Letter
from gabare.questionnaires.operations import sweep_files

logger = logging.getLogger("gabare.worker")
EVERY = 30  # seconds between two looks at the outbox
A_DAY = 24 * 60 * 60
LONGEST_TASK = timedelta(minutes=15)
CODES_ARE_KEPT = timedelta(days=1)


class SteadyWorker(Worker):
    """django-tasks-db's worker, which looks after the house when the queue leaves it time."""

    def __init__(self, *, interval: float = 0.5) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=50,  # then the house gets a look, even while the queue is long
            worker_id=get_random_string(32),
        )
        self._next_look = self._next_day = 0.0

    def run(self) -> None:
        while self.running:
            self._run_tasks = 0
            super().run()
            self._look_after_the_house()
            if self.running and self._run_tasks == 0:
                time.sleep(self.interval)

    def _look_after_the_house(self) -> None:
        """Stopped in the middle, it ends what it is at, as it does for a task."""
        now = time.monotonic()
        if now < self._next_look:
            return
        self._next_look = now + EVERY
        self.running_task = True
        try:
            requeue_lost_tasks()
            delivery.sweep()
            if now >= self._next_day:
                self._next_day = now + A_DAY
                forget_what_is_over()
                forget_unsent_drafts(now=clock.now())
                sweep_files(now=clock.machine_now())
                look_after_the_trace()
        except DatabaseError:
            logger.exception("housekeeping failed, and will be tried again in %s seconds", EVERY)
        finally:
            self.running_task = False


def look_after_the_trace() -> None:
    """Seal the days that are over, in the call's time zone, and empty the old consultations.

    By the machine's clock where the site's day was moved forward: the database's opens the door.
    """
    call = current_call()
    close_days(zone=call.time_zone if call else settings.TIME_ZONE, now=clock.now())
    purge_seen(now=min(clock.now(), clock.machine_now()))


@transaction.atomic
def requeue_lost_tasks() -> int:
    """Put back the tasks whose worker died. Every task of ours may run twice."""
    lost = DBTaskResult.objects.running().filter(started_at__lt=clock.machine_now() - LONGEST_TASK)
    return lost.update(status=TaskResultStatus.READY)


@transaction.atomic
def forget_what_is_over() -> None:
    """Ended sessions, finished tasks, and the letters that carried a sign-in code."""
    call_command("clearsessions")
    call_command("prune_db_task_results", min_age_days=7, verbosity=0)
    limit = clock.now() - CODES_ARE_KEPT
    Letter.objects.filter(key="login-code", created_at__lt=limit).delete()
