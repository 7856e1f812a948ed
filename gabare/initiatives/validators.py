"""The two blocks of a deposit that are not questions: dates and carriers.

Blocks are read as typed and come back checked; what is wrong is told, never dropped. Error keys
are the names of the form's fields (`occurrence-2-start`), numbered from one as people count.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from gabare.initiatives.enums import CarrierRole, Mode
from gabare.initiatives.partial_dates import PartialDate, WrongClock, WrongDate, read
from gabare.people.enums import OrganisationKind
from gabare.people.validators import folded_name
from gabare.questionnaires.addresses import web_address
from gabare.questionnaires.answers import Refused
from gabare.questionnaires.registers import register_number
from gabare.questionnaires.texts import line, typed

Block = dict[str, Any]

OCCURRENCE_KEYS = (
    "uid", "start", "end", "mode", "place", "address", "commune", "commune_name", "url",
)  # fmt: skip
CARRIER_KEYS = ("name", "kind", "website", "register_number", "role")
# A block with only these filled says nothing yet.
SILENT_KEYS = frozenset({"uid", "mode", "kind", "role"})
MOST_OCCURRENCES = 60
MOST_CARRIERS = 30
LENGTHS = {
    "place": 200,
    "address": 250,
    "commune_name": 80,
    "url": 500,
    "name": 160,
    "website": 200,
}


@dataclass
class CheckedBlocks:
    """`values` are canonical and hold every block without error; `errors` are wrong answers;
    `missing` what has to be there before sending."""

    values: list[Block] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)


def storable(value: Any) -> Any:
    """The same JSON without the characters that PostgreSQL refuses to keep in it."""
    if isinstance(value, str):
        return typed(value)
    if isinstance(value, Mapping):
        return {typed(str(key)): storable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [storable(each) for each in value]
    return value


def says_something(block: Block) -> bool:
    return any(str(value).strip() for key, value in block.items() if key not in SILENT_KEYS)


def check_occurrences(
    blocks: Sequence[Block], *, required: bool, communes: Mapping[str, str]
) -> CheckedBlocks:
    """Dates in order, ends after starts, communes of the territory or named in words.

    A date outside the wave or the territory is a fact for the team to judge, not an error here.
    """
    found = CheckedBlocks()
    spoken = [(n, b) for n, b in enumerate(blocks, start=1) if says_something(b)]
    for number, block in spoken:
        name = f"occurrence-{number}"
        before = len(found.errors) + len(found.missing)
        value = {key: line(block.get(key)) for key in OCCURRENCE_KEYS}
        _check_period(block, value, name, found)
        _check_where(value, name, found, communes)
        if len(found.errors) + len(found.missing) == before:
            found.values.append(value)
    if required and not spoken:
        found.missing["occurrence-1-start"] = _("Donnez au moins une date, même approximative.")
    if len(spoken) > MOST_OCCURRENCES:
        found.errors["occurrence-1-start"] = _("Gardez au plus %(most)s dates.") % {
            "most": MOST_OCCURRENCES
        }
    found.values.sort(key=lambda value: value["start"])
    return found


def _check_period(block: Block, value: Block, name: str, found: CheckedBlocks) -> None:
    if not value["start"]:
        found.missing[f"{name}-start"] = _("Indiquez quand cette date commence.")
        return
    start = _read_date(block, "start", name, found)
    if start is None:
        return
    value["start"] = str(start)
    if not value["end"]:
        return
    end = _read_date(block, "end", name, found)
    if end is None:
        return
    if end.precision != start.precision:
        found.errors[f"{name}-end"] = _(
            "Donnez la fin comme le début : avec le jour, ou l’heure, s’il en a."
        )
    elif end.last_instant("UTC") < start.first_instant("UTC"):
        found.errors[f"{name}-end"] = _("La fin vient avant le début.")
    value["end"] = str(end)


def _read_date(block: Block, part: str, name: str, found: CheckedBlocks) -> PartialDate | None:
    try:
        return read(line(block.get(part)), line(block.get(f"{part}_time")))
    except WrongDate as wrong:
        part = f"{part}_time" if isinstance(wrong, WrongClock) else part
        found.errors[f"{name}-{part}"] = str(wrong)
        return None


def _check_where(
    value: Block, name: str, found: CheckedBlocks, communes: Mapping[str, str]
) -> None:
    if value["mode"] not in Mode.values:
        found.errors[f"{name}-mode"] = _("Choisissez une des réponses proposées.")
    if value["commune"] and value["commune"] not in communes:
        found.errors[f"{name}-commune"] = _("Choisissez une commune de la liste, ou « Ailleurs ».")
    elif value["commune"]:
        value["commune_name"] = communes[value["commune"]]
    _check_with(web_address, value, "url", name, found)
    _check_lengths(value, ("place", "address", "commune_name", "url"), name, found)


def check_carriers(blocks: Sequence[Block]) -> CheckedBlocks:
    """At least one named organisation, one of them in the lead, none twice."""
    found = CheckedBlocks()
    spoken = [(n, b) for n, b in enumerate(blocks, start=1) if says_something(b)]
    seen: set[str] = set()
    for number, block in spoken:
        name = f"carrier-{number}"
        before = len(found.errors) + len(found.missing)
        value = {key: line(block.get(key)) for key in CARRIER_KEYS}
        _check_organisation(value, name, found)
        folded = folded_name(value["name"])
        if folded and folded in seen:
            found.errors[f"{name}-name"] = _("Ce porteur est déjà dans la liste.")
        seen.add(folded)
        if len(found.errors) + len(found.missing) == before:
            found.values.append(value)
    if not spoken:
        found.missing["carrier-1-name"] = _("Nommez au moins un porteur.")
    if len(spoken) > MOST_CARRIERS:
        found.errors["carrier-1-name"] = _("Gardez au plus %(most)s porteurs.") % {
            "most": MOST_CARRIERS
        }
    _one_lead(found.values)
    return found


def _check_organisation(value: Block, name: str, found: CheckedBlocks) -> None:
    if not value["name"]:
        found.missing[f"{name}-name"] = _("Donnez le nom de cette organisation.")
    if not value["kind"]:
        found.missing[f"{name}-kind"] = _("Dites de quelle nature est cette organisation.")
    elif value["kind"] not in OrganisationKind.values:
        found.errors[f"{name}-kind"] = _("Choisissez une des réponses proposées.")
    _check_with(register_number, value, "register_number", name, found)
    _check_with(web_address, value, "website", name, found)
    _check_lengths(value, ("name", "website"), name, found)


def _one_lead(values: list[Block]) -> None:
    """The first said to lead does; where nobody is, the first of the list."""
    leads = [v for v in values if v["role"] == CarrierRole.LEAD] or values[:1]
    for value in values:
        value["role"] = CarrierRole.LEAD.value if value is leads[0] else CarrierRole.PARTNER.value


def _check_with(
    tidy: Callable[[str], str], value: Block, key: str, name: str, found: CheckedBlocks
) -> None:
    if not value[key]:
        return
    try:
        value[key] = tidy(value[key])
    except Refused as refused:
        found.errors[f"{name}-{key}"] = refused.message


def _check_lengths(value: Block, keys: Sequence[str], name: str, found: CheckedBlocks) -> None:
    for key in keys:
        if len(value[key]) > LENGTHS[key]:
            found.errors[f"{name}-{key}"] = _("%(most)s caractères au plus.") % {
                "most": LENGTHS[key]
            }
