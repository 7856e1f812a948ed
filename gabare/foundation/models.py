from django.db import models

from gabare.foundation import clock
from gabare.foundation.enums import TraceKind
from gabare.foundation.frozen import FrozenModel


class TraceLine(FrozenModel):
    """Who saw or did what. Laid once, in the transaction of what it tells of.

    In words that this room does not read: no foreign key, what it names may go. `digest` covers
    all the rest, `salt` included: once a consultation is purged (`operations.purge_seen`), what
    it said can no longer be guessed from its digest.
    """

    at = models.DateTimeField(default=clock.now, db_index=True)
    kind = models.CharField(max_length=4, choices=TraceKind.choices)
    verb = models.CharField(max_length=40)
    owner = models.CharField(
        max_length=80, blank=True, help_text="Whose it is: call:… or team:…, or nobody's"
    )
    actor = models.CharField(
        max_length=40, blank=True, help_text="person:12; empty for a command, a task"
    )
    label = models.CharField(max_length=200, blank=True, help_text="The actor's name as of then")
    about = models.CharField(max_length=80, blank=True, help_text="initiative:k3f…")
    detail = models.JSONField(default=dict, help_text="Small, and without personal content")
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["about"], name="trace_about"),
            models.Index(fields=["actor"], name="trace_actor"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=TraceKind.values), name="trace_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.verb} {self.about}"

    @property
    def is_purged(self) -> bool:
        return not self.salt


class TraceDigest(FrozenModel):
    """A finished day of the trace, sealed: the digest of its lines and of the day before it."""

    day = models.DateField(unique=True)
    first = models.BigIntegerField(help_text="Number of its first line")
    last = models.BigIntegerField(unique=True, help_text="Number of its last line")
    count = models.PositiveIntegerField()
    numbers = models.TextField(help_text="Those of its lines: « 12-40 42-57 »")
    previous = models.CharField(max_length=64, blank=True, unique=True, help_text="Digest before")
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["last"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first__lte=models.F("last")), name="trace_day_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.digest[:12]}"
