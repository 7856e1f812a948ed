from collections.abc import Callable
from functools import lru_cache
from typing import cast

from django.utils.functional import SimpleLazyObject

from gabare.questionnaires.facts import StoredFile
from gabare.questionnaires.models import Attachment, Question, Revision


def current_revision(questionnaire_key: str) -> Revision | None:
    """The last revision published; nothing before the first."""
    return (
        Revision.objects.filter(questionnaire__key=questionnaire_key)
        .select_related("questionnaire")
        .order_by("-number")
        .first()
    )


def questions_of(revision: Revision) -> list[Question]:
    """In the order they are asked. A revision is frozen: its questions are read once a process."""
    return list(_questions(revision.pk, revision.digest))


@lru_cache(maxsize=64)
def _questions(revision: int, _digest: str) -> tuple[Question, ...]:
    return tuple(Question.objects.filter(revision=revision).order_by("position"))


def attachment(public_id: str) -> Attachment | None:
    """To serve it: say who its `owner` is before, `Content-Disposition: attachment` always."""
    return Attachment.objects.filter(public_id=public_id).first()


def stored_files(
    owner: str, *, address: Callable[[str], str] | None = None
) -> dict[str, StoredFile]:
    """For `Facts.files`: the owner's files by public id; `address` makes a download address.

    Read when a question asks for them, and few do.
    """
    return cast("dict[str, StoredFile]", SimpleLazyObject(lambda: _stored(owner, address)))


def _stored(owner: str, address: Callable[[str], str] | None) -> dict[str, StoredFile]:
    return {
        each.public_id: StoredFile(
            each.public_id,
            each.name,
            each.size,
            each.media_type,
            address(each.public_id) if address else "",
        )
        for each in Attachment.objects.filter(owner=owner).order_by("pk")
    }
