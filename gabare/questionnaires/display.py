"""Answers for a reader: only what this reader may see, everything typed shown as text."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from gabare.foundation.localised import pick
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds import kind_of
from gabare.ui.typography import typography


@dataclass(frozen=True)
class Shown:
    """One answered question. `block`: shown as paragraphs or a list rather than on one line."""

    key: str
    label: str
    kind: str
    text: str
    html: SafeString
    visibility: str = "public"
    block: bool = False


def shown_answers(
    questions: Iterable[Asked],
    values: Mapping[str, Any],
    facts: Facts,
    *,
    visibilities: Collection[str],
) -> list[Shown]:
    """The answers given, in the order of the questions. `values` are canonical (a version's)."""
    shown = []
    for question in questions:
        kind, value = kind_of(question), values.get(question.key)
        if not kind.stores or question.visibility not in visibilities or kind.is_empty(value):
            continue
        shown.append(
            Shown(
                question.key,
                typography(pick(question.label, facts.language), facts.language),
                question.kind,
                kind.text(question, value, facts),
                kind.html(question, value, facts),
                question.visibility,
                kind.block,
            )
        )
    return shown
