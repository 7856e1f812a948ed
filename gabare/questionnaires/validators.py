"""Whether answers may be taken, and what to say when they may not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gabare.questionnaires.answers import Refused
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.asking import is_frozen, is_required, visible_questions
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds import kind_of


@dataclass(frozen=True)
class Checked:
    """Canonical values by question key, and one sentence by question that needs one.

    A key may be in both: the value is right as far as it goes, and something is still to be said.
    """

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def check_answers(
    questions: Iterable[Asked],
    raw: Mapping[str, Any],
    facts: Facts,
    *,
    final: bool,
    previous: Mapping[str, Any] | None = None,
    step: str = "",
) -> Checked:
    """The answers that count, cleaned, and what is wrong with the others. Never raises.

    Give *all* the questions and answers; `step` only narrows the errors to one page. Answers to
    hidden questions are dropped, whatever was posted. With `final=False` something missing is no
    error. `previous` are the values of the version already sent: frozen questions keep theirs.
    """
    checked = Checked()
    for question in visible_questions(questions, raw, facts, previous=previous):
        if not kind_of(question).stores:
            continue
        if previous is not None and is_frozen(question, facts.day):
            if question.key in previous:
                checked.values[question.key] = previous[question.key]
            continue
        error = _check_one(question, raw.get(question.key), facts, checked.values, final=final)
        if error and step in ("", question.step):
            checked.errors[question.key] = error
    return checked


def _check_one(
    question: Asked, raw: Any, facts: Facts, values: dict[str, Any], *, final: bool
) -> str:
    """Puts the value in `values` where there is one; the sentence to show, or nothing."""
    kind = kind_of(question)
    if kind.is_empty(raw):
        return kind.missing() if final and is_required(question, facts.day) else ""
    try:
        value = kind.clean(question, raw, facts)
    except Refused as refusal:
        return refusal.message
    if kind.is_empty(value):
        return kind.missing() if final and is_required(question, facts.day) else ""
    values[question.key] = value
    return kind.lacks(question, value, facts) if final else ""
