"""The trace: laid once, sealed day after day, and nothing of it changes unseen."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from gabare.foundation import queries
from gabare.foundation.append_only import missing_triggers
from gabare.foundation.enums import TraceKind, TraceVerb
from gabare.foundation.frozen import Frozen
from gabare.foundation.models import TraceDigest, TraceLine
from gabare.foundation.operations import close_days, purge_seen, record
from gabare.foundation.verifying import first_fault, is_known
from tests.factories import PersonFactory
from tests.trace import tamper

pytestmark = pytest.mark.django_db
MONDAY = datetime(2024, 6, 3, 8, 0, tzinfo=UTC)
ZONE = "Europe/Paris"
EMPTY = (
    "UPDATE foundation_traceline SET actor = '', label = '', about = '', detail = '{}', salt = ''"
)


def a_line(number=0, now=MONDAY, **changes):
    said = {"actor": None, "verb": TraceVerb.EXPORTED, "about": f"initiative:{number}", "now": now}
    return record(**{**said, **changes})


def three_days():
    """Two lines on Monday, one on Tuesday, one on Wednesday; the two first days are sealed."""
    days = [MONDAY, MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)]
    lines = [a_line(number, now=now, detail={"n": number}) for number, now in enumerate(days)]
    close_days(zone=ZONE, now=days[-1])
    return lines


def test_a_line_says_who_and_what_as_of_then():
    person = PersonFactory(name="Ada")
    line = record(
        actor=person, verb=TraceVerb.EXPORTED, about="initiative:k3f", owner="call:ndia",
        detail={"version": 2}, now=MONDAY,
    )  # fmt: skip
    person.name = "Autre"
    person.save()
    kept = queries.lines_about("initiative:k3f").get()
    assert (kept, kept.actor, kept.label) == (line, f"person:{person.pk}", "Ada")
    assert (kept.at, kept.owner, kept.detail, kept.kind) == (
        MONDAY, "call:ndia", {"version": 2}, TraceKind.DID,
    )  # fmt: skip


def test_recording_is_one_query(django_assert_num_queries):
    person = PersonFactory()
    with django_assert_num_queries(1):
        a_line(actor=person)


def a_line_rolled_back():
    with transaction.atomic():
        a_line()
        transaction.set_rollback(True)


def test_what_is_rolled_back_leaves_no_line():
    a_line_rolled_back()
    assert not TraceLine.objects.exists()


def test_a_verb_that_nobody_registered_is_refused():
    with pytest.raises(KeyError):
        a_line(verb="bricolage")


def test_a_detail_is_small():
    with pytest.raises(ValueError, match="never what was written"):
        a_line(detail={"message": "x" * 600})


def test_the_model_changes_and_removes_nothing():
    line = a_line()
    line.about = "autre"
    for attempt in (
        line.save,
        line.delete,
        TraceLine.objects.all().delete,
        lambda: TraceLine.objects.update(about="autre"),
        lambda: TraceLine.objects.bulk_update([line], ["about"]),
    ):
        with pytest.raises(Frozen), transaction.atomic():
            attempt()
    assert TraceLine.objects.get().about == "initiative:0"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE foundation_traceline SET label = 'autre'",
        "UPDATE foundation_traceline SET at = at, salt = ''",
        "DELETE FROM foundation_traceline",
        "UPDATE foundation_tracedigest SET digest = 'x'",
        "DELETE FROM foundation_tracedigest",
    ],
)
def test_the_database_changes_and_removes_nothing(statement):
    a_line(now=timezone.now() - timedelta(days=2))
    close_days(zone=ZONE, now=timezone.now())
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)
    assert first_fault() == ""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_sqlite_replaces_nothing():
    line = a_line()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(
            "REPLACE INTO foundation_traceline (id, at, kind, verb, owner, actor, label, about,"
            " detail, salt, digest) VALUES (%s, '2024-06-03', 'did', 'x', '', '', '', '', '{}', '',"
            " '')",
            [line.pk],
        )


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is PostgreSQL's")
def test_postgresql_empties_nothing():
    a_line()
    with pytest.raises(IntegrityError, match="append-only"):
        connection.cursor().execute("TRUNCATE foundation_traceline")
    assert TraceLine.objects.count() == 1


def test_the_triggers_watch():
    assert missing_triggers(connection) == []


@pytest.mark.django_db(transaction=True)
def test_a_trigger_that_was_taken_is_named():
    table = " ON foundation_traceline" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER foundation_traceline_delete{table}")
    assert missing_triggers(connection) == ["foundation_traceline_delete"]
    tamper("UPDATE foundation_traceline SET label = label")  # lays them all again
    assert missing_triggers(connection) == []


def test_finished_days_are_sealed_each_by_the_former():
    lines = three_days()
    monday, tuesday = TraceDigest.objects.all()
    assert (monday.day, monday.first, monday.last, monday.count, monday.previous) == (
        date(2024, 6, 3), lines[0].pk, lines[1].pk, 2, "",
    )  # fmt: skip
    assert (tuesday.day, tuesday.count, tuesday.previous) == (date(2024, 6, 4), 1, monday.digest)
    assert close_days(zone=ZONE, now=MONDAY + timedelta(days=2)) == []
    assert first_fault() == ""


def test_a_day_is_the_zones():
    a_line(now=datetime(2024, 6, 3, 22, 30, tzinfo=UTC))  # 0.30 on Tuesday in Paris
    assert close_days(zone=ZONE, now=datetime(2024, 6, 4, 21, 0, tzinfo=UTC)) == []
    (sealed,) = close_days(zone=ZONE, now=datetime(2024, 6, 4, 22, 1, tzinfo=UTC))
    assert sealed.day == date(2024, 6, 4)


def test_lines_that_came_late_or_out_of_order_are_sealed_too():
    a_line(now=MONDAY)
    close_days(zone=ZONE, now=MONDAY + timedelta(days=1))
    past = [a_line(now=MONDAY - timedelta(days=9)), a_line(now=MONDAY + timedelta(days=1))]
    (sealed,) = close_days(zone=ZONE, now=MONDAY + timedelta(days=3))
    assert (sealed.first, sealed.last, sealed.day) == (past[0].pk, past[1].pk, date(2024, 6, 4))
    assert first_fault() == ""


def test_a_number_that_a_rollback_left_out_is_no_fault():
    a_line()
    a_line_rolled_back()
    a_line()
    close_days(zone=ZONE, now=MONDAY + timedelta(days=1))
    assert first_fault() == ""


def test_a_changed_line_is_named():
    lines = three_days()
    tamper("UPDATE foundation_traceline SET about = 'x' WHERE id = %s", lines[0].pk)
    assert first_fault() == f"Le 3 juin 2024, la ligne {lines[0].pk} a été modifiée."


def test_a_changed_line_of_today_is_named():
    lines = three_days()
    tamper("UPDATE foundation_traceline SET about = 'x' WHERE id = %s", lines[3].pk)
    assert first_fault() == f"Le 5 juin 2024, la ligne {lines[3].pk} a été modifiée."


def test_a_line_changed_with_its_digest_breaks_its_day():
    lines = three_days()
    changed = a_line(now=lines[2].at)
    tamper(
        "UPDATE foundation_traceline SET about = %s, detail = '{}', salt = %s, digest = %s"
        " WHERE id = %s",
        changed.about, changed.salt, changed.digest, lines[2].pk,
    )  # fmt: skip
    assert first_fault() == "Le 4 juin 2024 n’est plus tel qu’il a été scellé."


def test_a_removed_line_is_named():
    lines = three_days()
    tamper("DELETE FROM foundation_traceline WHERE id = %s", lines[1].pk)
    assert first_fault() == f"Le 3 juin 2024, la ligne {lines[1].pk} a été retirée."


def test_an_added_line_is_named():
    lines = three_days()
    first = lines[0].pk
    added = a_line()
    tamper("UPDATE foundation_traceline SET id = %s WHERE id = %s", first - 1, added.pk)
    assert first_fault() == f"Le 3 juin 2024, la ligne {first - 1} a été ajoutée après coup."


def test_lines_that_changed_places_break_their_day():
    one, other, *_rest = [line.pk for line in three_days()]
    for source, target in ((one, -1), (other, one), (-1, other)):
        tamper("UPDATE foundation_traceline SET id = %s WHERE id = %s", target, source)
    assert first_fault() == "Le 3 juin 2024 n’est plus tel qu’il a été scellé."


def test_a_day_taken_out_breaks_the_next_one():
    three_days()
    tamper("DELETE FROM foundation_tracedigest WHERE day = '2024-06-03'")
    assert first_fault() == "Le 4 juin 2024 ne suit pas le jour qui le précède dans la trace."


def test_a_trace_written_again_is_met_by_a_digest_that_was_noted():
    three_days()
    noted = queries.last_digest().digest
    assert is_known(noted[:12])
    tamper("DELETE FROM foundation_tracedigest")
    tamper("DELETE FROM foundation_traceline WHERE at < '2024-06-04'")
    close_days(zone=ZONE, now=MONDAY + timedelta(days=2))
    assert first_fault() == ""
    assert not is_known(noted)
    assert not is_known("")


def test_a_day_left_open_is_late_from_the_second_day_on():
    a_line(now=MONDAY)
    assert queries.day_left_open(ZONE, MONDAY + timedelta(days=1)) is None
    assert queries.day_left_open(ZONE, MONDAY + timedelta(days=2)) == MONDAY
    close_days(zone=ZONE, now=MONDAY + timedelta(days=2))
    assert queries.day_left_open(ZONE, MONDAY + timedelta(days=2)) is None


def old_lines(now):
    """A consultation and a deed of 400 days ago, and a consultation of 300."""
    old, later = now - timedelta(days=400), now - timedelta(days=300)
    person = PersonFactory(name="Ada")
    seen = a_line(1, now=old, actor=person, kind=TraceKind.SEEN, detail={"version": 1})
    return seen, a_line(2, now=old, actor=person), a_line(3, now=later, kind=TraceKind.SEEN)


def test_old_consultations_are_emptied_and_the_chain_still_holds():
    now = timezone.now()
    seen, done, recent = old_lines(now)
    close_days(zone=ZONE, now=now)
    assert purge_seen(now=now) == 1
    kept = TraceLine.objects.get(pk=seen.pk)
    assert (kept.actor, kept.label, kept.about, kept.detail, kept.salt) == ("", "", "", {}, "")
    assert (kept.digest, kept.at, kept.is_purged) == (seen.digest, seen.at, True)
    assert TraceLine.objects.get(pk=done.pk).label == "Ada"
    assert not TraceLine.objects.get(pk=recent.pk).is_purged
    assert TraceLine.objects.get(verb=TraceVerb.PURGED).detail["lines"] == 1
    assert first_fault() == ""
    assert purge_seen(now=now) == 0


def test_a_consultation_that_no_day_seals_is_not_emptied():
    now = timezone.now()
    old_lines(now)
    assert purge_seen(now=now) == 0


def test_emptying_without_saying_so_is_a_fault():
    now = timezone.now()
    seen, *_others = old_lines(now)
    close_days(zone=ZONE, now=now)
    connection.cursor().execute(
        f"{EMPTY} WHERE id = %s", [seen.pk]
    )  # the door is open: the trace must say it
    assert f"la ligne {seen.pk} a été vidée sans que la trace le dise" in first_fault()


@pytest.mark.parametrize("days", [0, 170])
def test_the_door_stays_shut_for_what_is_recent(days):
    seen = a_line(now=timezone.now() - timedelta(days=days), kind=TraceKind.SEEN)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        connection.cursor().execute(EMPTY)
    assert TraceLine.objects.get().salt == seen.salt


def test_the_door_lets_nothing_else_through():
    now = timezone.now()
    old_lines(now)
    for more in ("digest = 'x'", "verb = 'x'", "owner = 'x'", "kind = 'did'", "id = 99"):
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(f"{EMPTY}, {more} WHERE about = 'initiative:1'")


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time")
def test_lines_wait_for_nobody_and_sealing_waits_for_them():
    """One transaction holds a line; fifty others lay theirs meanwhile; sealing takes them all."""
    held, let_go = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            a_line(0)
            held.set()
            assert let_go.wait(20)
        connection.close()

    def seal():
        close_days(zone=ZONE, now=MONDAY + timedelta(days=1))
        connection.close()

    first, sealing = threading.Thread(target=slow), threading.Thread(target=seal)
    first.start()
    assert held.wait(20)
    for number in range(50):
        a_line(number)
    assert TraceLine.objects.count() == 50  # committed, while the first is still open
    sealing.start()
    sealing.join(0.5)
    assert sealing.is_alive()
    let_go.set()
    first.join(20)
    sealing.join(20)
    assert TraceDigest.objects.get().count == 51
    assert first_fault() == ""
