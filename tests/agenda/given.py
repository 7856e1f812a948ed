"""A call, and labelled initiatives listed through the operation that publishes."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count

from gabare.agenda.models import Listing
from gabare.agenda.operations import list_initiative
from gabare.calls.models import Audience as CallAudience
from gabare.calls.models import Axis, Call, Compass, Criterion, PlannedRound, Theme, Wave
from gabare.initiatives.enums import State
from gabare.initiatives.models import Carrier, Initiative, Occurrence, Version
from gabare.initiatives.partial_dates import parse
from gabare.people.models import Organisation, Team
from gabare.questionnaires.models import Question, Questionnaire, Revision
from gabare.territory.models import Commune, Perimeter

NOW = datetime(2024, 6, 12, 8, 0, tzinfo=UTC)
PARIS = "Europe/Paris"
_numbers = count(1)


def a_call(key: str = "ndia", *, current: bool = True) -> Call:
    perimeter = Perimeter.objects.create(key=key, name="Métropole")
    perimeter.communes.add(
        *(
            Commune.objects.get_or_create(code=code, defaults={"name": name})[0]
            for code, name in [("44109", "Nantes"), ("44143", "Rezé")]
        )
    )
    call = Call.objects.create(
        key=key, languages=["fr", "en"], title={"fr": "Débat de l’IA", "en": "AI debate"},
        summary={"fr": "Un débat."},
        organiser="Nantes Métropole", service="Mission", email="ia@example.org",
        perimeter=perimeter, team=Team.objects.create(key=key, name="Équipe"), is_current=current,
        record={"title": "title", "summary": "summary", "link": "link", "access": "access",
                "themes": "themes", "audiences": "audiences", "criteria": "criteria"},
    )  # fmt: skip
    wave = Wave.objects.create(
        call=call, key="vague-1", position=1, title={"fr": "Première vague"},
        opens_on=date(2024, 4, 1), new_until=date(2024, 8, 31), complete_until=date(2024, 8, 31),
        correct_until=date(2024, 8, 31), freeze_on=date(2024, 9, 30),
        starts_on=date(2024, 4, 1), ends_on=date(2024, 9, 30),
    )  # fmt: skip
    for month in (4, 5):
        PlannedRound.objects.create(
            call=call, wave=wave, key=f"2024-0{month}", position=month,
            closes_on=date(2024, month, 30), edition_on=date(2024, month + 1, 6),
        )  # fmt: skip
    _parts(call)
    return call


def _parts(call: Call) -> None:
    compass = Compass.objects.create(
        call=call, key="boussole", position=1, title={"fr": "Boussole"}, source="L’appel",
        in_force=True,
    )  # fmt: skip
    law = None
    for number, name in [("1", "securite"), ("2", "droit"), ("2.1", "biometrie"), ("3", "usager")]:
        criterion = Criterion.objects.create(
            compass=compass, key=name, position=int(float(number) * 10), number=number,
            wording={"fr": f"Le critère {name}"}, short={"fr": name.capitalize()},
            colour="#0f5f8c", parent=law if "." in number else None,
        )  # fmt: skip
        law = criterion if name == "droit" else law
    for name in ("sante", "ecole"):
        Theme.objects.create(call=call, key=name, position=1, label={"fr": f"Thème {name}"})
    CallAudience.objects.create(call=call, key="tous", position=1, label={"fr": "Tout public"})
    for position, name in enumerate(["evenements", "education"], start=1):
        Axis.objects.create(
            call=call, key=name, position=position, number=position, title={"fr": f"Axe {name}"},
            short={"fr": name.capitalize()}, target={}, object={}, occurrences="optional",
            questionnaire=_questionnaire(f"{call.key}/{name}"),
        )  # fmt: skip


def _questionnaire(key: str) -> Questionnaire:
    questionnaire = Questionnaire.objects.create(key=key)
    revision = Revision.objects.create(
        questionnaire=questionnaire, number=1, digest=key, published_at=NOW
    )
    kinds = {
        "title": "short_text", "summary": "long_text", "link": "link", "access": "single_choice",
        "themes": "multiple_choice", "audiences": "multiple_choice", "criteria": "criteria",
        "approach": "long_text",
    }  # fmt: skip
    options = {
        "access": {"choices": [{"value": "gratuit", "label": {"fr": "Gratuit"}},
                               {"value": "payant", "label": {"fr": "Payant"}}]},
        "themes": {"source": "themes", "other": True},
        "audiences": {"source": "audiences", "other": True},
        "criteria": {"source": "criteria"},
    }  # fmt: skip
    Question.objects.bulk_create(
        Question(
            revision=revision, key=name, kind=kind, position=position, step="presentation",
            label={"fr": f"Question {name}"}, options=options.get(name, {}),
        )
        for position, (name, kind) in enumerate(kinds.items())
    )  # fmt: skip
    return questionnaire


def an_initiative(
    call: Call,
    title: str = "Atelier",
    *dates: str | dict[str, object],
    axis: str = "evenements",
    carriers: Sequence[str] = ("Association A",),
    **values: object,
) -> Version:
    """A labelled initiative, not listed yet. A date is `2024-06-26T17:30` or shorter, or a dict
    of the occurrence's fields with `start` and `end`."""
    number = next(_numbers)
    chosen = Axis.objects.get(call=call, key=axis)
    initiative = Initiative.objects.create(
        slug=f"initiative-{number}", call=call, axis=chosen, wave=call.waves.get(), title=title,
        state=State.LABELLED, created_at=NOW, submitted_at=NOW, settled_at=NOW,
    )  # fmt: skip
    blocks = [
        {"name": name, "role": "partner" if place else "lead", "kind": "association"}
        for place, name in enumerate(carriers)
    ]
    for place, name in enumerate(carriers):
        organisation, _ = Organisation.objects.get_or_create(
            name=name,
            defaults={
                "slug": name.lower().replace(" ", "-"),
                "kind": "association",
                "folded_name": name.lower(),
            },
        )
        Carrier.objects.create(
            initiative=initiative, organisation=organisation, position=place,
            role="partner" if place else "lead",
        )  # fmt: skip
    for date_ in dates:
        an_occurrence(initiative, **(date_ if isinstance(date_, dict) else {"start": date_}))
    return Version.objects.create(
        initiative=initiative, number=1, revision=chosen.questionnaire.revisions.get(),
        values={"title": title, "summary": "Un résumé.", **values}, occurrences=[],
        carriers=blocks, sent_at=NOW,
    )  # fmt: skip


def an_occurrence(initiative: Initiative, *, start: str, end: str = "", **fields) -> Occurrence:
    begins = parse(start)
    return Occurrence.objects.create(
        initiative=initiative,
        starts_at=begins.first_instant(PARIS),
        ends_at=parse(end).last_instant(PARIS) if end else None,
        precision=begins.precision,
        **fields,
    )


def listed(call: Call, title: str = "Atelier", *dates: str | dict, edition: str = "2024-04",
           now: datetime = NOW, **values: object) -> list[Listing]:  # fmt: skip
    version = an_initiative(call, title, *dates, **values)
    return list_initiative(
        initiative=version.initiative, version=version, label_number="2024-001",
        edition_key=edition, now=now,
    )  # fmt: skip
