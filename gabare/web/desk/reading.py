"""A version as a reader of the team sees it: every answer, and what changed since the last one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher

from django.urls import reverse
from django.utils.translation import gettext as _

from gabare.calls.models import Call
from gabare.calls.queries import choices
from gabare.calls.rules import day_of
from gabare.initiatives.display import carrier_lines, occurrence_lines
from gabare.initiatives.enums import Role
from gabare.initiatives.models import Version
from gabare.questionnaires.display import Shown, shown_answers
from gabare.questionnaires.enums import Visibility
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.models import Question
from gabare.questionnaires.queries import questions_of, stored_files

Piece = tuple[str, str]  # "same" | "gone" | "new", words


@dataclass(frozen=True)
class Reading:
    """`groups`: visibility → answers, in the order of the questions."""

    questions: list[Question]
    groups: list[tuple[Visibility, list[Shown]]]
    occurrences: list[str]
    carriers: list[str]


@dataclass(frozen=True)
class Change:
    label: str
    pieces: list[Piece]


def reading_of(version: Version, call: Call, *, language: str, now: datetime) -> Reading:
    questions = questions_of(version.revision)
    facts = Facts(
        axis=version.initiative.axis.key,
        role=Role.TEAM.value,
        day=day_of(call, now),
        language=language,
        choices=choices(call, language),
        files=stored_files(
            f"initiative:{version.initiative.public_id}",
            address=lambda public_id: reverse("carriers:attachment", args=[public_id]),
        ),
    )
    shown = shown_answers(questions, version.values, facts, visibilities=set(Visibility))
    return Reading(
        questions=questions,
        groups=[
            (visibility, answers)
            for visibility in Visibility
            if (answers := [each for each in shown if each.visibility == visibility])
        ],
        occurrences=occurrence_lines(version.occurrences, zone=call.time_zone, language=language),
        carriers=carrier_lines(version.carriers, language=language),
    )


def changes(before: Reading, after: Reading) -> list[Change]:
    """Field by field, word by word. An unchanged field is not shown."""
    old, new = _texts(before), _texts(after)
    labels = {key: label for key, (label, _text) in (old | new).items()}
    return [
        Change(label, pieces(was, becomes))
        for key, label in labels.items()
        if (was := old.get(key, ("", ""))[1]) != (becomes := new.get(key, ("", ""))[1])
    ]


def pieces(was: str, becomes: str) -> list[Piece]:
    """The words that went, came and stayed. Long texts that differ a lot are shown one by one."""
    left, right = _words(was), _words(becomes)
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    if len(left) * len(right) > 250_000 or matcher.quick_ratio() < 0.3:
        return [piece for piece in (("gone", was), ("new", becomes)) if piece[1]]
    found: list[Piece] = []
    for tag, start, end, begins, stops in matcher.get_opcodes():
        if tag == "equal":
            found.append(("same", "".join(left[start:end])))
            continue
        found += [("gone", "".join(left[start:end]))] if end > start else []
        found += [("new", "".join(right[begins:stops]))] if stops > begins else []
    return found


def _texts(reading: Reading) -> dict[str, tuple[str, str]]:
    answers: Iterable[Shown] = (each for _group, group in reading.groups for each in group)
    return {
        **{each.key: (each.label, each.text) for each in answers},
        "occurrences": (_("Dates et lieux"), "\n".join(reading.occurrences)),
        "carriers": (_("Porteurs"), "\n".join(reading.carriers)),
    }


def _words(text: str) -> list[str]:
    return re.findall(r"\w+|\s+|[^\w\s]", text)
