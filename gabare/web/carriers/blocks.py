"""The two repeated blocks of the form, dates and carriers: read from a form, shown in one.

A block keeps its number between a page and the next, so that an error finds its field again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _

from gabare.initiatives.enums import CarrierRole, Mode
from gabare.initiatives.partial_dates import WrongDate, parse, read
from gabare.initiatives.validators import MOST_CARRIERS, MOST_OCCURRENCES, Block
from gabare.people.enums import OrganisationKind
from gabare.questionnaires.texts import typed

ELSEWHERE = "ailleurs"
OCCURRENCE_FIELDS = (
    "uid", "start", "start_time", "end", "end_time",
    "mode", "place", "address", "commune", "commune_name", "url",
)  # fmt: skip
CARRIER_FIELDS = ("name", "kind", "website", "register_number", "role")


@dataclass(frozen=True)
class Input:
    """One field of a block, in the house's field pattern."""

    name: str
    label: str
    value: str
    hint: str = ""
    error: str = ""
    type: str = "text"
    autocomplete: str = ""
    optional: bool = False
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def described_by(self) -> str:
        parts = [f"id_{self.name}-{part}" for part in ("hint", "error") if getattr(self, part)]
        return " ".join(parts)


@dataclass(frozen=True)
class BlockForm:
    number: int
    legend: str
    remove: str  # name of the button, "" where the block is the only one
    inputs: dict[str, Input]
    uid: str = ""
    uid_name: str = ""


def read_occurrences(data: QueryDict) -> list[Block]:
    """Every block posted, with all that was typed; a date that reads well becomes canonical."""
    return [_tidy_dates(block) for block in _read(data, "occurrence", OCCURRENCE_FIELDS)]


def read_carriers(data: QueryDict) -> list[Block]:
    return _read(data, "carrier", CARRIER_FIELDS)


def after_button(blocks: list[Block], data: QueryDict, name: str) -> list[Block]:
    """The blocks once `add-…` or `remove-…-2` was pressed."""
    most = MOST_OCCURRENCES if name == "occurrence" else MOST_CARRIERS
    if f"add-{name}" in data:
        return [*blocks, {}] if len(blocks) < most else blocks
    return [b for n, b in enumerate(blocks, start=1) if f"remove-{name}-{n}" not in data]


def pressed(data: QueryDict, name: str) -> bool:
    """Whether the form was sent to add or remove a block of that name."""
    return any(key.startswith((f"add-{name}", f"remove-{name}-")) for key in data)


def _read(data: QueryDict, name: str, fields: Sequence[str]) -> list[Block]:
    blocks: list[Block] = []
    first = fields[1] if fields[0] == "uid" else fields[0]
    while f"{name}-{len(blocks) + 1}-{first}" in data and len(blocks) <= MOST_OCCURRENCES:
        prefix = f"{name}-{len(blocks) + 1}-"
        blocks.append({key: typed(data.get(prefix + key, ""))[:1000] for key in fields})
    return blocks


def _tidy_dates(block: Block) -> Block:
    if block["end_time"] and not block["end"]:
        block["end"] = block["start"]  # « de 14 h à 16 h », the same day
    for part in ("start", "end"):
        try:
            block[part], block[f"{part}_time"] = str(read(block[part], block[f"{part}_time"])), ""
        except WrongDate:
            continue
    if block["start"].startswith(block["end"]):
        block["end"] = ""  # it says no more than the beginning
    if block["commune"] == ELSEWHERE:
        block["commune"] = ""
    elif block["commune"]:
        block["commune_name"] = ""
    return block


@dataclass(frozen=True)
class Drawing:
    """What drawing a block needs: its values, its errors, and how its fields are named."""

    kind: str
    number: int
    block: Mapping[str, object]
    errors: Mapping[str, str]

    def input(self, key: str, label: str, **more: Any) -> Input:
        name = f"{self.kind}-{self.number}-{key}"
        value = more.pop("value", None)
        return Input(
            name=name,
            label=label,
            value=str(self.block.get(key, "")) if value is None else value,
            error=self.errors.get(name, ""),
            **more,
        )


def first_field(name: str, number: int) -> str:
    """The id of the field that opens a block."""
    return f"id_{name}-{number}-{'start' if name == 'occurrence' else 'name'}"


def labels_of(forms: Sequence[BlockForm]) -> dict[str, str]:
    """What each field of the blocks is called away from its block."""
    return {each.name: f"{f.legend}, {each.label}" for f in forms for each in f.inputs.values()}


