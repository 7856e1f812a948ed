"""Letters are written in the transaction of the change they tell of, and sent after it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils.module_loading import import_string

from gabare.foundation.operations import record
from gabare.mail import placeholders, rendering
from gabare.mail.enums import LetterState, MailTrace
from gabare.mail.models import Attachment, Letter
from gabare.mail.queries import earlier_letter, letter_text
from gabare.people.models import Person

MAX_ATTEMPTS = 20  # with the waits below, three days: a mailbox that is full may be emptied
LONGEST_WAIT = timedelta(hours=6)


class NoTransaction(RuntimeError):
    """A letter was written outside a transaction: it could tell of a change that never was."""


class NotEditable(Exception):
    """The letter has already left, or was cancelled."""


class AttachedFile(NamedTuple):
    name: str
    media_type: str
    content: bytes


def queue_letter(  # noqa: PLR0913 - a letter is made of that many things
    *,
    owner: str,
    key: str,
    language: str,
    recipient: str,
    values: Mapping[str, object],
    about: str = "",
    now: datetime,
    held: bool = False,
    attachments: Sequence[AttachedFile] = (),
    sender: str = "",
) -> Letter:
    """Write a letter from its text (`LetterText`) and put it in the outbox.

    `held` keeps it there until a person releases it. `about` threads the letters to one person
    about one thing. Raises `NoTransaction`, `NoLetterText`, `UnknownPlaceholder`, and
    `ValidationError` when the recipient is not an address.
    """
    text = letter_text(owner, key, language)
    words = rendering.render(
        subject=text.subject, body=text.body, placeholders=placeholders.promised(key),
        values=values, language=text.language,
    )  # fmt: skip
    letter = Letter(
        key=key, recipient=recipient, sender=sender, language=text.language,
        subject=words.subject, text=words.text, html=words.html, about=about,
        state=LetterState.HELD if held else LetterState.WAITING, created_at=now,
    )  # fmt: skip
    return queue_message(letter, attachments=attachments)


def queue_message(letter: Letter, *, attachments: Sequence[AttachedFile] = ()) -> Letter:
    """Put a letter that is already written in the outbox. Raises `NoTransaction`."""
    if not connection.in_atomic_block:
        raise NoTransaction("open a transaction around the change that this letter tells of")
    validate_email(letter.recipient)
    letter.headers = {**letter.headers, **_thread(letter)}
    letter.save(force_insert=True)
    Attachment.objects.bulk_create(
        Attachment(letter=letter, **attached._asdict()) for attached in attachments
    )
    if letter.state == LetterState.WAITING:
        _enqueue(letter)
    return letter


@transaction.atomic
def release_letter(
    *,
    letter_id: int,
    by: Person | None,
    owner: str,
    now: datetime,
    subject: str | None = None,
    text: str | None = None,
) -> Letter:
    """Let a held letter leave, as it is or with the words that a person gave it.

    Edited words are plain text: they carry no link of ours in HTML. Raises `NotEditable`.
    """
    letter = _locked(letter_id, {LetterState.HELD, LetterState.FAILED})
    if subject is not None:
        letter.subject = rendering.one_line(subject)
    if text is not None and text != letter.text:
        letter.text = rendering.plain(text) + "\n"
        letter.html = rendering.html_of(text, letter.language)
    letter.state, letter.attempts, letter.next_try_at = LetterState.WAITING, 0, None
    letter.last_error = ""
    letter.save()
    _record(MailTrace.RELEASED, letter, by, owner, now)
    _enqueue(letter)
    return letter


@transaction.atomic
def cancel_letter(*, letter_id: int, by: Person | None, owner: str, now: datetime) -> Letter:
    """Keep a letter from leaving. Raises `NotEditable` when it already has."""
    letter = _locked(letter_id, {LetterState.HELD, LetterState.WAITING, LetterState.FAILED})
    letter.state = LetterState.CANCELLED
    letter.save(update_fields=["state"])
    _record(MailTrace.CANCELLED, letter, by, owner, now)
    return letter


def forget_letters(*, about: Collection[str]) -> int:
    """Erase every letter about these, sent or not: what they speak of is erased too."""
    _count, by_model = Letter.objects.filter(about__in=about).delete()
    return by_model.get("mail.Letter", 0)


@transaction.atomic
def claim_letter(*, letter_id: int, now: datetime) -> Letter | None:
    """Take a letter to send it, or nothing when it is not, or no longer, to be sent.

    The claim counts the try and puts the next one later, before anything leaves: two workers
    never send the same letter, and one that dies while sending leaves it due again, later.
    """
    letter = Letter.objects.select_for_update().filter(pk=letter_id).first()
    if letter is None or letter.state != LetterState.WAITING:
        return None
    if letter.next_try_at and letter.next_try_at > now:
        return None
    letter.attempts += 1
    letter.next_try_at = now + wait_after(letter.attempts)
    letter.save(update_fields=["attempts", "next_try_at"])
    return letter


@transaction.atomic
def record_sent(*, letter_id: int, now: datetime) -> Letter:
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    letter.state, letter.sent_at = LetterState.SENT, now
    letter.next_try_at, letter.last_error = None, ""
    letter.save(update_fields=["state", "sent_at", "next_try_at", "last_error"])
    return letter


@transaction.atomic
def record_failure(*, letter_id: int, error: str, for_good: bool) -> Letter:
    """Keep why it did not leave. The claim has already said when to try again."""
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    letter.last_error = error[:2000]
    if letter.state == LetterState.WAITING and (for_good or letter.attempts >= MAX_ATTEMPTS):
        letter.state, letter.next_try_at = LetterState.FAILED, None
    letter.save(update_fields=["state", "next_try_at", "last_error"])
    return letter


def wait_after(attempts: int) -> timedelta:
    """2, 4, 8… minutes, never more than six hours."""
    return min(timedelta(minutes=2 ** min(attempts, 12)), LONGEST_WAIT)


def message_id(public_id: str) -> str:
    """The same at each try: a server that already has it knows it."""
    return f"<{public_id}@{urlsplit(settings.PUBLIC_URL).hostname or 'gabare.invalid'}>"


def _thread(letter: Letter) -> dict[str, str]:
    first = earlier_letter(letter.about, letter.recipient)
    if first is None:
        return {}
    reference = message_id(first.public_id)
    return {"In-Reply-To": reference, "References": reference}


def _record(verb: MailTrace, letter: Letter, by: Person | None, owner: str, now: datetime) -> None:
    record(
        actor=by, verb=verb, about=letter.about, owner=owner,
        detail={"letter": letter.public_id, "key": letter.key}, now=now,
    )  # fmt: skip


def _enqueue(letter: Letter) -> None:
    """In the same transaction: the queue is a table. By name, operations never import tasks."""
    import_string("gabare.mail.tasks.deliver_letter").enqueue(letter.pk)


def _locked(letter_id: int, states: set[LetterState]) -> Letter:
    letter = Letter.objects.select_for_update().get(pk=letter_id)
    if letter.state not in states:
        raise NotEditable(letter.state)
    return letter
