from django.db import models

from gabare.calls.models import PlannedRound
from gabare.initiatives.models import Initiative, Version
from gabare.people.models import Person
from gabare.review.enums import Eligibility, Outcome, RoundState


class Round(models.Model):
    """A planned round once it has begun: a queue, decisions, then one edition."""

    planned = models.OneToOneField(PlannedRound, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.OPEN)
    opened_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["planned__closes_on"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=RoundState.PUBLISHED, published_at__isnull=False)
                | models.Q(state=RoundState.OPEN, published_at__isnull=True),
                name="published_at_if_published",
            )
        ]

    def __str__(self) -> str:
        return self.planned.key


class Dossier(models.Model):
    """An initiative's version as read in one round.

    An undecided one moves to the next round; a deferred one stays with its decision, and the next
    round reads the version in a dossier of its own.
    """

    round = models.ForeignKey(Round, models.PROTECT, related_name="dossiers")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "version"], name="one_dossier_a_round"),
        ]

    def __str__(self) -> str:
        return f"{self.initiative} ({self.round})"


class Decision(models.Model):
    """Pending until its edition applies it; applied once, then never changed."""

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reasons = models.JSONField(default=list, help_text="keys of the call's reasons")
    message = models.TextField(blank=True, help_text="Free text, repeated in the letter")
    questions = models.JSONField(default=dict, help_text="question key → what is asked")
    due_on = models.DateField(null=True, blank=True)
    criteria = models.JSONField(default=list, help_text="criterion keys the label will carry")
    scope = models.TextField(blank=True, help_text="What the label covers, in words")
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="outcome_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome=Outcome.COMPLETE) | models.Q(due_on__isnull=False),
                name="complete_has_due_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dossier}: {self.outcome}"


class Advice(models.Model):
    """One reader's opinion of one version in one round. Never changed: a new one follows it.

    The last of a reader, for a version and a round, is the one that counts; those before it are
    kept, and so are those on former versions and in former rounds.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="advices")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, models.PROTECT, related_name="+")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(help_text="1, then 2 when the reader thinks again")
    abstains = models.BooleanField(default=False)
    eligible = models.CharField(max_length=10, choices=Eligibility.choices, blank=True)
    recommendation = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    lights = models.JSONField(default=dict, help_text="criterion key → {light, why}")
    comment = models.TextField(blank=True)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["given_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "version", "reader", "number"], name="one_advice_each"
            ),
            models.CheckConstraint(
                condition=models.Q(abstains=True, recommendation="", eligible="", lights={})
                | models.Q(
                    abstains=False,
                    recommendation__in=Outcome.values,
                    eligible__in=Eligibility.values,
                ),
                name="advice_or_abstention",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reader} · {self.version}"


class Recusal(models.Model):
    """A person said, or a lead noted, that they must not read an initiative. See `recusals`."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    why = models.TextField()
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["since", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "initiative"],
                condition=models.Q(lifted_at__isnull=True),
                name="one_recusal_in_force",
            ),
            models.CheckConstraint(condition=~models.Q(why=""), name="recusal_says_why"),
            models.CheckConstraint(
                condition=models.Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | models.Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="recusal_lifted_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.initiative}"
