from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class OccurrencePolicy(TextChoices):
    REQUIRED = "required", _("au moins une date")
    OPTIONAL = "optional", _("des dates s’il y en a")
    NONE = "none", _("sans date")


class Relation(TextChoices):
    """What a criterion of one compass is to one of another."""

    SAME = "same", _("même sens")
    PART = "part", _("en partie")
    WIDER = "wider", _("plus large")


@traced
class CallTrace(TextChoices):
    IMPORTED = "call-imported", _("Dossier d’appel importé")
    SHOWN = "call-shown", _("Appel montré sur le site")
