"""Which questions are asked of whom, on which day. `rules` opens this to other rooms."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from gabare.questionnaires import conditions
from gabare.questionnaires.answers import Refused, Terms
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.enums import Comparison
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds import kind_of

Q = TypeVar("Q", bound=Asked)


def is_required(question: Asked, day: date) -> bool:
    """Required at once, or from its day on (that day included)."""
    if question.required:
        return True
    return question.required_from is not None and day >= question.required_from


def is_frozen(question: Asked, day: date) -> bool:
    """From its day on (that day included), what was sent is not changed any more.

    Somebody who never sent anything still answers: freezing protects an answer, it does not
    refuse one. So callers look at it only where there are `previous` values.
    """
    return question.frozen_from is not None and day >= question.frozen_from


def visible_questions(
    questions: Iterable[Q],
    raw: Mapping[str, Any],
    facts: Facts,
    *,
    previous: Mapping[str, Any] | None = None,
) -> list[Q]:
    """The questions asked, in order. Give *all* the questions: conditions look at earlier ones.

    An answer counts only if its own question is asked and it is right. A frozen answer is the
    one that was sent (`previous`).
    """
    visible: list[Q] = []
    terms: dict[str, Terms] = {}
    for question in questions:
        if question.condition is not None:
            condition = conditions.parse(question.condition)
            if not conditions.holds(condition, terms, facts):
                continue
        visible.append(question)
        frozen = previous is not None and is_frozen(question, facts.day)
        answers = previous if frozen and previous is not None else raw
        terms[question.key] = terms_of(question, answers.get(question.key), facts)
    return visible


def terms_of(question: Asked, raw: Any, facts: Facts) -> Terms:
    """What conditions see of an answer; nothing when it is empty or wrong."""
    kind = kind_of(question)
    if kind.comparison is Comparison.NOTHING or kind.is_empty(raw):
        return frozenset()
    try:
        return kind.terms(kind.clean(question, raw, facts))
    except Refused:
        return frozenset()


def of_step(questions: Sequence[Q], step: str) -> list[Q]:
    return [question for question in questions if question.step == step]
