from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class LabelState(TextChoices):
    VALID = "valid", _("Valide")
    SUSPENDED = "suspended", _("Suspendu")
    ENDED = "ended", _("Terminé")
    REVOKED = "revoked", _("Retiré")


@traced
class LabelTrace(TextChoices):
    GRANTED = "label-granted", _("Label attribué")
