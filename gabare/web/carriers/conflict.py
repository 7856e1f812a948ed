"""Two tabs on one draft: the page that shows both versions and lets a person choose."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from gabare.foundation.localised import pick
from gabare.initiatives.display import carrier_lines, occurrence_lines
from gabare.initiatives.models import Draft
from gabare.initiatives.validators import Block
from gabare.questionnaires.display import shown_answers
from gabare.questionnaires.enums import Visibility
from gabare.questionnaires.models import Question
from gabare.questionnaires.validators import check_answers
from gabare.web.carriers.pages import DepositPage
from gabare.web.carriers.posted import Posted


@dataclass(frozen=True)
class Difference:
    """One subject that the two versions tell differently, each in lines of text."""

    name: str
    label: str
    typed: list[str]
    kept: list[str]

    @property
    def offered(self) -> str:
        """What is chosen beforehand: what was just written, unless it would erase something."""
        return "typed" if self.typed else "kept"


def differences(page: DepositPage, posted: Posted, kept: Draft) -> list[Difference]:
    changed = [
        question
        for question in posted.questions
        if _said(posted.answers.get(question.key)) != _said(kept.values.get(question.key))
    ]
    found = [
        Difference(
            question.key,
            pick(question.label, page.language),
            _lines(page, question, {**kept.values, **posted.answers}),
            _lines(page, question, kept.values),
        )
        for question in changed
    ]
    return found + _block_differences(page, posted, kept)


def _block_differences(page: DepositPage, posted: Posted, kept: Draft) -> list[Difference]:
    def dates(blocks: list[Block]) -> list[str]:
        return occurrence_lines(blocks, zone=page.call.time_zone, language=page.language)

    def carriers(blocks: list[Block]) -> list[str]:
        named = [block for block in blocks if block.get("name")]
        return carrier_lines(named, language=page.language)

    found = []
    if posted.occurrences is not None and posted.occurrences != kept.occurrences:
        typed, stored = dates(posted.occurrences), dates(kept.occurrences)
        found.append(Difference("occurrences", _("Dates"), typed, stored))
    if posted.carriers is not None and posted.carriers != kept.carriers:
        typed, stored = carriers(posted.carriers), carriers(kept.carriers)
        found.append(Difference("carriers", _("Porteurs"), typed, stored))
    return found


def _said(raw: Any) -> Any:
    """Nothing typed and nothing stored are the same."""
    empty = raw is None or not str(raw).strip() or raw in ([], {})
    return None if empty else raw


def _lines(page: DepositPage, question: Question, values: Mapping[str, Any]) -> list[str]:
    """The answer in words; as typed, in its parts, where it is not right."""
    checked = check_answers([_unconditional(question)], values, page.facts, final=False)
    shown = shown_answers([question], checked.values, page.facts, visibilities=set(Visibility))
    return shown[0].text.splitlines() if shown else list(_parts(values.get(question.key)))


def _unconditional(question: Question) -> Question:
    alone = copy(question)
    alone.condition = None
    return alone


def _parts(raw: Any) -> list[str]:
    if isinstance(raw, Mapping):
        return [line for value in raw.values() for line in _parts(value)]
    if isinstance(raw, list):
        return [line for value in raw for line in _parts(value)]
    return str(raw).splitlines() if raw not in (None, "") else []
