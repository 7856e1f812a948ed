from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class OccurrencePolicy(TextChoices):
    REQUIRED = "required", _("au moins une date")
    OPTIONAL = "optional", _("des dates s’il y en a")
    NONE = "none", _("sans date")
