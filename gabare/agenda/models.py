from django.db import models
from modelsearch import index

from gabare.agenda.stemming import indexed
from gabare.calls.models import PlannedRound
from gabare.initiatives.enums import Mode, OccurrenceStatus, Precision
from gabare.initiatives.models import Initiative, Version


class Generation(models.Model):
    """Bumped by whatever changes a public page; every public answer is cached under it.

    One row. `listings` changes only with the listings or the call, so that the facets in memory
    are not rebuilt because an editorial page was. Both are drawn at random, not counted: a
    restored backup must never meet an answer cached under the same number.
    """

    number = models.PositiveBigIntegerField()
    listings = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return str(self.number)


class Edition(models.Model):
    """What one round published, on one date, in one transaction."""

    planned = models.OneToOneField(PlannedRound, models.PROTECT, related_name="+")
    key = models.CharField(max_length=7, help_text="The planned round’s: 2024-04")
    number = models.PositiveIntegerField()
    published_at = models.DateTimeField()
    counts = models.JSONField(help_text="How many decisions of each outcome it applied")

    class Meta:
        ordering = ["-key"]

    def __str__(self) -> str:
        return self.key


class Stemmed(index.SearchField):
    """A field indexed by its stems."""

    def get_value(self, obj: models.Model) -> str:
        return indexed(super().get_value(obj))


class Listing(index.Indexed, models.Model):
    """The flat table that pages, feeds and the API read: a row an occurrence or undated initiative.

    Rebuilt by the operations that publish; nothing else writes it.
    """

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", help_text="As listed")
    occurrence_uid = models.CharField(max_length=16, blank=True, help_text="'' when undated")
    slug = models.SlugField(max_length=100)
    title = models.CharField(max_length=200)
    summary = models.TextField()
    axis = models.SlugField(max_length=60)
    wave = models.SlugField(max_length=60)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    precision = models.CharField(max_length=8, choices=Precision.choices, blank=True)
    status = models.CharField(max_length=10, choices=OccurrenceStatus.choices)
    sequence = models.PositiveIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=250, blank=True)
    commune = models.CharField(max_length=5, blank=True, help_text="INSEE code")
    commune_name = models.CharField(max_length=80, blank=True)
    mode = models.CharField(max_length=10, choices=Mode.choices, blank=True)
    free = models.BooleanField(null=True)
    criteria = models.JSONField(default=list)
    themes = models.JSONField(default=list)
    audiences = models.JSONField(default=list)
    carriers = models.JSONField(default=list, help_text='[{"slug", "name", "role"}]')
    url = models.URLField(max_length=500, blank=True)
    label_number = models.CharField(max_length=12)
    label_suspended = models.BooleanField(default=False)
    edition_key = models.CharField(max_length=7)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    search_text = models.TextField(help_text="Folded and stemmed; see agenda.stemming")

    # Indexed by the operations, in their transaction: no signal, no task that may be late.
    search_auto_update = False
    search_fields = [Stemmed("title"), index.SearchField("search_text")]

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [models.Index(fields=["initiative"], name="listings_of_initiative")]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "occurrence_uid"], name="one_listing_each"
            )
        ]

    def __str__(self) -> str:
        return self.title