def occurrence_forms(
    blocks: Sequence[Block],
    errors: Mapping[str, str],
    communes: Sequence[tuple[str, str]],
    *,
    required: bool,
) -> list[BlockForm]:
    shown = list(blocks) or [{}]
    return [
        BlockForm(
            number=n,
            legend=_("Date %(number)s") % {"number": n} if len(shown) > 1 else _("Date"),
            remove=f"remove-occurrence-{n}" if len(shown) > 1 else "",
            inputs=_occurrence_inputs(
                Drawing("occurrence", n, block, errors), communes, required=required
            ),
            uid=str(block.get("uid", "")),
            uid_name=f"occurrence-{n}-uid",
        )
        for n, block in enumerate(shown, start=1)
    ]


def _occurrence_inputs(
    drawing: Drawing, communes: Sequence[tuple[str, str]], *, required: bool
) -> dict[str, Input]:
    inputs = [*_moment_inputs(drawing, required=required), *_place_inputs(drawing, communes)]
    return {each.name.rsplit("-", 1)[1]: each for each in inputs}


def _moment_inputs(drawing: Drawing, *, required: bool) -> list[Input]:
    start, start_time = _shown(drawing.block, "start")
    end, end_time = _shown(drawing.block, "end")
    end = "" if end == start and end_time else end  # « de 14 h à 16 h », the same day
    clock = _("Par exemple 14:00 ou 14 h 30.")
    return [
        drawing.input(
            "start",
            _("Début"),
            value=start,
            optional=not required,
            hint=_("Par exemple 18/09/2024, ou 09/2024."),
        ),
        drawing.input(
            "start_time", _("Heure de début"), value=start_time, hint=clock, optional=True
        ),
        drawing.input(
            "end", _("Fin"), value=end, optional=True, hint=_("Si cela dure plusieurs jours.")
        ),
        drawing.input("end_time", _("Heure de fin"), value=end_time, hint=clock, optional=True),
    ]


def _place_inputs(drawing: Drawing, communes: Sequence[tuple[str, str]]) -> list[Input]:
    elsewhere = drawing.block.get("commune_name") and not drawing.block.get("commune")
    return [
        drawing.input(
            "mode", _("Comment y participer"), type="select", optional=True,
            options=[("", _("Pas encore décidé")), *_choices(Mode)],
        ),
        drawing.input(
            "place", _("Lieu"), optional=True, hint=_("Par exemple la médiathèque, salle 2.")
        ),
        drawing.input(
            "address", _("Adresse"), optional=True, hint=_("Par exemple 42 rue du Port.")
        ),
        drawing.input(
            "commune", _("Commune"), type="select", optional=True,
            value=ELSEWHERE if elsewhere else None,
            options=[("", _("Choisir")), *communes, (ELSEWHERE, _("Ailleurs"))],
        ),
        drawing.input("commune_name", _("Si c’est ailleurs, où ?"), optional=True),
        drawing.input(
            "url", _("Lien pour suivre en ligne ou s’inscrire à cette date"), type="url",
            optional=True, hint=_("Par exemple https://exemple.fr/atelier."),
        ),
    ]  # fmt: skip


def carrier_forms(blocks: Sequence[Block], errors: Mapping[str, str]) -> list[BlockForm]:
    shown = list(blocks) or [{}]
    return [
        BlockForm(
            number=n,
            legend=_("Porteur %(number)s") % {"number": n} if len(shown) > 1 else _("Porteur"),
            remove=f"remove-carrier-{n}" if len(shown) > 1 else "",
            inputs=_carrier_inputs(Drawing("carrier", n, block, errors), first=n == 1),
        )
        for n, block in enumerate(shown, start=1)
    ]


def _carrier_inputs(drawing: Drawing, *, first: bool) -> dict[str, Input]:
    usual = CarrierRole.LEAD if first else CarrierRole.PARTNER
    inputs = [
        drawing.input(
            "name", _("Nom de l’organisation"), autocomplete="organization" if first else "",
            hint=_("Le nom complet, comme il sera publié."),
        ),
        drawing.input(
            "kind", _("Nature"), type="select",
            options=[("", _("Choisir")), *OrganisationKind.choices],
        ),
        drawing.input(
            "role", _("Rôle"), type="select", options=_choices(CarrierRole),
            value=str(drawing.block.get("role") or usual.value),
        ),
        drawing.input(
            "website", _("Site web"), type="url", optional=True,
            hint=_("Par exemple https://exemple.fr."),
        ),
        drawing.input(
            "register_number", _("Numéro Siret ou RNA"), optional=True,
            hint=_("14 chiffres, ou W et 9 chiffres."),
        ),
    ]  # fmt: skip
    return {each.name.rsplit("-", 1)[1]: each for each in inputs}


def _choices(enum: type[TextChoices]) -> list[tuple[str, str]]:
    return [(value, str(label)) for value, label in enum.choices if value]


def _shown(block: Mapping[str, object], part: str) -> tuple[str, str]:
    """The date and the hour as two fields show them; as typed where they make no date."""
    text, clock = str(block.get(part, "")), str(block.get(f"{part}_time", ""))
    try:
        return parse(text).shown() if not clock else (text, clock)
    except WrongDate:
        return text, clock
