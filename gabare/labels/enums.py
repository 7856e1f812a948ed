from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class LabelState(TextChoices):
    VALID = "valid", _("Valide")
    SUSPENDED = "suspended", _("Suspendu")
    ENDED = "ended", _("Terminé")
    REVOKED = "revoked", _("Retiré")


class Mover(TextChoices):
    """Who moves a label."""

    TEAM = "team", _("équipe")
    LEAD = "lead", _("responsable")
    ITSELF = "itself", _("de lui-même")


class LabelReason(TextChoices):
    """A stated reason: its words are public, in the reader's language."""

    ALL_CANCELLED = "all-cancelled", _("Toutes les dates sont annulées.")
    UNDER_REVIEW = "under-review", _("L’équipe vérifie si l’initiative répond toujours à l’appel.")
    CHANGED = "changed", _("L’initiative n’est plus celle qui a été labellisée.")
    UNTRUE = "untrue", _("Ce qui avait été déposé n’était pas exact.")
    ASKED = "asked", _("Le porteur l’a demandé.")
    OVER = "over", _("L’initiative est arrivée à son terme.")
    DATES_BACK = "dates-back", _("Une date au moins est de nouveau maintenue.")
    REVIEWED = "reviewed", _("L’équipe a vérifié\u00a0: l’initiative répond à l’appel.")


@traced
class LabelTrace(TextChoices):
    GRANTED = "label-granted", _("Label attribué")
    MOVED = "label-moved", _("Label modifié")
