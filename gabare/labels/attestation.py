"""The attestation of a label for one of its carriers: an A4 sheet that everyone can read, PDF/UA-1.

It says what holds on the day it is made, and sends to the page that says it every other day.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.calls.queries import compass_in_force
from gabare.foundation.localised import pick
from gabare.initiatives.enums import CarrierRole
from gabare.initiatives.models import Carrier
from gabare.initiatives.queries import public_record
from gabare.labels.codes import qr_svg
from gabare.labels.enums import LabelState
from gabare.labels.logo import logo
from gabare.labels.marks import mark_of
from gabare.labels.models import Label
from gabare.labels.rules import state_on
from gabare.ui.dates import day_range, long_date
from gabare.ui.mark import mark_svg
from gabare.ui.printing import accessible_pdf
from gabare.ui.typography import printable, quoted, typography

SOURCE = (Path(__file__).parent / "attestation.typ").read_bytes()
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # they would turn the words around them too
LONGEST_WORD = 40  # signs; a longer one may be cut at the end of a line
MAY_BE_CUT = "\u200b"
WARNINGS = {
    LabelState.VALID: "",
    LabelState.SUSPENDED: gettext_lazy(
        "Ce label est suspendu : il ne vaut plus tant que l’équipe l’examine."
    ),
    LabelState.ENDED: gettext_lazy("Ce label est terminé : il a valu pendant toute sa période."),
    LabelState.REVOKED: gettext_lazy("Ce label a été retiré : il ne vaut plus."),
}
LIMITS = gettext_lazy(
    "Ce label ne certifie ni un produit, ni une organisation, ni la conformité d’un système d’IA. "
    "Il dit qu’une initiative contribue au débat, dans la portée décrite ci-dessus."
)
FICTION = gettext_lazy(
    "Démonstration : ce label est fictif, ce document ne vaut rien. L’initiative est un vrai "
    "événement, décrit d’après des sources publiques."
)


def attestation_pdf(
    label: Label, carrier: Carrier, *, address: str, day: date, language: str
) -> bytes:
    """`address` is the label's page. The same day gives the same bytes."""
    at = datetime.combine(day, time(), ZoneInfo(label.initiative.call.time_zone))
    data = attestation_data(label, carrier, address=address, day=day, language=language)
    shown = logo()
    return accessible_pdf(
        SOURCE,
        data | {"logo": shown.name if shown else ""},
        at=int(at.timestamp()),
        root=shown.parent if shown else None,
    )


def attestation_data(
    label: Label, carrier: Carrier, *, address: str, day: date, language: str
) -> dict[str, Any]:
    """Every word of it."""
    call, mark = label.initiative.call, mark_of(label, day=day, language=language)
    state = state_on(label, day)
    valid = state == LabelState.VALID
    words = {
        "organiser": call.organiser,
        "title": quoted(public_record(label.version).title, language),
        "carrier": carrier.organisation.name,
        "is": _("est labellisée") if valid else _("a été labellisée"),
        "call": mark.name,
    }
    return {
        "language": language.partition("-")[0],
        "title": _("Attestation de label"),
        "number": mark.number,
        "organiser": fit(call.organiser),
        "sentence": fit(SENTENCES[carrier.role] % words),
        "warning": str(WARNINGS[state]),
        "demo": str(FICTION) if settings.GABARE_DEMO else "",
        "mark": mark_svg(mark),
        "mark_words": fit(f"{mark.title}. {mark.description}"),
        "parts": _parts(label, carrier, language),
        "check": {
            "title": _("Vérifier"),
            "words": _("L’état d’un label peut changer. Sa page le dit à tout moment :"),
            "address": address,
        },
        "code": qr_svg(address, ""),
        "code_words": code_words(address),
        "issued": fit(
            _("Document établi le %(day)s par %(organiser)s, %(service)s.")
            % (words | {"day": long_date(day, language), "service": call.service})
        ),
        "email": call.email,
    }


SENTENCES = {
    CarrierRole.LEAD: gettext_lazy(
        "%(organiser)s atteste que l’initiative %(title)s, portée par %(carrier)s, %(is)s %(call)s."
    ),
    CarrierRole.PARTNER: gettext_lazy(
        "%(organiser)s atteste que l’initiative %(title)s, dont %(carrier)s est partenaire, "
        "%(is)s %(call)s."
    ),
}


def code_words(address: str) -> str:
    """What the QR code says to who does not see it."""
    return _("Code QR : la page du label, %(address)s") % {"address": address}


def _parts(label: Label, carrier: Carrier, language: str) -> list[Mapping[str, Any]]:
    others = [c.organisation.name for c in label.initiative.carriers.all() if c.pk != carrier.pk]
    period = day_range(label.starts_on, label.ends_on, language)
    parts = [
        _part(_("Numéro"), [label.number]),
        _part(_("Portée"), typography(label.scope, language).split("\n")),
        _part(_("Période"), [period[:1].upper() + period[1:]]),
        _part(_("Avec"), [", ".join(others)]) if others else None,
        _part(_("Critères éclairés"), [], _criteria(label, language)),
        _part(_("Ce que ce label ne certifie pas"), [typography(str(LIMITS), language)]),
    ]
    return [part for part in parts if part]


def _part(title: str, lines: list[str], items: list[str] | None = None) -> dict[str, Any]:
    return {
        "title": title,
        "lines": [fit(line) for line in lines if line.strip()],
        "items": [fit(item) for item in items or []],
    }


def _criteria(label: Label, language: str) -> list[str]:
    """In the official words, each with its number."""
    lit = [c for c in compass_in_force(label.initiative.call).criteria.all()
           if c.key in label.criteria]  # fmt: skip
    found = [f"{c.number}. {typography(pick(c.wording, language), language)}" for c in lit]
    return found or [_("Aucun critère éclairé")]


def fit(text: str) -> str:
    """What the press takes: nothing that controls or turns the writing, words that a line holds."""
    words = TURNS.sub("", printable(text)).split(" ")
    return " ".join(
        MAY_BE_CUT.join(word[at : at + LONGEST_WORD] for at in range(0, len(word), LONGEST_WORD))
        for word in words
    )
