from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class TraceKind(TextChoices):
    SEEN = "seen", _("Vu")  # came in or looked: nothing changed, forgotten after a year
    DID = "did", _("Fait")  # changed something, or took something out


@traced
class TraceVerb(TextChoices):
    """What the trace says of itself."""

    EXPORTED = "trace-exported", _("Trace exportée")
    PURGED = "trace-purged", _("Consultations anciennes effacées")
    BACKED_UP = "backup-made", _("Sauvegarde faite")
    RESTORED = "backup-restored", _("Sauvegarde remise en place")
