from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class LetterState(TextChoices):
    HELD = "held", _("Attend une relecture")
    WAITING = "waiting", _("En attente d’envoi")
    SENT = "sent", _("Envoyée")
    FAILED = "failed", _("Non distribuée")
    CANCELLED = "cancelled", _("Annulée")


@traced
class MailTrace(TextChoices):
    SEEN = "letter-seen", _("Lettre ouverte")
    RELEASED = "letter-released", _("Lettre envoyée à la main")
    CANCELLED = "letter-cancelled", _("Lettre retenue")
