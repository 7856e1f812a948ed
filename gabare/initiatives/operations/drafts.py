"""The working copy of a deposit. Nobody needs a name to have one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from gabare.calls.models import Axis, Call
from gabare.foundation.tokens import digest, new_public_id, new_secret
from gabare.initiatives.enums import MandateRole
from gabare.initiatives.lifecycle import Refused, refusal
from gabare.initiatives.models import Draft, Initiative, Mandate, Version
from gabare.initiatives.records import record_of
from gabare.initiatives.rules import is_live, may_reopen
from gabare.initiatives.validators import Block, storable
from gabare.people.models import Person
from gabare.questionnaires.models import Revision
from gabare.questionnaires.queries import current_revision


class StaleDraft(Exception):
    """Someone (another tab, another person) saved since this page was shown.

    Nothing was written. `draft` is what is kept now; the caller still has what was typed.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"draft {draft.pk} has {draft.saves} saves")
        self.draft = draft


class AlreadySent(Exception):
    """The working copy was sent or withdrawn: there is nothing left to save into."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"draft {draft.pk} is not live")
        self.draft = draft


@transaction.atomic
def start_draft(*, call: Call, axis: Axis, now: datetime) -> tuple[Draft, str]:
    """Begin a deposit; the secret is told once and kept only as a digest."""
    public_id, secret = new_public_id(), new_secret()
    initiative = Initiative.objects.create(
        public_id=public_id, slug=public_id, call=call, axis=axis, created_at=now
    )
    draft = Draft.objects.create(
        initiative=initiative,
        revision=_published(axis),
        saved_at=now,
        secret_digest=digest(secret),
    )
    return draft, secret


@transaction.atomic
def change_axis(*, draft_id: int, axis: Axis, now: datetime) -> Draft:
    """Move a draft to another axis. What was typed stays: the same question keeps its key.

    Raises `AlreadySent`; and `Refused` once a version was sent, since rounds read it by axis.
    """
    draft = lock_draft(draft_id)
    if not is_live(draft):
        raise AlreadySent(draft)
    initiative = draft.initiative
    if initiative.submitted_at is not None:
        raise Refused(refusal(initiative.state))
    if initiative.axis_id != axis.pk:
        initiative.axis = axis
        initiative.save(update_fields=["axis"])
        draft.revision = _published(axis)
        draft.saves += 1
        draft.saved_at = now
        draft.save(update_fields=["revision", "saves", "saved_at"])
    return draft


@transaction.atomic
def save_draft(
    *,
    draft_id: int,
    answers: Mapping[str, Any],
    occurrences: Sequence[Block] | None,
    carriers: Sequence[Block] | None,
    seen_saves: int,
    now: datetime,
) -> Draft:
    """Keep what was typed, right or wrong. `answers` holds only the keys of the page saved.

    `None` for a block leaves it as it is. Saving again what is already kept writes nothing and
    is never stale, so that a repeated autosave is harmless. Raises `StaleDraft`, `AlreadySent`.
    """
    draft = lock_draft(draft_id)
    if not is_live(draft):
        raise AlreadySent(draft)
    kept = (draft.values, draft.occurrences, draft.carriers)
    wanted = (
        {**draft.values, **storable(answers)},
        draft.occurrences if occurrences is None else storable(occurrences),
        draft.carriers if carriers is None else storable(carriers),
    )
    if wanted == kept and draft.saves:
        return draft
    if draft.saves != seen_saves:
        raise StaleDraft(draft)
    draft.values, draft.occurrences, draft.carriers = wanted
    draft.saves += 1
    draft.saved_at = now
    draft.save(update_fields=["values", "occurrences", "carriers", "saves", "saved_at"])
    _follow_title(draft)
    return draft


@transaction.atomic
def claim_draft(*, draft_id: int, person: Person) -> Mandate:
    """Give who holds a draft a mandate: the first is its owner, the next ones help to write.

    The caller has checked that the person holds the draft's secret.
    """
    draft = lock_draft(draft_id)
    owned = draft.initiative.mandates.filter(role=MandateRole.OWNER).exists()
    mandate, _new = Mandate.objects.get_or_create(
        initiative=draft.initiative,
        person=person,
        defaults={"role": MandateRole.EDITOR if owned else MandateRole.OWNER},
    )
    return mandate


@transaction.atomic
def reopen_draft(*, initiative_id: int, now: datetime) -> tuple[Draft, str]:
    """The last version as a working copy again, under the questions of today.

    A copy already open stays as it is, with a new secret. Raises `Refused` where the life cycle
    has no way to send again.
    """
    initiative = Initiative.objects.select_for_update().select_related("axis").get(pk=initiative_id)
    if not may_reopen(initiative):
        raise Refused(refusal(initiative.state))
    secret = new_secret()
    draft = Draft.objects.filter(initiative=initiative).first() or Draft(
        initiative=initiative, revision=_published(initiative.axis), saved_at=now
    )
    draft.initiative = initiative
    if draft.pk is None or draft.sent_at is not None:
        _fill_from(draft, initiative.versions.last(), now)
    draft.secret_digest = digest(secret)
    draft.save()
    return draft, secret


def lock_draft(draft_id: int) -> Draft:
    """The initiative's row first, then the draft's: every verb locks in that order."""
    Initiative.objects.select_for_update().values_list("pk").get(draft=draft_id)
    return (
        Draft.objects.select_for_update(of=("self",))
        .select_related("initiative__call")
        .get(pk=draft_id)
    )


def _fill_from(draft: Draft, version: Version | None, now: datetime) -> None:
    if version is not None:
        draft.values, draft.occurrences = version.values, version.occurrences
        draft.carriers = version.carriers
    draft.revision = _published(draft.initiative.axis)
    draft.saves += 1
    draft.saved_at = now
    draft.sent_at = None


def _follow_title(draft: Draft) -> None:
    """A draft is recognised by its title, as far as it is typed. A sent one keeps its own."""
    initiative = draft.initiative
    title = record_of(initiative.call, draft.values).title[:200]
    if initiative.submitted_at is None and title != initiative.title:
        initiative.title = title
        initiative.save(update_fields=["title"])


def _published(axis: Axis) -> Revision:
    revision = current_revision(axis.questionnaire.key)
    if revision is None:
        raise Revision.DoesNotExist(f"axis {axis} has no published questionnaire")
    return revision
