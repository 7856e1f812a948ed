"""What letters about initiatives may name. The words themselves are the call's."""

from django.utils.translation import gettext_lazy as _

from gabare.mail.placeholders import Placeholder, register

CALL = [
    Placeholder("call", _("titre de l’appel"), trusted=True, sample="Parlons de l’IA"),
    Placeholder(
        "service", _("service chargé du dossier"), trusted=True, sample="Service numérique"
    ),
    Placeholder("email", _("courriel du service"), trusted=True, sample="appel@exemple.fr"),
]
INITIATIVE = [
    *CALL,
    Placeholder("organiser", _("organisateur de l’appel"), trusted=True, sample="La métropole"),
    Placeholder("address", _("adresse postale du service"), trusted=True, sample="1 place du Port"),
    Placeholder("phone", _("téléphone du service"), trusted=True, sample="02 40 00 00 00"),
    Placeholder("name", _("nom de la personne"), trusted=False, sample="Claude Martin"),
    Placeholder("title", _("titre de l’initiative"), trusted=False, sample="Café IA"),
    Placeholder("number", _("numéro du dépôt"), trusted=True, sample="k3f7x2m9qz"),
    Placeholder("axis", _("axe"), trusted=True, sample="Événements"),
    Placeholder(
        "link", _("lien de suivi"), trusted=True, sample="https://exemple.fr/mes-initiatives/"
    ),
]
MESSAGE = Placeholder("message", _("message de l’équipe"), trusted=False, sample="Bravo.")


RESUME_LINK = [
    *CALL,
    Placeholder("title", _("titre de l’initiative"), trusted=False, sample="Café IA"),
    Placeholder(
        "link",
        _("lien secret de reprise"),
        trusted=True,
        sample="https://exemple.fr/deposer/reprendre/…/",
    ),
]
DATES_CHANGED = [
    *INITIATIVE,
    Placeholder("who", _("qui a changé les dates"), trusted=False, sample="Claude Martin"),
    Placeholder(
        "dates", _("dates changées"), trusted=True, sample="- mardi 18 juin 2024 : annulée"
    ),
]


def register_letters() -> None:
    """Called once when the room opens (`apps.ready`)."""
    register("acknowledgment", [
        *INITIATIVE,
        Placeholder("received_on", _("date et heure de réception"), trusted=True,
                    sample="mardi 18 juin 2024 à 14 h 32"),
        Placeholder("record", _("tout ce qui a été envoyé"), trusted=False,
                    sample="Titre : Café IA"),
        Placeholder("next_steps", _("la suite"), trusted=True,
                    sample="La relève ferme dimanche 30 juin 2024."),
    ])  # fmt: skip
    register("withdrawn", INITIATIVE)
    register("dates-changed", DATES_CHANGED)
    register("resume-link", RESUME_LINK)
    _register_outcomes()


def _register_outcomes() -> None:
    """What an edition answers."""
    register("to-complete", [
        *INITIATIVE,
        MESSAGE,
        Placeholder("questions", _("questions à compléter"), trusted=False,
                    sample="- Date : à quelle heure ?"),
        Placeholder("due_on", _("date limite"), trusted=True, sample="dimanche 30 juin 2024"),
    ])  # fmt: skip
    register("labelled", [
        *INITIATIVE,
        MESSAGE,
        Placeholder("label_number", _("numéro du label"), trusted=True, sample="2024-017"),
        Placeholder("label_link", _("page du label"), trusted=True,
                    sample="https://exemple.fr/label/2024-017/"),
        Placeholder("scope", _("portée du label"), trusted=False, sample="Les trois ateliers"),
        Placeholder("edition", _("édition"), trusted=True, sample="de juin 2024"),
    ])  # fmt: skip
    register("deferred", [
        *INITIATIVE,
        MESSAGE,
        Placeholder("edition", _("édition"), trusted=True, sample="de juin 2024"),
        Placeholder("next_edition", _("édition suivante"), trusted=True,
                    sample="de juillet 2024"),
    ])  # fmt: skip
    register("declined", [
        *INITIATIVE,
        MESSAGE,
        Placeholder("reasons", _("raisons"), trusted=True, sample="- Hors du territoire"),
        Placeholder("edition", _("édition"), trusted=True, sample="de juin 2024"),
    ])  # fmt: skip
