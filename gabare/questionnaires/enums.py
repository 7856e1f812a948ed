from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Visibility(TextChoices):
    PUBLIC = "public", _("publiée")
    TEAM = "team", _("lue par l’équipe seulement")
    PERSONAL = "personal", _("donnée personnelle")


class Comparison(TextChoices):
    """What an answer is when a condition looks at it, hence which signs make sense."""

    NOTHING = "nothing", _("rien que l’on puisse comparer")
    TEXT = "text", _("un texte")
    CHOICE = "choice", _("un choix de la liste")
    FLAG = "flag", _("oui ou non")
    NUMBER = "number", _("un nombre entier")
    DAY = "day", _("une date, écrite 2024-09-18")
