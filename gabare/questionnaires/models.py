from typing import Any

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from gabare.foundation.frozen import Frozen, FrozenModel
from gabare.foundation.tokens import new_public_id
from gabare.questionnaires.enums import Visibility

ATTACHMENTS = "attachments"  # folder of the private storage


class Questionnaire(models.Model):
    """A set of questions through its revisions, e.g. `ndia-2024/evenements`."""

    key = models.CharField(max_length=120, unique=True)

    def __str__(self) -> str:
        return self.key


class Revision(FrozenModel):
    """Questions as published: frozen. Answers stay pinned to the revision they were given under."""

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_revision_number")
        ]

    def __str__(self) -> str:
        return f"{self.questionnaire} r{self.number}"


class Question(FrozenModel):
    """One question of a revision. `key` is stable across revisions, axes and waves: one meaning."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=60)
    kind = models.CharField(max_length=30)
    position = models.PositiveSmallIntegerField()
    step = models.SlugField(max_length=40)
    label = models.JSONField(help_text="Localised text")
    help = models.JSONField(default=dict, blank=True)
    options = models.JSONField(default=dict, blank=True, help_text="Read by the kind alone")
    condition = models.JSONField(null=True, blank=True)
    required = models.BooleanField(default=False)
    required_from = models.DateField(null=True, blank=True)
    frozen_from = models.DateField(null=True, blank=True)
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "key"], name="one_question_key"),
            models.CheckConstraint(
                condition=models.Q(visibility__in=Visibility.values), name="visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def save(self, *_args: Any, **_kwargs: Any) -> None:
        """Not even a new one: a revision is laid with all its questions at once, in bulk."""
        raise Frozen(str(self))


def private_storage() -> Storage:
    return storages["private"]


def random_name(instance: "Attachment", _filename: str) -> str:
    return f"{ATTACHMENTS}/{instance.public_id[:2]}/{instance.public_id}"


class Attachment(models.Model):
    """A file received with an answer, checked, renamed, and never served inline."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    file = models.FileField(upload_to=random_name, storage=private_storage)
    name = models.CharField(_("nom d’origine"), max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    owner = models.CharField(
        max_length=80, db_index=True,
        help_text="Who may read it, in words that this room does not read: initiative:k3f…",
    )  # fmt: skip
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
