"""An initiative as its public page shows it: the same for what is listed and for a preview.

The deposit previews with the very partials of the public page (`agenda/initiative_main.html` and
`agenda/initiative_aside.html`), given `shown`: what one sees before sending is what will be read.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gabare.agenda.lines import status_words
from gabare.agenda.models import Listing
from gabare.calls.models import Axis, Call, Criterion
from gabare.calls.queries import choices, compass_in_force, petals
from gabare.foundation.localised import pick
from gabare.initiatives.enums import CarrierRole, Mode
from gabare.initiatives.partial_dates import WrongDate, parse
from gabare.initiatives.records import Record
from gabare.initiatives.validators import Block
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.display import Shown, shown_answers
from gabare.questionnaires.enums import Visibility
from gabare.questionnaires.facts import Facts, StoredFile
from gabare.ui.dates import when
from gabare.ui.rose import Petal


@dataclass(frozen=True)
class Lit:
    """A criterion that the initiative sheds light on, and how, in the carrier's words."""

    number: str
    colour: str
    name: str
    how: str


@dataclass(frozen=True)
class ShownDate:
    when: str
    where: str
    address: str
    status: str
    url: str
    uid: str = ""


@dataclass(frozen=True)
class ShownCarrier:
    name: str
    lead: bool
    website: str


@dataclass(frozen=True)
class Presented:
    axis: Axis
    record: Record
    petals: list[Petal]
    criteria: list[Lit]
    answers: list[Shown]
    dates: list[ShownDate]
    carriers: list[ShownCarrier]
    audiences: list[str]
    themes: list[str]

    @property
    def access(self) -> str:
        if self.record.free is None:
            return ""
        return _("Gratuit") if self.record.free else _("Payant")


def present(
    *,
    call: Call,
    axis: Axis,
    record: Record,
    answers: list[Shown],
    dates: list[ShownDate],
    carriers: list[ShownCarrier],
    language: str,
) -> Presented:
    offered = choices(call)
    return Presented(
        axis=axis,
        record=record,
        petals=petals(call, record.criteria, language),
        criteria=_criteria(call, record, language),
        answers=answers,
        dates=dates,
        carriers=carriers,
        audiences=_labels(record.audiences, offered["audiences"], language),
        themes=_labels(record.themes, offered["themes"], language),
    )


def public_answers(
    *,
    call: Call,
    axis: Axis,
    questions: Iterable[Asked],
    values: dict[str, object],
    language: str,
    day: date,
    files: dict[str, StoredFile] | None = None,
) -> list[Shown]:
    """What the questions that are published were answered, but for what the page says elsewhere."""
    said = {call.record.get(name, name) for name in SAID_ELSEWHERE}
    facts = Facts(
        axis=axis.key, role=CarrierRole.LEAD, day=day, language=language,
        choices=choices(call), files=files or {},
    )  # fmt: skip
    shown = shown_answers(questions, values, facts, visibilities=[Visibility.PUBLIC])
    return [answer for answer in shown if answer.key not in said]


SAID_ELSEWHERE = ("title", "summary", "link", "access", "themes", "audiences", "criteria")


def dates_of_listings(
    rows: Sequence[Listing], call: Call, link: str, language: str
) -> list[ShownDate]:
    """`link` is the initiative's own: a date repeats it only where it has another."""
    zone = call.time_zone
    return [
        ShownDate(
            when=when(row.starts_at, row.ends_at, row.precision, zone=zone, language=language),
            where=_where(row.place, row.commune_name, row.mode),
            address=row.address,
            status=status_words(row.status),
            url=row.url if row.url != link else "",
            uid=row.occurrence_uid,
        )
        for row in rows
        if row.starts_at
    ]


def dates_of_blocks(blocks: Iterable[Block], call: Call, language: str) -> list[ShownDate]:
    """The dates of a draft; one that cannot be read yet is left out of the preview."""
    communes = {c.value: pick(c.label, language) for c in choices(call)["communes"]}
    shown = []
    for block in blocks:
        moments = _moments(block, call.time_zone)
        if moments is None:
            continue
        starts, ends, precision = moments
        commune = block.get("commune_name") or communes.get(block.get("commune", ""), "")
        shown.append(
            ShownDate(
                when=when(starts, ends, precision, zone=call.time_zone, language=language),
                where=_where(block.get("place", ""), commune, block.get("mode", "")),
                address=block.get("address", ""),
                status="",
                url=block.get("url", ""),
            )
        )
    return shown


def _moments(block: Block, zone: str) -> tuple[datetime, datetime | None, str] | None:
    try:
        start = parse(block.get("start", ""))
        end = parse(block["end"]).last_instant(zone) if block.get("end") else None
    except WrongDate:
        return None
    return start.first_instant(zone), end, start.precision


def carriers_of_blocks(blocks: Iterable[Block]) -> list[ShownCarrier]:
    """As the version says, which the team has read. Never from the organisation's own row: any
    deposit that nobody has read yet may have given it its address."""
    return [
        ShownCarrier(b["name"], b.get("role") == CarrierRole.LEAD, b.get("website", ""))
        for b in blocks
        if b.get("name")
    ]


def _where(place: str, commune: str, mode: str) -> str:
    parts = [place, commune if commune.lower() not in place.lower() else ""]
    if mode in {Mode.ONLINE, Mode.MIXED}:
        parts.append(_("et en ligne") if any(parts) else _("En ligne"))
    return ", ".join(part for part in parts if part)


def _criteria(call: Call, record: Record, language: str) -> list[Lit]:
    return [
        Lit(c.number, _colour(c), pick(c.short, language), record.criteria[c.key])
        for c in compass_in_force(call).criteria.all()
        if c.key in record.criteria
    ]


def _colour(criterion: Criterion) -> str:
    return criterion.colour or (criterion.parent.colour if criterion.parent else "")


def _labels(chosen: Iterable[str], offered: Iterable[object], language: str) -> list[str]:
    names = {c.value: pick(c.label, language) for c in offered}  # type: ignore[attr-defined]
    return [names.get(value, value) for value in chosen]
