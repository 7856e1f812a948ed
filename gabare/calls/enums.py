from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OccurrencePolicy(TextChoices):
    REQUIRED = "required", _("au moins une date")
    OPTIONAL = "optional", _("des dates s’il y en a")
    NONE = "none", _("sans date")


class Relation(TextChoices):
    """What a criterion of one compass is to one of another."""

    SAME = "same", _("même sens")
    PART = "part", _("en partie")
    WIDER = "wider", _("plus large")
