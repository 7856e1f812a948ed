"""The verbs of the room, each one transaction."""

from gabare.initiatives.operations.dates import DatesMoved, Wanted, change_occurrence_status
from gabare.initiatives.operations.drafts import (
    AlreadySent,
    StaleDraft,
    change_axis,
    claim_draft,
    lock_draft,
    reopen_draft,
    save_draft,
    start_draft,
)
from gabare.initiatives.operations.moves import move_initiative
from gabare.initiatives.operations.resuming import (
    NotTheSecret,
    TooManyLetters,
    send_resume_link,
)
from gabare.initiatives.operations.versions import submit_version

__all__ = [
    "AlreadySent",
    "DatesMoved",
    "NotTheSecret",
    "StaleDraft",
    "TooManyLetters",
    "Wanted",
    "change_axis",
    "change_occurrence_status",
    "claim_draft",
    "lock_draft",
    "move_initiative",
    "reopen_draft",
    "save_draft",
    "send_resume_link",
    "start_draft",
    "submit_version",
]
