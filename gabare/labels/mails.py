"""What letters about a label may name. The words themselves are the call's."""

from django.utils.translation import gettext_lazy as _

from gabare.initiatives.mails import INITIATIVE
from gabare.labels.lifecycle import MOVES
from gabare.mail.placeholders import Placeholder, register


def register_letters() -> None:
    """Called once when the room opens (`apps.ready`)."""
    for move in MOVES.values():
        register(move.letter, [
            *INITIATIVE,
            Placeholder("label_number", _("numéro du label"), trusted=True, sample="2024-017"),
            Placeholder("label_link", _("page du label"), trusted=True,
                        sample="https://exemple.fr/label/2024-017/"),
            Placeholder("reason", _("raison publique"), trusted=False,
                        sample="Toutes les dates sont annulées."),
        ])  # fmt: skip
