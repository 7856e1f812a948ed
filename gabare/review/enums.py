from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundState(TextChoices):
    OPEN = "open", _("Ouverte")
    PUBLISHED = "published", _("Publiée")


class Outcome(TextChoices):
    LABEL = "label", _("Labelliser")
    COMPLETE = "complete", _("Demander un complément")
    DECLINE = "decline", _("Ne pas labelliser")
