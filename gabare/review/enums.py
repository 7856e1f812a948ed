from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class RoundState(TextChoices):
    OPEN = "open", _("Ouverte")
    PUBLISHED = "published", _("Publiée")


class Outcome(TextChoices):
    LABEL = "label", _("Labelliser")
    COMPLETE = "complete", _("Demander un complément")
    DEFER = "defer", _("Reporter à la relève suivante")
    DECLINE = "decline", _("Ne pas labelliser")


class Light(TextChoices):
    """Whether an initiative sheds light on a criterion, in a reader's opinion."""

    YES = "yes", _("Oui")
    PARTLY = "partly", _("En partie")
    NO = "no", _("Non")


class Eligibility(TextChoices):
    YES = "yes", _("Oui")
    UNSURE = "unsure", _("Je ne sais pas")
    NO = "no", _("Non")


class Tie(TextChoices):
    """Why a person neither reads nor decides an initiative."""

    DECLARED = "declared", _("Récusation déclarée")
    MANDATE = "mandate", _("Agit pour l’initiative")
    LEAD = "lead", _("Membre de l’organisation porteuse")
    PARTNER = "partner", _("Membre d’une organisation partenaire")
    PAST = "past", _("Ancien membre d’une organisation porteuse")


@traced
class ReviewTrace(TextChoices):
    DECIDED = "decision-made", _("Décision enregistrée")
    UNDONE = "decision-undone", _("Décision annulée")
    ADVISED = "advice-given", _("Avis donné")
    RECUSED = "recusal-noted", _("Récusation notée")
    LIFTED = "recusal-lifted", _("Récusation levée")
    PUBLISHED = "edition-published", _("Édition publiée")
