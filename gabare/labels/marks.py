"""What a label's mark says, on a day and in a language: its state is in the drawing itself."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.calls.queries import petals
from gabare.foundation.localised import pick
from gabare.initiatives.queries import public_record
from gabare.labels.enums import LabelState
from gabare.labels.models import Label
from gabare.labels.rules import state_on
from gabare.ui.dates import day_range
from gabare.ui.mark import Mark
from gabare.ui.rose import lit_names
from gabare.ui.typography import quoted, typography

STANDINGS = {
    LabelState.VALID: gettext_lazy("Initiative labellisée"),
    LabelState.SUSPENDED: gettext_lazy("Label suspendu"),
    LabelState.ENDED: gettext_lazy("Label terminé"),
    LabelState.REVOKED: gettext_lazy("Label retiré"),
}
WORTH_NOTHING = {LabelState.SUSPENDED, LabelState.REVOKED}


def mark_of(label: Label, *, day: date, language: str) -> Mark:
    call, state = label.initiative.call, state_on(label, day)
    name = typography(pick(call.title, language), language)
    rose = tuple(petals(call, label.criteria, language))
    standing = str(STANDINGS[state])
    facts = {
        "standing": standing,
        "title": quoted(public_record(label.version).title, language),
        "period": day_range(label.starts_on, label.ends_on, language),
        "criteria": lit_names(rose),
    }
    return Mark(
        petals=rose,
        standing=standing,
        name=name,
        number=_("N° %(number)s") % {"number": label.number},
        title=name_of(label, language),
        description=_("%(standing)s : %(title)s, %(period)s. %(criteria)s.") % facts,
        alert=state in WORTH_NOTHING,
    )


def name_of(label: Label, language: str) -> str:
    """Its full name, true whatever its state: « Label Nantes Débat de l’IA n° 2024-017 »."""
    name = typography(pick(label.initiative.call.title, language), language)
    return _("Label %(name)s n° %(number)s") % {"name": name, "number": label.number}
