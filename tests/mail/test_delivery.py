"""From the outbox to a real server: sent once, never lost, refusals kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from gabare.mail import delivery, operations, transports
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter
from gabare.mail.operations import AttachedFile, NotEditable, queue_letter

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 4, 2, 8, tzinfo=UTC)
BY_NOBODY = {"by": None, "owner": "", "now": NOW}


@pytest.fixture
def write(words):
    def write(recipient="ada@example.org", **more):
        values = {"title": "Café débat", "link": "https://exemple.org/x"}
        fields = {"owner": "essai", "key": "bonjour", "language": "fr", "values": values}
        with transaction.atomic():
            return queue_letter(recipient=recipient, now=NOW, **{**fields, **more})

    return write


def work():
    """Run the tasks of the queue, in order. The worker itself is tested in tests/config."""
    for task in DBTaskResult.objects.ready():
        task.task.call(*task.args_kwargs["args"])
        task.delete()


def later(letter, **delta):
    """The letter's wait is over."""
    Letter.objects.filter(pk=letter.pk).update(next_try_at=timezone.now() - timedelta(**delta))


def test_a_letter_leaves_once_as_text_and_html(postman, write):
    letter = write()
    work()
    (message,) = postman.received
    assert message["To"] == "ada@example.org"
    assert message["Subject"] == "Reçu : Café débat"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == f"<{letter.public_id}@127.0.0.1>"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert message.get_body(("plain",)).get_content() == "Café débat\n\nhttps://exemple.org/x\n"
    html = message.get_body(("html",)).get_content()
    assert '<a href="https://exemple.org/x">' in html
    assert "<img" not in html
    letter.refresh_from_db()
    assert letter.state == LetterState.SENT
    assert letter.sent_at is not None
    assert delivery.deliver(letter.pk) is False
    assert delivery.sweep() == 0
    assert len(postman.received) == 1


def test_a_lost_task_loses_no_letter(postman, write):
    write()
    DBTaskResult.objects.all().delete()
    assert delivery.sweep() == 1
    assert len(postman.received) == 1


def test_a_rolled_back_change_sends_nothing(postman, write):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    work()
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()
    assert not postman.received


def test_two_workers_never_send_the_same_letter(postman, write):
    letter = write()
    assert operations.claim_letter(letter_id=letter.pk, now=timezone.now())
    work()
    assert delivery.sweep() == 0
    assert not postman.received


def test_a_crash_between_the_sending_and_its_record_sends_again_under_the_same_name(postman, write):
    letter = write()
    claimed = operations.claim_letter(letter_id=letter.pk, now=timezone.now())
    transports.send(delivery.message_of(claimed))  # and here the machine stops
    assert delivery.sweep() == 0
    later(letter, seconds=1)
    assert delivery.sweep() == 1
    first, second = postman.received
    assert first["Message-ID"] == second["Message-ID"]


def test_an_address_refused_for_good_is_not_tried_again(postman, write):
    postman.refusals["ada@example.org"] = "550 no such user here"
    letter = write()
    work()
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert letter.last_error == "550 no such user here"
    assert delivery.sweep() == 0


@pytest.mark.parametrize("stage", ["recipient", "data"])
def test_a_passing_refusal_is_tried_again_later_and_later(postman, write, stage):
    letter = write()
    if stage == "recipient":
        postman.refusals["ada@example.org"] = "450 try again later"
    else:
        postman.at_data = "451 try again later"
    work()
    letter.refresh_from_db()
    assert letter.state == LetterState.WAITING
    assert "try again later" in letter.last_error
    assert timedelta(seconds=100) < letter.next_try_at - timezone.now() < timedelta(minutes=2)
    postman.refusals, postman.at_data = {}, ""
    assert delivery.sweep() == 0
    later(letter, seconds=1)
    assert delivery.sweep() == 1
    letter.refresh_from_db()
    assert (letter.state, letter.attempts, letter.last_error) == (LetterState.SENT, 2, "")


def test_a_message_refused_for_good_is_not_tried_again(postman, write):
    postman.at_data = "554 refused"
    letter = write()
    work()
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED


def test_a_server_that_does_not_answer_is_tried_again_for_days_then_said(settings, write):
    settings.SMTP_URL = "smtp://127.0.0.1:1"
    letter = write()
    for _ in range(operations.MAX_ATTEMPTS):
        later(letter, seconds=1)
        delivery.sweep()
    letter.refresh_from_db()
    assert letter.state == LetterState.FAILED
    assert "Connection refused" in letter.last_error
    waits = [operations.wait_after(count) for count in range(1, operations.MAX_ATTEMPTS)]
    assert waits == sorted(waits)
    assert sum(waits, timedelta()) > timedelta(days=3)


def test_one_letter_that_cannot_leave_does_not_hold_the_others(postman, write):
    postman.refusals["b@example.org"] = "550 no"
    for recipient in ("a@example.org", "b@example.org", "c@example.org"):
        write(recipient)
    work()
    assert [message["To"] for message in postman.received] == ["a@example.org", "c@example.org"]


def test_letters_about_one_thing_to_one_person_make_a_thread(postman, write):
    first, other = write(about="initiative:x"), write("b@example.org", about="initiative:x")
    second = write(about="initiative:x")
    work()
    by_id = {message["Message-ID"].split("@")[0][1:]: message for message in postman.received}
    reference = f"<{first.public_id}@127.0.0.1>"
    assert by_id[second.public_id]["In-Reply-To"] == reference
    assert by_id[second.public_id]["References"] == reference
    assert by_id[first.public_id]["References"] is None
    assert by_id[other.public_id]["References"] is None


def test_a_file_goes_with_its_letter(postman, write):
    write(attachments=[AttachedFile("date.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")])
    work()
    (attached,) = postman.received[0].iter_attachments()
    assert attached.get_filename() == "date.ics"
    assert attached.get_content_type() == "text/calendar"


def test_a_held_letter_waits_for_a_person_who_may_edit_it(postman, write):
    letter = write(held=True)
    work()
    assert delivery.sweep() == 0
    operations.release_letter(
        letter_id=letter.pk, **BY_NOBODY, subject="Autre\nobjet", text="Bonjour <Ada>\n\nMerci."
    )
    work()
    (message,) = postman.received
    assert message["Subject"] == "Autre objet"
    assert message.get_body(("plain",)).get_content() == "Bonjour <Ada>\n\nMerci.\n"
    assert "<p>Bonjour &lt;Ada&gt;</p>" in message.get_body(("html",)).get_content()
    with pytest.raises(NotEditable):
        operations.release_letter(letter_id=letter.pk, **BY_NOBODY)
    with pytest.raises(NotEditable):
        operations.cancel_letter(letter_id=letter.pk, **BY_NOBODY)


def test_a_cancelled_letter_never_leaves(postman, write):
    letter = write()
    operations.cancel_letter(letter_id=letter.pk, **BY_NOBODY)
    work()
    assert not postman.received


def test_without_a_server_letters_are_files_one_each(settings, write):
    letter = write()
    work()
    (file,) = settings.MAIL_DIR.iterdir()
    assert file.name == f"{letter.public_id}.eml"
    assert b"Auto-Submitted: auto-generated" in file.read_bytes()


def test_sweeping_asks_once_whatever_the_size_of_the_outbox(
    postman, write, django_assert_num_queries
):
    for count in (1, 3):
        letters = [write(held=True) for _ in range(count)]
        with django_assert_num_queries(1):
            assert delivery.sweep() == 0
        assert len(letters) == count
