"""The first call, applied from its package, and drafts as carriers write them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gabare.calls.models import Call
from gabare.calls.operations import apply_package
from gabare.calls.packages.reading import read_package
from gabare.initiatives.models import Draft
from gabare.initiatives.operations import save_draft, start_draft

PACKAGE = Path(__file__).parents[2] / "packages" / "ndia-2024"
IN_JUNE = datetime(2024, 6, 3, 8, 0, tzinfo=UTC)  # first wave open
IN_MARCH = datetime(2024, 3, 3, 8, 0, tzinfo=UTC)  # not open yet
LAST_MINUTE = datetime(2024, 8, 31, 21, 59, 59, tzinfo=UTC)  # 23:59:59 in Paris
TOO_LATE = datetime(2024, 8, 31, 22, 0, 0, tzinfo=UTC)  # midnight in Paris

ANSWERS: dict[str, Any] = {
    "title": "Café IA à la médiathèque",
    "summary": "Une soirée pour parler d’IA sans jargon.",
    "audiences": [],
    "access": "gratuit",
    "link": "https://exemple.fr/cafe-ia",
    "criteria": {"usager": "On regarde ce que l’outil change pour l’usager."},
    "contact_name": "Camille Exemple",
    "contact_email": "contact@example.org",
}
DATE = {
    "uid": "", "start": "2024-06-26T17:30", "end": "2024-06-26T19:00", "mode": "sur-place",
    "place": "Médiathèque", "address": "", "commune": "44109", "commune_name": "", "url": "",
}  # fmt: skip
CARRIER = {
    "name": "Les Ateliers de l’estuaire", "kind": "association", "website": "",
    "register_number": "", "role": "lead",
}  # fmt: skip


def the_call() -> Call:
    return apply_package(package=read_package(PACKAGE), now=IN_MARCH)


def answers(call: Call, **changes: Any) -> dict[str, Any]:
    first = call.audiences.order_by("position").values_list("key", flat=True)[0]
    return {**ANSWERS, "audiences": [first], **changes}


def a_draft(
    call: Call,
    *,
    axis: str = "evenements",
    occurrences: list[Mapping[str, Any]] | None = None,
    carriers: list[Mapping[str, Any]] | None = None,
    now: datetime = IN_JUNE,
    **changes: Any,
) -> tuple[Draft, str]:
    """A draft ready to be sent, but for what `changes` says."""
    draft, secret = start_draft(call=call, axis=call.axes.get(key=axis), now=now)
    draft = save_draft(
        draft_id=draft.pk,
        answers=answers(call, **changes),
        occurrences=[DATE] if occurrences is None else occurrences,
        carriers=[CARRIER] if carriers is None else carriers,
        seen_saves=0,
        now=now,
    )
    return draft, secret
