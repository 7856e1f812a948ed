"""What changes questionnaires and their files."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from gabare.foundation.files import ALLOWED, FileRefused, check_upload
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.kinds import REGISTRY
from gabare.questionnaires.kinds.file import MAX_FILES, File
from gabare.questionnaires.models import ATTACHMENTS, Attachment, Question, Questionnaire, Revision
from gabare.questionnaires.queries import current_revision
from gabare.questionnaires.specs import QuestionSpec, SpecProblem, check_specs, digest

OWNER_FILES = 100
OWNER_BYTES = 300 * 1024 * 1024
ORPHAN_AGE = timedelta(days=1)


class SpecsRefused(Exception):
    """Questions that cannot be published, with every problem found."""

    def __init__(self, problems: Sequence[SpecProblem]) -> None:
        super().__init__("; ".join(f"{each.question}: {each.message}" for each in problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Kept:
    """Answers as typed with every upload replaced by its id, and why some were not kept."""

    raw: dict[str, Any]
    errors: dict[str, str]


@transaction.atomic
def publish_revision(
    *, questionnaire_key: str, specs: Sequence[QuestionSpec], now: datetime
) -> Revision:
    """Freezes these questions as the questionnaire's next revision.

    The same questions as the revision in force change nothing and return it. An older digest does
    make a new revision: going back is a publication too. Answers stay pinned to theirs. Raises
    `SpecsRefused` when a question is wrong, or when a key comes back with another meaning.
    """
    problems = check_specs(specs)
    if problems:
        raise SpecsRefused(problems)
    Questionnaire.objects.get_or_create(key=questionnaire_key)
    questionnaire = Questionnaire.objects.select_for_update().get(key=questionnaire_key)
    fingerprint, last = digest(specs), current_revision(questionnaire_key)
    if last is not None and last.digest == fingerprint:
        return last
    problems = _reused_keys(questionnaire, specs)
    if problems:
        raise SpecsRefused(problems)
    revision = Revision.objects.create(
        questionnaire=questionnaire,
        number=last.number + 1 if last else 1,
        digest=fingerprint,
        published_at=now,
    )
    Question.objects.bulk_create(
        Question(revision=revision, position=position, **_columns(spec))
        for position, spec in enumerate(specs)
    )
    return revision


def _columns(spec: QuestionSpec) -> dict[str, Any]:
    names = QuestionSpec.__dataclass_fields__
    return {
        name: dict(value) if isinstance(value := getattr(spec, name), Mapping) else value
        for name in names
    }


def _reused_keys(questionnaire: Questionnaire, specs: Iterable[QuestionSpec]) -> list[SpecProblem]:
    """A key keeps its meaning through all revisions: answers are compared across them by key."""
    rows = Question.objects.filter(revision__questionnaire=questionnaire)
    kinds = dict(rows.order_by("revision__number").values_list("key", "kind"))
    return [
        SpecProblem(
            spec.key,
            "kind",
            _("« %(key)s » était une question d’un autre genre (%(kind)s).")
            % {"key": spec.key, "kind": kinds[spec.key]},
            _("Donnez une autre clé à la question : les réponses reçues restent lisibles."),
        )
        for spec in specs
        if spec.key in kinds and not _same_meaning(kinds[spec.key], spec.kind)
    ]


def _same_meaning(before: str, after: str) -> bool:
    if before == after or before not in REGISTRY:
        return True
    family = REGISTRY[before].family
    return bool(family) and family == REGISTRY[after].family


@transaction.atomic
def keep_file(
    *,
    upload: UploadedFile,
    owner: str,
    now: datetime,
    allowed: Collection[str] = ALLOWED.keys(),
) -> Attachment:
    """Checks a file and stores it under a random name, out of reach of the web server.

    Raises `FileRefused` with a sentence for the person. Serve it as an attachment only. An owner
    may not fill the disk: anyone may open a draft.
    """
    held = Attachment.objects.filter(owner=owner).aggregate(count=Count("pk"), weight=Sum("size"))
    if held["count"] >= OWNER_FILES or (held["weight"] or 0) >= OWNER_BYTES:
        raise FileRefused(
            _("Ce dépôt a déjà reçu trop de fichiers. Déposez-le ailleurs et donnez son lien.")
        )
    checked = check_upload(upload, allowed=allowed)
    attachment = Attachment(
        name=checked.name,
        media_type=checked.media_type,
        size=checked.size,
        sha256=checked.sha256,
        owner=owner,
        created_at=now,
    )
    attachment.file.save(checked.name, ContentFile(checked.content), save=False)
    try:
        with transaction.atomic():
            attachment.save()
    except BaseException:
        attachment.file.delete(save=False)
        raise
    return attachment


@transaction.atomic
def keep_uploads(
    *, questions: Iterable[Asked], raw: Mapping[str, Any], owner: str, now: datetime
) -> Kept:
    """Stores the uploads that `read_answers` found; every other answer passes untouched.

    A refused file leaves the others in place and gives its sentence under the question's key.
    """
    kept, errors = dict(raw), {}
    for question in questions:
        kind, answer = REGISTRY[question.kind], raw.get(question.key)
        if not isinstance(kind, File) or not isinstance(answer, list):
            continue
        ids: list[str] = []
        refusals: list[str] = []
        for each in answer[: MAX_FILES * 2]:
            if not isinstance(each, UploadedFile):
                ids.append(each)
                continue
            try:
                stored = keep_file(
                    upload=each, owner=owner, now=now, allowed=kind.accepted(question)
                )
                ids.append(stored.public_id)
            except FileRefused as refusal:
                refusals.append(refusal.message)
        kept[question.key] = ids
        if refusals:
            errors[question.key] = " ".join(refusals)
    return Kept(kept, errors)


@transaction.atomic
def forget_files(*, owner: str, keep: Collection[str]) -> int:
    """Deletes the owner's files but those still named in a draft or a version (`keep`).

    The bytes go once the rows are gone for good: a rolled-back deletion loses nothing.
    """
    forgotten = list(Attachment.objects.filter(owner=owner).exclude(public_id__in=keep))
    for each in forgotten:
        transaction.on_commit(partial(each.file.delete, save=False))
    Attachment.objects.filter(pk__in=[each.pk for each in forgotten]).delete()
    return len(forgotten)


def sweep_files(*, now: datetime) -> int:
    """Deletes stored files that no row names: what a rolled-back transaction leaves on the disk.

    Younger than a day, they may belong to a transaction that is still under way.
    """
    storage, swept = storages["private"], 0
    folders = storage.listdir(ATTACHMENTS)[0] if storage.exists(ATTACHMENTS) else []
    for folder in folders:
        path = f"{ATTACHMENTS}/{folder}"
        names = [f"{path}/{name}" for name in storage.listdir(path)[1]]
        known = set(Attachment.objects.filter(file__in=names).values_list("file", flat=True))
        for name in names:
            if name not in known and storage.get_modified_time(name) < now - ORPHAN_AGE:
                storage.delete(name)
                swept += 1
    return swept
