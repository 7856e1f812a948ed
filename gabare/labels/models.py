from django.db import models
from django.utils.translation import gettext_lazy as _

from gabare.initiatives.models import Initiative, Version
from gabare.labels.enums import LabelState


class LabelCounter(models.Model):
    """The last number given in a year, whatever the call; locked while a number is taken."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Label(models.Model):
    """Granted to a described scope, for a period. Its number is never given twice."""

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
