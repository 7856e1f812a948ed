from django.db import models
from django.utils.translation import gettext_lazy as _


class Commune(models.Model):
    """A commune, named by its INSEE code (text: `01001` keeps its zero)."""

    code = models.CharField(_("code Insee"), max_length=5, primary_key=True)
    name = models.CharField(_("nom"), max_length=80)
    postcodes = models.CharField(_("codes postaux"), max_length=120, blank=True)
    lon = models.FloatField(null=True)
    lat = models.FloatField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Perimeter(models.Model):
    """The territory that a call is about: a named set of communes, with its source."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    source = models.TextField(blank=True)
    licence = models.CharField(max_length=120, blank=True)
    communes: "models.ManyToManyField[Commune, models.Model]" = models.ManyToManyField(
        Commune, related_name="perimeters"
    )

    def __str__(self) -> str:
        return self.name
