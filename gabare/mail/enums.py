from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LetterState(TextChoices):
    HELD = "held", _("Attend une relecture")
    WAITING = "waiting", _("En attente d’envoi")
    SENT = "sent", _("Envoyée")
    FAILED = "failed", _("Non distribuée")
    CANCELLED = "cancelled", _("Annulée")
