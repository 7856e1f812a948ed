from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.foundation.traced import traced


class OrganisationKind(TextChoices):
    ASSOCIATION = "association", _("Association")
    COMPANY = "company", _("Entreprise")
    PUBLIC = "public", _("Collectivité ou service public")
    EDUCATION = "education", _("Établissement d’enseignement")
    RESEARCH = "research", _("Laboratoire ou équipe de recherche")
    CULTURE = "culture", _("Structure culturelle ou de médiation")
    COLLECTIVE = "collective", _("Collectif sans statut")
    OTHER = "other", _("Autre")


class MemberRole(TextChoices):
    OWNER = "owner", _("Responsable")
    MEMBER = "member", _("Membre")


class TeamRole(TextChoices):
    LEAD = "lead", _("Responsable de l’appel")
    REVIEWER = "reviewer", _("Membre du comité de lecture")
    EDITOR = "editor", _("Rédaction")


@traced
class PeopleTrace(TextChoices):
    SIGNED_IN = "signed-in", _("Connexion à l’équipe")
    ROLE_GIVEN = "role-given", _("Rôle donné")
    ROLE_TAKEN = "role-taken", _("Rôle retiré")
