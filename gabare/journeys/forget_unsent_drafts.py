"""A draft that nobody sends is forgotten: it holds names and addresses, and serves nothing."""

from datetime import datetime

from django.db import transaction

from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.operations import lock_draft
from gabare.initiatives.rules import UNSENT_IS_KEPT
from gabare.journeys.deposit_initiative import owner_of_files
from gabare.mail.operations import forget_letters
from gabare.questionnaires.operations import forget_files


def forget_unsent_drafts(*, now: datetime) -> int:
    """Erase what was never sent and not touched for `UNSENT_IS_KEPT`; how many.

    Its files and the letters about it go too: one holds its secret link. What was sent once is
    part of the public archives: never erased here. One transaction each, so that a long list
    keeps nobody waiting.
    """
    before = now - UNSENT_IS_KEPT
    old = Draft.objects.filter(initiative__submitted_at=None, saved_at__lt=before)
    return sum(_forget(draft_id, before) for draft_id in list(old.values_list("pk", flat=True)))


@transaction.atomic
def _forget(draft_id: int, before: datetime) -> bool:
    try:
        draft = lock_draft(draft_id)
    except Initiative.DoesNotExist:  # another worker was faster
        return False
    initiative = draft.initiative
    if draft.saved_at >= before or initiative.submitted_at is not None:
        return False
    named = initiative.public_id
    forget_files(owner=owner_of_files(initiative), keep=())
    forget_letters(about=[f"draft:{named}", f"initiative:{named}"])
    initiative.delete()
    return True
