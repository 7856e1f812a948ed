from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gabare.foundation.localised import pick
from gabare.foundation.tokens import digest
from gabare.initiatives.letters import call_values, full_address, sender_of
from gabare.initiatives.operations.drafts import lock_draft
from gabare.mail.models import Letter
from gabare.mail.operations import queue_letter

LETTER = "resume-link"
MOST_LETTERS = 3
PERIOD = timedelta(hours=1)


class TooManyLetters(Exception):
    """Three letters an hour for one draft, and to one address whatever the drafts.

    Enough for who lost one, too few to annoy anybody: a draft costs nothing to whoever opens it.
    """


class NotTheSecret(Exception):
    """The secret given is not the draft's: a letter would carry a link that opens nothing."""


@transaction.atomic
def send_resume_link(
    *, draft_id: int, secret: str, email: str, language: str, now: datetime
) -> Letter:
    """Send the secret link that resumes a draft. The address is not kept with the draft.

    Raises `TooManyLetters`, `NotTheSecret`.
    """
    draft = lock_draft(draft_id)
    if digest(secret) != draft.secret_digest:
        raise NotTheSecret
    initiative = draft.initiative
    about = f"draft:{initiative.public_id}"
    lately = Letter.objects.filter(key=LETTER, created_at__gt=now - PERIOD)
    if lately.filter(Q(about=about) | Q(recipient__iexact=email)).count() >= MOST_LETTERS:
        raise TooManyLetters
    return queue_letter(
        owner=initiative.call.key,
        key=LETTER,
        language=language,
        recipient=email,
        values={
            **call_values(initiative.call, language),
            "title": initiative.title or pick(initiative.axis.title, language),
            "link": full_address("carriers:resume", secret, language=language),
        },
        about=about,
        now=now,
        sender=sender_of(initiative.call),
    )
