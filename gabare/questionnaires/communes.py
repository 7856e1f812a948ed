"""A commune as a question reads it: alone, or as a part of a place."""

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from gabare.questionnaires import choosing, texts
from gabare.questionnaires.answers import Raw, Refused
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.choosing import OTHER, OTHER_MAX
from gabare.questionnaires.facts import Facts


def read_commune(question: Asked, data: QueryDict, name: str) -> Raw:
    picked = texts.typed(data.get(name, ""))
    other = texts.typed(data.get(f"{name}--other", ""))
    if not question.options.get("outside"):
        return picked
    if picked == OTHER or (not picked and texts.line(other)):
        return {"other": other}
    return {"choice": picked, "other": other} if texts.line(other) else picked


def is_empty(raw: Raw) -> bool:
    """« Une autre commune » without its name is not empty: it is wrong."""
    if isinstance(raw, Mapping):
        return "choice" in raw and not texts.line(raw["choice"])
    return not texts.line(raw)


def clean_commune(question: Asked, raw: Raw, facts: Facts) -> str | dict[str, str]:
    """An INSEE code among the choices, or `{"other": "name"}` where the question takes it."""
    if isinstance(raw, Mapping) and "choice" in raw:
        raw = raw["choice"]
    offer = choosing.given("communes", facts)
    value = choosing.clean_one(offer, raw, other=bool(question.options.get("outside")))
    if value == {"other": ""}:
        raise Refused(_("Écrivez le nom de la commune."))
    return value


def widget(question: Asked, raw: Raw, facts: Facts, name: str) -> dict[str, Any]:
    picked = raw.get("choice", OTHER) if isinstance(raw, Mapping) else raw
    picked = texts.line(picked)
    offer = choosing.given("communes", facts)
    found = choosing.find(offer, picked) or picked
    rows = choosing.rows(offer, {found}, facts.language, name)
    return {
        "choices": rows,
        "unknown": "" if not found or found == OTHER or any(r["checked"] for r in rows) else found,
        "outside": bool(question.options.get("outside")),
        "other_value": OTHER,
        "other_checked": picked == OTHER,
        "other_text": choosing.other_text(raw),
        "other_max": OTHER_MAX,
    }


def name_of(value: str | Mapping[str, str], facts: Facts) -> str:
    return choosing.name_of(choosing.given("communes", facts), value, facts.language)
