"""The real initiatives of `demo/`, as the answers that a carrier would give.

What the public source does not say is not invented: an unknown hour stays unknown.
"""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.text import slugify

from gabare.calls.models import Axis, Call
from gabare.initiatives.validators import Block
from gabare.questionnaires.queries import current_revision

FOLDER = Path(settings.BASE_DIR) / "demo"
ACCESS = {True: "gratuit", False: "payant", None: "a-preciser"}


@dataclass(frozen=True)
class Reading:
    """What the team decides in a round."""

    round: str
    outcome: str
    reasons: list[str] = field(default_factory=list)
    message: str = ""
    asks: dict[str, str] = field(default_factory=dict)
    due_on: date | None = None
    scope: str = ""


@dataclass(frozen=True)
class Deposit:
    """What is typed in the form, at once or when it comes back."""

    answers: dict[str, Any]
    occurrences: list[Block]
    carriers: list[Block]


@dataclass(frozen=True)
class Record:
    title: str
    axis: str
    deposited: date
    readings: list[Reading]
    email: str
    carrier: str
    criteria: list[str]
    first: Deposit
    back: date | None
    whole: Deposit


@dataclass(frozen=True)
class Story:
    """The whole demonstration, in the order of the file."""

    today: date
    published_until: str
    records: list[Record]


def read_story(call: Call, folder: Path = FOLDER) -> Story:
    facts = {fact["title"]: fact for fact in json.loads((folder / "initiatives.json").read_text())}
    plan = tomllib.loads((folder / "outcomes.toml").read_text())
    axes = {axis.number: axis for axis in call.axes.select_related("questionnaire")}
    communes = {commune.name: commune.code for commune in call.perimeter.communes.all()}
    asked = {axis.number: _questions(axis) for axis in axes.values()}
    records = [
        _record(told, facts[told["title"]], plan, axes, communes, asked) for told in plan["records"]
    ]
    return Story(plan["today"], plan["published_until"], records)


def demo_day(folder: Path = FOLDER) -> date:
    """The day that the demonstration lives in."""
    day: date = tomllib.loads((folder / "outcomes.toml").read_text())["today"]
    return day


def _questions(axis: Axis) -> set[str]:
    revision = current_revision(axis.questionnaire.key)
    return set(revision.questions.values_list("key", flat=True)) if revision else set()


def _record(
    told: Mapping[str, Any],
    fact: Mapping[str, Any],
    plan: Mapping[str, Any],
    axes: Mapping[int, Axis],
    communes: Mapping[str, str],
    asked: Mapping[int, set[str]],
) -> Record:
    carriers = [
        {"name": name, "kind": kind, "website": "", "register_number": "",
         "role": "partner" if rank else "lead"}
        for rank, (name, kind) in enumerate(plan["organisers"][fact["organiser"]])
    ]  # fmt: skip
    lead = carriers[0]["name"]
    email = f"contact@{slugify(lead.replace('’', ' '))}.example.org"
    answers = {
        key: value
        for key, value in _answers(told, fact, plan, lead, email).items()
        if key in asked[fact["axis"]]
    }
    occurrences = [] if told.get("undated") else [_occurrence(fact, communes)]
    whole = Deposit(answers, occurrences, carriers)
    return Record(
        title=fact["title"],
        axis=axes[fact["axis"]].key,
        deposited=told["deposited"],
        readings=[Reading(**reading) for reading in told.get("readings", [])],
        email=email,
        carrier=lead,
        criteria=[plan["criteria"][str(number)] for number in fact["criteria"]],
        first=_first(whole, told.get("first", {}), fact),
        back=told.get("back"),
        whole=whole,
    )


def _answers(
    told: Mapping[str, Any], fact: Mapping[str, Any], plan: Mapping[str, Any], lead: str, email: str
) -> dict[str, Any]:
    criteria = [plan["criteria"][str(number)] for number in fact["criteria"]]
    known = [plan["themes"][theme] for theme in fact["themes"] if theme in plan["themes"]]
    other = next((theme for theme in fact["themes"] if theme not in plan["themes"]), "")
    said = fact["audience"]
    answers = {
        "title": fact["title"],
        "summary": described(_without(fact["summary"], plan["left_out"]), fact),
        "link": fact["url"] or fact["source_url"],
        "audiences": plan["audiences"][said] if said else [{"other": "Non précisé par la source"}],
        "themes": list(dict.fromkeys(known)) or [{"other": other}],
        "criteria": {key: plan["hows"][key] for key in criteria},
        "contact_name": f"Contact de {lead}",
        "contact_email": email,
    }
    if fact["axis"] == 1 or fact["free"] is not None:
        answers["access"] = ACCESS[fact["free"]]
    if told.get("undated"):
        answers["duration"] = told["undated"]
    return answers


def _without(summary: str, notes: Sequence[str]) -> str:
    for note in notes:
        summary = summary.replace(note, "")
    return summary.strip()


def described(summary: str, fact: Mapping[str, Any]) -> str:
    """Every text says where it comes from: nobody of these organisations wrote it."""
    return f"{summary}\n\nDécrit d’après une source publique\u00a0: {fact['source_url']}"


def _occurrence(fact: Mapping[str, Any], communes: Mapping[str, str]) -> Block:
    online, venue = fact["online"], fact["venue"] or ""
    mode = {True: "mixte" if venue else "en-ligne", False: "sur-place", None: ""}[online]
    commune = fact["commune"] or ""
    same = fact["end"] in (None, fact["start"])
    return {
        "uid": "", "start": fact["start"], "end": "" if same else fact["end"], "mode": mode,
        "place": venue, "address": "", "commune": communes.get(commune, ""),
        "commune_name": commune, "url": "",
    }  # fmt: skip


def _first(whole: Deposit, first: Mapping[str, Any], fact: Mapping[str, Any]) -> Deposit:
    """What was sent the first time, where the team had to ask for more."""
    answers, blocks = dict(whole.answers), [dict(block) for block in whole.occurrences]
    if "summary" in first:
        answers["summary"] = described(first["summary"], fact)
    if not first.get("dated", True):
        blocks = []
    for block in blocks:
        if "start" in first:
            block.update(start=first["start"], end="")
        if not first.get("placed", True):
            block.update(place="", address="")
    return Deposit(answers, blocks, whole.carriers)
