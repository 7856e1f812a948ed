from django.db import models
from django.utils.translation import gettext_lazy as _

from gabare.foundation.tokens import new_public_id
from gabare.initiatives.models import Initiative, Version
from gabare.labels.credentials.status_list import ENTRIES
from gabare.labels.enums import LabelReason, LabelState, Mover
from gabare.labels.lifecycle import MOVES
from gabare.people.models import Person


class LabelCounter(models.Model):
    """The last number given in a year, whatever the call; locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Label(models.Model):
    """Granted to a described scope, for a period. Its number is never given twice.

    The database refuses to change a revoked one (migration 3).
    """

    number = models.CharField(_("numéro"), max_length=12, unique=True)  # 2024-017
    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    edition_key = models.CharField(max_length=7)  # 2024-04
    scope = models.TextField(_("portée"))
    criteria = models.JSONField(default=list, help_text="criterion keys")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=10, choices=LabelState.choices, default=LabelState.VALID)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=LabelState.values), name="label_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(starts_on__lte=models.F("ends_on")), name="label_period_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.number


def _known_moves() -> models.Q:
    known = models.Q()
    for key, move in MOVES.items():
        known |= models.Q(move=key, source__in=sorted(move.sources), target=move.target)
    return known


class LabelChange(models.Model):
    """One line of a label's history. Append-only: the database refuses to rewrite it."""

    label = models.ForeignKey(Label, models.PROTECT, related_name="changes")
    move = models.CharField(max_length=10)
    source = models.CharField(max_length=10, choices=LabelState.choices)
    target = models.CharField(max_length=10, choices=LabelState.choices)
    mover = models.CharField(max_length=10, choices=Mover.choices)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=20, choices=LabelReason.choices, blank=True)
    public_reason = models.TextField(blank=True, help_text="In the words of who moved it")
    note = models.TextField(blank=True, help_text="For the team only")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=_known_moves(), name="label_change_is_a_move"),
            models.CheckConstraint(
                condition=~models.Q(move__in=[key for key, m in MOVES.items() if m.says_why])
                | ~models.Q(reason="", public_reason=""),
                name="label_change_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(mover=Mover.ITSELF, actor__isnull=True)
                | (~models.Q(mover=Mover.ITSELF) & models.Q(actor__isnull=False)),
                name="label_change_has_who",
            ),
            models.UniqueConstraint(
                fields=["label"], condition=models.Q(move="revoke"), name="label_revoked_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.source} → {self.target}"


class SigningKey(models.Model):
    """A key that signs credentials, or once did: its public half is published for ever.

    The private half is sealed with the installation's secret key: a copy of the database alone
    signs nothing.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    algorithm = models.CharField(max_length=10, default="Ed25519")
    public_jwk = models.JSONField()
    sealed = models.TextField(help_text="The private key, encrypted")
    is_current = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-is_current", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_key"
            ),
            models.CheckConstraint(
                condition=models.Q(is_current=True, retired_at__isnull=True)
                | models.Q(is_current=False, retired_at__isnull=False),
                name="retired_unless_current",
            ),
            models.CheckConstraint(
                condition=models.Q(algorithm="Ed25519"), name="signing_algorithm_known"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class StatusPlace(models.Model):
    """Where the status lists tell of a label: drawn at random, once, for good."""

    label = models.OneToOneField(Label, models.PROTECT, related_name="place")
    list_number = models.PositiveSmallIntegerField()
    index = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["list_number", "index"], name="one_label_a_place"),
            models.CheckConstraint(
                condition=models.Q(index__lt=ENTRIES), name="place_within_its_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_number}/{self.index}"
