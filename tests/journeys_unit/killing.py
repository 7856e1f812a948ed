"""Kill a process with SIGKILL at random moments of one operation, and look at what it left.

Run alone: `python -m tests.journeys_unit.killing publish|deposit TIMES`, with GABARE_DATABASE_URL
naming an empty database of its own. Prints what it found as JSON. The work is done in a fork, on a
fresh copy of the same prepared database each time.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from gabare.agenda.models import Edition, Listing  # noqa: E402
from gabare.calls.packages.reading import read_package  # noqa: E402
from gabare.initiatives.models import Draft, Initiative, Version  # noqa: E402
from gabare.initiatives.operations import save_draft, start_draft  # noqa: E402
from gabare.journeys.demo_records import read_story  # noqa: E402
from gabare.journeys.deposit_initiative import send_draft  # noqa: E402
from gabare.journeys.import_call import import_call  # noqa: E402
from gabare.journeys.load_demo import PACKAGE  # noqa: E402
from gabare.journeys.publish_edition import publish_edition  # noqa: E402
from gabare.labels.models import Label  # noqa: E402
from gabare.mail.models import Letter  # noqa: E402
from gabare.people.models import Person  # noqa: E402
from gabare.review.models import Decision, Dossier, Round  # noqa: E402
from tests.factories import PersonFactory  # noqa: E402
from tests.journeys_unit.faults import rows_of_everything  # noqa: E402
from tests.review.given import IN_MAY, a_call, a_dossier, declined, labelled, sent_back  # noqa: E402

MANY = 12  # labels; half as many sent back and declined
NOW = datetime(2024, 4, 10, 9, 0, tzinfo=ZoneInfo("Europe/Paris"))


class NoMigrations:
    """Tables from the models: what is tested is not how they came."""

    def __contains__(self, _app: str) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None


def prepare_edition() -> None:
    call = a_call()
    for rank in range(MANY):
        labelled(a_dossier(call, f"Retenue {rank}", "2024-06-18T14:00", "2024-06-19"))
    for rank in range(MANY // 2):
        sent_back(a_dossier(call, f"À compléter {rank}"))
        declined(a_dossier(call, f"Déclinée {rank}"))
    a_dossier(call, "Pas encore lue")


def publish() -> None:
    publish_edition(
        round_id=Round.objects.get(planned__key="2024-04").pk,
        person=Person.objects.first(),
        now=IN_MAY,
    )


def edition_is_whole() -> bool:
    decided = 2 * MANY
    return (
        Edition.objects.get().counts
        == {"label": MANY, "complete": MANY // 2, "defer": 0, "decline": MANY // 2}
        and Label.objects.count() == MANY
        and Listing.objects.count() == 2 * MANY
        and Letter.objects.count() == decided
        and Decision.objects.filter(applied_at__isnull=False).count() == decided
        and not Initiative.objects.filter(state="submitted")
        .exclude(title__startswith="Pas")
        .exists()
        and Dossier.objects.get(decision__isnull=True).round.planned.key == "2024-05"
        and Round.objects.get(planned__key="2024-04").state == "published"
    )


def prepare_deposit() -> None:
    call = import_call(package=read_package(PACKAGE), now=NOW, apply=True).call
    record = next(each for each in read_story(call).records if each.deposited < date(2024, 5, 1))
    axis = call.axes.get(key=record.axis)
    draft, _secret = start_draft(call=call, axis=axis, now=NOW)
    save_draft(
        draft_id=draft.pk, answers=record.whole.answers, occurrences=record.whole.occurrences,
        carriers=record.whole.carriers, seen_saves=0, now=NOW,
    )  # fmt: skip
    PersonFactory()


def deposit() -> None:
    send_draft(draft_id=Draft.objects.get().pk, person=Person.objects.first(), now=NOW)


def deposit_is_whole() -> bool:
    initiative = Initiative.objects.get()
    return (
        initiative.state == "submitted"
        and initiative.wave is not None
        and Version.objects.get().initiative == initiative
        and Dossier.objects.get().version == Version.objects.get()
        and Letter.objects.get().key == "acknowledgment"
        and initiative.carriers.exists()
        and initiative.state_log.count() == 1
        and Draft.objects.get().sent_at is not None
    )


STORIES: dict[str, tuple[Callable[[], None], Callable[[], None], Callable[[], bool]]] = {
    "publish": (prepare_edition, publish, edition_is_whole),
    "deposit": (prepare_deposit, deposit, deposit_is_whole),
}


def build(prepare: Callable[[], None]) -> None:
    settings.MIGRATION_MODULES = NoMigrations()
    call_command("migrate", run_syncdb=True, verbosity=0)
    prepare()
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def base_name() -> str:
    return str(settings.DATABASES["default"]["NAME"])


def fresh_copy(base: str) -> None:
    """The prepared database again, under the name that the work uses."""
    connection.close()
    work = f"{base}_work"
    if connection.vendor == "sqlite":
        for suffix in ("-wal", "-shm"):
            Path(work + suffix).unlink(missing_ok=True)
        shutil.copyfile(base, work)
    else:
        on_the_server(f'DROP DATABASE IF EXISTS "{work}" WITH (FORCE)')
        on_the_server(f'CREATE DATABASE "{work}" TEMPLATE "{base}"')
    connection.settings_dict["NAME"] = work


def on_the_server(statement: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    connection.set_autocommit(autocommit=True)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


def at_rest() -> None:
    """PostgreSQL notices by itself that its client is dead, and rolls back; wait until it has."""
    deadline = time.monotonic() + 10
    while connection.vendor == "postgresql" and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
            if cursor.fetchone()[0] == 0:
                return
        time.sleep(0.02)


def in_a_fork(act: Callable[[], None]) -> int:
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            act()
        finally:
            os._exit(0)
    return child


def duration(base: str, act: Callable[[], None]) -> float:
    fresh_copy(base)
    started = time.monotonic()
    os.waitpid(in_a_fork(act), 0)
    return time.monotonic() - started


def run(story: str, times: int) -> dict[str, int]:
    prepare, act, is_whole = STORIES[story]
    build(prepare)
    base = base_name()
    found = {"untouched": 0, "whole": 0, "half": 0}
    whole_time = duration(base, act)
    if not is_whole():
        raise RuntimeError("left to itself, the operation does not do the whole")
    chance = random.Random(20240918)  # noqa: S311 - moments, not secrets
    for _attempt in range(times):
        fresh_copy(base)
        before = rows_of_everything()
        child = in_a_fork(act)
        time.sleep(chance.uniform(0, whole_time * 1.05))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        at_rest()
        if rows_of_everything() == before:
            act()  # what was cut short can be done again
            found["untouched" if is_whole() else "half"] += 1
        else:
            found["whole" if is_whole() else "half"] += 1
    fresh_copy(base)
    connection.close()
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(sys.argv[1], int(sys.argv[2]))))
