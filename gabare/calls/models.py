from django.db import models

from gabare.calls.enums import OccurrencePolicy, Relation
from gabare.foundation.tokens import new_stamp
from gabare.people.models import Team
from gabare.questionnaires.models import Questionnaire
from gabare.territory.models import Perimeter


class Call(models.Model):
    """One call for contributions, made from its package (`gabare call import`)."""

    key = models.SlugField(max_length=60, unique=True)
    languages = models.JSONField(default=list, help_text="The first is the one it is written in")
    time_zone = models.CharField(max_length=60, default="Europe/Paris")
    title = models.JSONField(help_text="Localised text")
    tagline = models.JSONField(default=dict, help_text="Localised: the strong sentence of the home")
    summary = models.JSONField(default=dict, help_text="Localised: two sentences under it")
    organiser = models.CharField(max_length=160)
    service = models.CharField(max_length=160, help_text="CRPA R112-11-1: who is in charge")
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    address = models.TextField(blank=True)
    note = models.JSONField(default=dict, help_text="Localised: our reading of its silences")
    record = models.JSONField(default=dict, help_text="public field → question key")
    perimeter = models.ForeignKey(Perimeter, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    is_current = models.BooleanField(default=False, help_text="The call that the site shows")
    stamp = models.PositiveBigIntegerField(
        default=new_stamp,
        help_text="Drawn anew when a part of the call changes: what is kept of them goes by it",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=models.Q(is_current=True), name="one_current_call"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def language(self) -> str:
        return str(self.languages[0])


class CallPart(models.Model):
    """What every list of a call shares: a stable key and a place in the list."""

    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.key


class CallText(CallPart):
    """A text of the call in Markdown: context, object, help, legal notice…"""

    call = models.ForeignKey(Call, models.CASCADE, related_name="texts")
    title = models.JSONField()
    body = models.JSONField(help_text="Localised Markdown")

    class Meta(CallPart.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_text_key")]


class Wave(CallPart):
    """A dated run of the call. Each date is the end of that day in the call's time zone."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="waves")
    title = models.JSONField()
    opens_on = models.DateField(help_text="First day of deposits")
    new_until = models.DateField(help_text="Last day for a new deposit")
    complete_until = models.DateField(help_text="Last day to complete on request")
    correct_until = models.DateField(help_text="Last day to correct on one's own")
    freeze_on = models.DateField(help_text="Nothing changes after this day")
    starts_on = models.DateField(help_text="First day of the period that initiatives fall in")
    ends_on = models.DateField(help_text="Last day of that period")
    restitution_on = models.DateField(null=True, blank=True)
    restitution = models.JSONField(default=dict, help_text="Localised: where and what")

    class Meta(CallPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="one_wave_key"),
            models.CheckConstraint(
                condition=models.Q(
                    opens_on__lte=models.F("new_until"),
                    new_until__lte=models.F("complete_until"),
                    complete_until__lte=models.F("correct_until"),
                    correct_until__lte=models.F("freeze_on"),
                    starts_on__lte=models.F("ends_on"),
                ),
                name="wave_dates_in_order",
            ),
        ]


class PlannedRound(CallPart):
    """A round of the call's calendar; its key is its edition's, `2024-04`."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="planned_rounds")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="planned_rounds")
    closes_on = models.DateField(help_text="Cut-off: the end of this day")
    edition_on = models.DateField(help_text="Day its edition is announced for")

    class Meta(CallPart.Meta):
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="one_round_key"),
            models.CheckConstraint(
                condition=models.Q(closes_on__lt=models.F("edition_on")), name="edition_after_close"
            ),
        ]


class Step(CallPart):
    """A page of the deposit form. `holds` names the blocks it carries besides questions."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="steps")
    title = models.JSONField()
    help = models.JSONField(default=dict)
    holds = models.JSONField(default=list, help_text='Among "occurrences" and "carriers"')

    class Meta(CallPart.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_step_key")]


class Axis(CallPart):
    """A kind of initiative, with its own audience and questions."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="axes")
    number = models.PositiveSmallIntegerField()
    title = models.JSONField()
    short = models.JSONField(help_text="Localised: one word for a chip")
    target = models.JSONField(help_text="Localised: who it is for, in the call's words")
    object = models.JSONField(help_text="Localised: what it is about, in the call's words")
    choose = models.JSONField(default=dict, help_text="Localised: plain words to help choose")
    occurrences = models.CharField(max_length=10, choices=OccurrencePolicy.choices)
    questionnaire = models.OneToOneField(Questionnaire, models.PROTECT, related_name="+")
    inherits = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(CallPart.Meta):
        verbose_name_plural = "axes"
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_axis_key")]


class Compass(CallPart):
    """A dated wording of the doctrine's criteria. Versions may coexist: they do not coincide."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="compasses")
    title = models.JSONField()
    source = models.TextField()
    dated_on = models.DateField(null=True, blank=True)
    in_force = models.BooleanField(default=False)

    class Meta(CallPart.Meta):
        verbose_name_plural = "compasses"
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="one_compass_key"),
            models.UniqueConstraint(
                fields=["call"], condition=models.Q(in_force=True), name="one_compass_in_force"
            ),
        ]


class Criterion(CallPart):
    compass = models.ForeignKey(Compass, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    number = models.CharField(max_length=8, help_text="1, 2, 2.1")
    wording = models.JSONField(help_text="Localised: the official words, kept as they are")
    short = models.JSONField(help_text="Localised: a label for facets and petals")
    explanation = models.JSONField(default=dict, help_text="Localised Markdown: ours")
    source = models.TextField(blank=True)
    colour = models.CharField(max_length=7, blank=True, help_text="#rrggbb of its petal")

    class Meta(CallPart.Meta):
        verbose_name_plural = "criteria"
        constraints = [models.UniqueConstraint(fields=["compass", "key"], name="one_criterion_key")]


class Correspondence(models.Model):
    """How a criterion of one compass answers to one of another."""

    left = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    right = models.ForeignKey(Criterion, models.CASCADE, related_name="+")
    relation = models.CharField(
        max_length=10, choices=Relation.choices, help_text="What right is to left"
    )
    note = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["left", "right"], name="one_match")]

    def __str__(self) -> str:
        return f"{self.left} ~ {self.right}"


class Theme(CallPart):
    call = models.ForeignKey(Call, models.CASCADE, related_name="themes")
    label = models.JSONField()

    class Meta(CallPart.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_theme_key")]


class Audience(CallPart):
    call = models.ForeignKey(Call, models.CASCADE, related_name="audiences")
    label = models.JSONField()

    class Meta(CallPart.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_audience_key")]


class Promise(CallPart):
    """What the organiser says that carriers can count on."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="promises")
    label = models.JSONField()

    class Meta(CallPart.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_promise_key")]


class Reason(CallPart):
    """A stated reason for declining, offered to the team and repeated in the letter."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="reasons")
    label = models.JSONField()

    class Meta(CallPart.Meta):
        constraints = [models.UniqueConstraint(fields=["call", "key"], name="one_reason_key")]
