"""Fills a database with generated initiatives, always the same ones: `python bench/generate.py`.

Rows are written in bulk but are those that the operations would write: labelled initiatives with
their version, carriers, dates, label, listings and search index. For measuring only: the database
named by the environment must be empty or hold a call already; nothing here is real.
"""

import json
import os
import random
import sys
from argparse import ArgumentParser
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import django

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from modelsearch.backends import get_search_backend  # noqa: E402

from gabare.agenda import stemming  # noqa: E402
from gabare.agenda.models import Listing  # noqa: E402
from gabare.agenda.operations import bump_generation, create_edition  # noqa: E402
from gabare.calls.models import Call  # noqa: E402
from gabare.calls.queries import axes, choices, current_call  # noqa: E402
from gabare.initiatives.enums import CarrierRole, Mode, OccurrenceStatus, Precision, State  # noqa: E402
from gabare.initiatives.models import Carrier, Initiative, Occurrence, Version  # noqa: E402
from gabare.labels.models import Label, StatusPlace  # noqa: E402
from gabare.people.models import Organisation  # noqa: E402
from gabare.questionnaires.queries import current_revision  # noqa: E402
from gabare.territory.models import Commune  # noqa: E402

PACKAGE = Path(__file__).resolve().parent.parent / "packages" / "ndia-2024"
TODAY = date(2024, 6, 12)
NOW = datetime(2024, 6, 12, 8, tzinfo=UTC)
BATCH = 1000
KINDS = ["Atelier", "Table ronde", "Conférence", "Ciné-débat", "Formation", "Parcours", "Séminaire"]
SUBJECTS = [
    "l’algorithme au travail", "les données de santé", "la sobriété des modèles", "l’école et l’IA",
    "la transparence des décisions", "les métiers de la logistique", "le musée et ses publics",
    "l’accompagnement des habitants", "la mobilité", "les œuvres générées", "le droit des usagers",
]  # fmt: skip
# Words as people write them, as often as they do: those of the real initiatives' summaries.
REAL = Path(__file__).resolve().parent.parent / "demo" / "initiatives.json"
WORDS = [
    word
    for each in json.loads(REAL.read_text(encoding="utf-8"))
    for word in (each["summary"] or "").split()
]


