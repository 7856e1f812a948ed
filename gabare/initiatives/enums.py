from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class State(TextChoices):
    """Editorial state. What happens to a date is `OccurrenceStatus`: two things."""

    DRAFT = "draft", _("Brouillon")
    SUBMITTED = "submitted", _("Envoyée")
    TO_COMPLETE = "to_complete", _("À compléter")
    LABELLED = "labelled", _("Labellisée")
    DECLINED = "declined", _("Non retenue")
    WITHDRAWN = "withdrawn", _("Retirée")


class Role(TextChoices):
    """Who takes a step of the life cycle."""

    CARRIER = "carrier", _("porteur")
    TEAM = "team", _("équipe")
    EDITION = "edition", _("édition")


class OccurrenceStatus(TextChoices):
    SCHEDULED = "scheduled", _("Prévue")
    POSTPONED = "postponed", _("Reportée")
    CANCELLED = "cancelled", _("Annulée")
    FULL = "full", _("Complet")
    HELD = "held", _("A eu lieu")


class Precision(TextChoices):
    """How much of a date is known. An hour is never invented."""

    MINUTE = "minute", _("jour et heure")
    DAY = "day", _("jour")
    MONTH = "month", _("mois")
    YEAR = "year", _("année")


class Mode(TextChoices):
    ON_SITE = "sur-place", _("Sur place")
    ONLINE = "en-ligne", _("En ligne")
    MIXED = "mixte", _("Sur place et en ligne")
    UNKNOWN = "", _("Non précisé")


class CarrierRole(TextChoices):
    LEAD = "lead", _("Porteur principal")
    PARTNER = "partner", _("Partenaire")


class MandateRole(TextChoices):
    OWNER = "owner", _("Peut envoyer")
    EDITOR = "editor", _("Peut modifier")


@traced
class InitiativeTrace(TextChoices):
    """A verb for each move of the life cycle, and what is looked at."""

    SEEN = "initiative-seen", _("Dossier ouvert")
    FILE_SEEN = "file-seen", _("Pièce jointe ouverte")
    SUBMIT = "initiative-submit", _("Initiative envoyée")
    CORRECT = "initiative-correct", _("Initiative corrigée")
    ASK_TO_COMPLETE = "initiative-ask_to_complete", _("Complément demandé")
    LABEL = "initiative-label", _("Initiative labellisée")
    DEFER = "initiative-defer", _("Initiative reportée à la relève suivante")
    DECLINE = "initiative-decline", _("Initiative non retenue")
    WITHDRAW = "initiative-withdraw", _("Initiative retirée par son porteur")
