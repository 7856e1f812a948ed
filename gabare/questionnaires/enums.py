from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
    PUBLIC = "public", _("publiée")
    TEAM = "team", _("lue par l’équipe seulement")
    PERSONAL = "personal", _("donnée personnelle")
