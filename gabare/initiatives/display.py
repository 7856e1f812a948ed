"""Dates and carriers in words, for pages and letters."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from gabare.initiatives.enums import CarrierRole, Mode
from gabare.initiatives.partial_dates import WrongDate, parse
from gabare.initiatives.validators import Block
from gabare.people.enums import OrganisationKind
from gabare.ui import dates


def period(block: Block, *, zone: str, language: str) -> str:
    """When, with the precision given; what was typed, as it is, where it is not a date."""
    try:
        start = parse(str(block.get("start", "")))
        end = parse(str(block["end"])) if block.get("end") else None
    except WrongDate:
        typed = (block.get(key, "") for key in ("start", "start_time", "end", "end_time"))
        return " ".join(str(part) for part in typed if part)
    return dates.when(
        start.first_instant(zone),
        end.last_instant(zone) if end else None,
        start.precision.value,
        zone=zone,
        language=language,
    )


def whereabouts(block: Block) -> str:
    """« Halle 6 Ouest, 42 rue La Noue Bras de Fer, Nantes »; « en ligne » where it is."""
    said = (str(block.get(key, "")) for key in ("place", "address", "commune_name"))
    place = ", ".join(part for part in said if part)
    mode = block.get("mode", "")
    if mode in (Mode.ONLINE, Mode.MIXED):
        name = str(Mode(mode).label)
        return f"{name} ({place})" if place else name
    return place


def occurrence_line(block: Block, *, zone: str, language: str) -> str:
    with translation.override(language):
        parts = (period(block, zone=zone, language=language), whereabouts(block), block.get("url"))
        return " · ".join(str(part) for part in parts if part)


def carrier_line(block: Block, *, language: str) -> str:
    with translation.override(language):
        name = str(block.get("name", ""))
        role = (
            _("partenaire") if block.get("role") == CarrierRole.PARTNER else _("porteur principal")
        )
        kind = block.get("kind", "")
        known = str(OrganisationKind(kind).label) if kind in OrganisationKind.values else kind
        parts = (name, role, known, block.get("register_number"), block.get("website"))
        return " · ".join(str(part) for part in parts if part)


def occurrence_lines(blocks: Iterable[Block], *, zone: str, language: str) -> list[str]:
    return [occurrence_line(block, zone=zone, language=language) for block in blocks]


def carrier_lines(blocks: Iterable[Block], *, language: str) -> list[str]:
    return [carrier_line(block, language=language) for block in blocks]