class Generator:
    def __init__(self, call: Call, seed: int) -> None:
        self.call, self.random = call, random.Random(seed)  # noqa: S311 — not a secret
        self.axes = axes(call)
        self.revisions = {a.pk: current_revision(a.questionnaire.key) for a in self.axes}
        offered = choices(call)
        self.themes = [c.value for c in offered["themes"]]
        self.audiences = [c.value for c in offered["audiences"]]
        self.criteria = [c.value for c in offered["criteria"]]
        self.communes = list(Commune.objects.filter(perimeters=call.perimeter).order_by("code"))
        self.rounds = list(call.planned_rounds.select_related("wave").order_by("closes_on"))
        self.organisations: list[Organisation] = []

    def write(self, many: int) -> None:
        self.write_organisations(max(20, many // 8))
        for planned in self.rounds:
            create_edition(planned=planned, counts={"label": many // len(self.rounds)}, now=NOW)
        for start in range(0, many, BATCH):
            with transaction.atomic():
                self.write_batch(start, min(start + BATCH, many))
            print(f"{min(start + BATCH, many)} / {many}", flush=True)
        bump_generation()

    def write_organisations(self, many: int) -> None:
        self.organisations = Organisation.objects.bulk_create(
            Organisation(
                slug=f"organisation-{n}", name=f"Organisation {n}", folded_name=f"organisation {n}",
                kind=self.random.choice(["association", "company", "public", "education"]),
            )
            for n in range(many)
        )  # fmt: skip

    def write_batch(self, start: int, end: int) -> None:
        numbers = range(start, end)
        initiatives = Initiative.objects.bulk_create(self.initiative(n) for n in numbers)
        versions = Version.objects.bulk_create(self.version(i) for i in initiatives)
        carriers = Carrier.objects.bulk_create(c for i in initiatives for c in self.carriers(i))
        dates = Occurrence.objects.bulk_create(o for i in initiatives for o in self.dates(i))
        labels = Label.objects.bulk_create(
            self.label(n, version) for n, version in zip(numbers, versions, strict=True)
        )
        StatusPlace.objects.bulk_create(
            StatusPlace(label=label, list_number=1, index=n)
            for n, label in zip(numbers, labels, strict=True)
        )
        carried: dict[int, list[Carrier]] = {}
        dated: dict[int, list[Occurrence]] = {}
        for carrier in carriers:
            carried.setdefault(carrier.initiative_id, []).append(carrier)
        for occurrence in dates:
            dated.setdefault(occurrence.initiative_id, []).append(occurrence)
        rows = Listing.objects.bulk_create(
            self.listing(version, label, carried[version.initiative_id], occurrence)
            for version, label in zip(versions, labels, strict=True)
            for occurrence in dated.get(version.initiative_id, [None])
        )
        get_search_backend().add_bulk(Listing, rows)

    def initiative(self, number: int) -> Initiative:
        title = f"{self.random.choice(KINDS)} : {self.random.choice(SUBJECTS)} ({number})"
        return Initiative(
            slug=f"generee-{number}", call=self.call, axis=self.random.choice(self.axes),
            wave=self.random.choice(self.rounds).wave, title=title, state=State.LABELLED,
            created_at=NOW, submitted_at=NOW, settled_at=NOW,
        )  # fmt: skip

    def version(self, initiative: Initiative) -> Version:
        pick = self.random
        values = {
            "title": initiative.title,
            "summary": " ".join(pick.choices(WORDS, k=40)).capitalize() + ".",
            "link": "https://example.org/initiative",
            "access": pick.choice(["gratuit", "gratuit", "payant"]),
            "themes": pick.sample(self.themes, k=min(2, len(self.themes))),
            "audiences": pick.sample(self.audiences, k=min(2, len(self.audiences))),
            "criteria": {
                key: " ".join(pick.choices(WORDS, k=15)) for key in pick.sample(self.criteria, k=3)
            },
        }
        return Version(
            initiative=initiative, number=1, revision=self.revisions[initiative.axis_id],
            values=values, occurrences=[], carriers=[], sent_at=NOW,
        )  # fmt: skip

    def carriers(self, initiative: Initiative) -> list[Carrier]:
        chosen = self.random.sample(self.organisations, k=self.random.choice([1, 1, 2]))
        roles = [CarrierRole.LEAD, CarrierRole.PARTNER]
        return [
            Carrier(initiative=initiative, organisation=o, role=roles[place], position=place)
            for place, o in enumerate(chosen)
        ]

    def dates(self, initiative: Initiative) -> list[Occurrence]:
        """From none to six, three on average, around today."""
        many = self.random.choice([0, 2, 3, 3, 4, 6])
        return [self.occurrence(initiative) for _ in range(many)]

    def occurrence(self, initiative: Initiative) -> Occurrence:
        pick = self.random
        day = datetime.combine(TODAY, datetime.min.time(), UTC)
        starts = day + timedelta(days=pick.randint(-200, 200), hours=pick.randint(7, 18))
        precision = pick.choices(
            [Precision.MINUTE, Precision.DAY, Precision.MONTH, Precision.YEAR], [85, 10, 4, 1]
        )[0]
        hours = timedelta(hours=2) if precision == Precision.MINUTE else timedelta(0)
        commune = pick.choice(self.communes)
        return Occurrence(
            initiative=initiative, starts_at=starts, ends_at=starts + hours, precision=precision,
            mode=pick.choice([m.value for m in Mode if m]), place=f"Salle {pick.randint(1, 300)}",
            address="1 rue de l’Exemple", commune=commune, commune_name=commune.name,
            status=pick.choices(
                [OccurrenceStatus.SCHEDULED, OccurrenceStatus.CANCELLED, OccurrenceStatus.FULL],
                [94, 3, 3],
            )[0],
        )  # fmt: skip

    def label(self, number: int, version: Version) -> Label:
        return Label(
            number=f"2024-{number:05}", initiative=version.initiative, version=version,
            edition_key=self.random.choice(self.rounds).key, scope="Généré.",
            criteria=list(version.values["criteria"]), starts_on=TODAY,
            ends_on=TODAY + timedelta(days=365), granted_at=NOW,
        )  # fmt: skip

    def listing(
        self, version: Version, label: Label, carriers: list[Carrier], date_: Occurrence | None
    ) -> Listing:
        values, initiative = version.values, version.initiative
        names = [carrier.organisation.name for carrier in carriers]
        place = [date_.place, date_.address, date_.commune_name] if date_ else []
        words = [initiative.title, values["summary"], *values["criteria"].values(), *names, *place]
        return Listing(
            initiative=initiative, version=version, slug=initiative.slug, title=initiative.title,
            summary=values["summary"], axis=initiative.axis.key, wave=initiative.wave.key,
            free=values["access"] == "gratuit", criteria=list(values["criteria"]),
            themes=values["themes"], audiences=values["audiences"], url=values["link"],
            carriers=[
                {"slug": c.organisation.slug, "name": c.organisation.name, "role": c.role}
                for c in carriers
            ],
            label_number=label.number, edition_key=label.edition_key, published_at=NOW,
            updated_at=NOW, search_text=stemming.indexed(*words), **dated_fields(date_),
        )  # fmt: skip


def dated_fields(date_: Occurrence | None) -> dict[str, object]:
    if date_ is None:
        return {"status": OccurrenceStatus.SCHEDULED}
    return {
        "occurrence_uid": date_.uid, "starts_at": date_.starts_at, "ends_at": date_.ends_at,
        "precision": date_.precision, "status": date_.status, "place": date_.place,
        "address": date_.address, "commune": date_.commune_id, "commune_name": date_.commune_name,
        "mode": date_.mode,
    }  # fmt: skip


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--initiatives", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=2024)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    if current_call() is None:
        call_command("call", "import", str(PACKAGE), "--yes", "--show")
    call = current_call()
    if call is None:
        raise SystemExit("no call to generate initiatives for")
    Generator(call, options.seed).write(options.initiatives)


if __name__ == "__main__":
    main()
