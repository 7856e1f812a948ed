from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class RoundState(TextChoices):
    OPEN = "open", _("Ouverte")
    PUBLISHED = "published", _("Publiée")


class Outcome(TextChoices):
    LABEL = "label", _("Labelliser")
    COMPLETE = "complete", _("Demander un complément")
    DECLINE = "decline", _("Ne pas labelliser")


@traced
class ReviewTrace(TextChoices):
    DECIDED = "decision-made", _("Décision enregistrée")
    UNDONE = "decision-undone", _("Décision annulée")
    PUBLISHED = "edition-published", _("Édition publiée")
