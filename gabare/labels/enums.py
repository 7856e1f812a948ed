from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LabelState(TextChoices):
    VALID = "valid", _("Valide")
    SUSPENDED = "suspended", _("Suspendu")
    ENDED = "ended", _("Terminé")
    REVOKED = "revoked", _("Retiré")
