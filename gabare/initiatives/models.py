from django.db import models
from django.utils.translation import gettext_lazy as _

from gabare.calls.models import Axis, Call, Wave
from gabare.foundation.tokens import new_public_id
from gabare.initiatives.enums import (
    CarrierRole,
    MandateRole,
    Mode,
    OccurrenceStatus,
    Precision,
    State,
)  # fmt: skip
from gabare.initiatives.lifecycle import SETTLED
from gabare.people.models import Organisation, Person
from gabare.questionnaires.models import Revision
from gabare.territory.models import Commune


class Initiative(models.Model):
    """What is deposited. Its words live in versions; its dates in occurrences."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    axis = models.ForeignKey(Axis, models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="+", null=True, blank=True)
    title = models.CharField(_("titre"), max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="First time it was sent")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["call", "state"], name="initiatives_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="initiative_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(SETTLED), settled_at__isnull=False)
                | (~models.Q(state__in=sorted(SETTLED)) & models.Q(settled_at__isnull=True)),
                name="settled_at_if_settled",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=[State.DRAFT, State.WITHDRAWN])
                | models.Q(submitted_at__isnull=False, wave__isnull=False),
                name="sent_has_date_and_wave",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.public_id


class Draft(models.Model):
    """The one live working copy of an initiative: values as typed, even wrong ones.

    `saves` counts the writes: a save that has not seen the last one is refused, not merged.
    Only the digest of the secret is kept; the secret is the link and the cookie. Once sent, the
    row stays (`sent_at`), so that a deposit sent twice finds what the first sending made.
    """

    initiative = models.OneToOneField(Initiative, models.CASCADE, related_name="draft")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    values = models.JSONField(default=dict, help_text="question key → value as typed")
    occurrences = models.JSONField(default=list, help_text="occurrence blocks as typed")
    carriers = models.JSONField(default=list, help_text="carrier blocks as typed")
    saves = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()
    secret_digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it is live")

    def __str__(self) -> str:
        return f"draft of {self.initiative}"


class Version(models.Model):
    """What was sent, word for word: never changed afterwards."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    values = models.JSONField(help_text="question key → checked value")
    occurrences = models.JSONField(help_text="checked occurrence blocks")
    carriers = models.JSONField(help_text="checked carrier blocks")
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="one_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.initiative} v{self.number}"


class Carrier(models.Model):
    """An organisation that carries an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="carriers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=CarrierRole.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["initiative", "organisation"], name="carries_once"),
            models.UniqueConstraint(
                fields=["initiative"], condition=models.Q(role="lead"), name="one_lead_carrier"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.role}"


class Mandate(models.Model):
    """A person who may act for an initiative."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="mandates")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=MandateRole.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["initiative", "person"], name="one_mandate_each")
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.initiative}"


class Occurrence(models.Model):
    """One dated and placed event. `uid` never changes: calendars know it by that name.

    `starts_at` is exact only to `precision`; the rest of it is the first instant of that day,
    month or year in the call's time zone, for sorting. `ends_at` is inclusive in the same way.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="occurrences")
    uid = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    precision = models.CharField(max_length=8, choices=Precision.choices)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=250, blank=True)
    commune = models.ForeignKey(Commune, models.PROTECT, null=True, blank=True, related_name="+")
    commune_name = models.CharField(max_length=80, blank=True, help_text="As said, even outside")
    url = models.URLField(max_length=500, blank=True)
    status = models.CharField(
        max_length=10, choices=OccurrenceStatus.choices, default=OccurrenceStatus.SCHEDULED
    )
    sequence = models.PositiveIntegerField(default=0, help_text="RFC 5545: rises at each change")

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__isnull=True)
                | models.Q(ends_at__gte=models.F("starts_at")),
                name="ends_after_start",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=OccurrenceStatus.values),
                name="occurrence_status_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} · {self.starts_at:%Y-%m-%d}"


class StateChange(models.Model):
    """One line of the state log. Append-only."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="state_log")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=12, choices=State.choices)
    target = models.CharField(max_length=12, choices=State.choices)
    role = models.CharField(max_length=10)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
