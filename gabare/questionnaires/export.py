"""Answers as columns: stable names, machine values. Writers of CSV guard against formulas."""

from typing import Any

from gabare.questionnaires.asked import Asked
from gabare.questionnaires.kinds import REGISTRY, kind_of
from gabare.questionnaires.kinds.base import Column


def columns(question: Asked) -> list[Column]:
    """None for a question that holds no answer."""
    return kind_of(question).columns(question)


def cells(question: Asked, value: Any) -> list[str]:
    """As many cells as `columns`, in the same order; `value` is canonical, or nothing."""
    return kind_of(question).cells(question, value)


def package_schema() -> dict[str, Any]:
    """JSON Schema of each kind's options, for who writes a call package."""
    return {key: {"title": str(kind.name), **kind.schema()} for key, kind in REGISTRY.items()}
