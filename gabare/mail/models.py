from django.db import models
from django.utils.translation import gettext_lazy as _

from gabare.foundation.tokens import new_public_id
from gabare.mail.enums import LetterState


class LetterText(models.Model):
    """The words of one letter in one language. `owner` is what it belongs to, e.g. a call's key."""

    owner = models.CharField(max_length=60)
    key = models.SlugField(max_length=60)
    language = models.CharField(max_length=8)
    subject = models.CharField(_("objet"), max_length=200)
    body = models.TextField(_("texte"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "key", "language"], name="one_letter_text")
        ]

    def __str__(self) -> str:
        return f"{self.owner}/{self.key}.{self.language}"


class Letter(models.Model):
    """One message of the outbox, written in the same transaction as the change it tells of."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    key = models.SlugField(max_length=60)
    recipient = models.EmailField(_("destinataire"))
    sender = models.CharField(max_length=200, blank=True)
    subject = models.CharField(_("objet"), max_length=250)
    language = models.CharField(max_length=8, default="fr")
    text = models.TextField(_("texte"))
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about = models.CharField(
        max_length=80, blank=True, db_index=True,
        help_text="What it is about, in words that this room does not read: initiative:k3f…",
    )  # fmt: skip
    state = models.CharField(
        max_length=10, choices=LetterState.choices, default=LetterState.WAITING
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="letters_to_send")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=LetterState.values), name="letter_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~models.Q(state=LetterState.SENT) & models.Q(sent_at__isnull=True)),
                name="letter_sent_at_if_sent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.recipient}"


class Attachment(models.Model):
    """A small file that leaves with a letter. In the database: it stands or falls with it."""

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=160)
    media_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.name
