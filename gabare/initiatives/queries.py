from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from gabare.calls import queries as calls
from gabare.calls.models import Call
from gabare.foundation.tokens import digest
from gabare.initiatives.lifecycle import SETTLED
from gabare.initiatives.models import Draft, Initiative, Version
from gabare.initiatives.records import Record, record_of
from gabare.people.models import Person
from gabare.questionnaires.models import Question

CHOSEN = frozenset({"single_choice", "multiple_choice", "criteria", "commune"})
WITH_PLACE = ("initiative__call__perimeter", "initiative__axis", "initiative__wave", "revision")


def live_drafts() -> QuerySet[Draft]:
    """Newest first, with what a page says about them."""
    return (
        Draft.objects.filter(sent_at__isnull=True)
        .exclude(initiative__state__in=SETTLED)
        .select_related(*WITH_PLACE)
        .order_by("-saved_at", "-id")
    )


def draft_named(public_id: str) -> Draft | None:
    """The draft, live or sent, of the initiative of that public id."""
    found = Draft.objects.filter(initiative__public_id=public_id)
    draft = found.select_related("initiative__call", "revision").first()
    if draft is not None:
        place_in_call(draft.initiative)
    return draft


def place_in_call(initiative: Initiative) -> None:
    """Its axis and its wave, from what is kept of the call: each saving of a step asks for them."""
    call = initiative.call
    for axis in calls.axes(call):
        if axis.pk == initiative.axis_id:
            initiative.axis = axis
    for wave in calls.waves(call):
        if wave.pk == initiative.wave_id:
            initiative.wave = wave


def draft_by_secret(secret: str) -> Draft | None:
    return (
        Draft.objects.filter(secret_digest=digest(secret)).select_related(*WITH_PLACE).first()
        if secret
        else None
    )


def live_drafts_held(*, secrets: Collection[str], person: Person | None, call: Call) -> list[Draft]:
    """What this browser holds by its secrets, and this person by a mandate; in one query."""
    mine = Q(secret_digest__in=[digest(secret) for secret in secrets])
    if person is not None:
        mine |= Q(initiative__in=Initiative.objects.filter(mandates__person=person))
    return list(live_drafts().filter(mine, initiative__call=call))


def initiatives_of(person: Person, call: Call | None) -> list[Initiative]:
    """Those a person holds a mandate for, the newest first."""
    mine = Initiative.objects.filter(mandates__person=person)
    if call is not None:
        mine = mine.filter(call=call)
    found = list(
        mine.select_related("call", "axis", "wave", "draft")
        .prefetch_related("versions", "mandates", "occurrences")
        .order_by("-created_at")
    )
    calls = {initiative.call_id: initiative.call for initiative in found}
    for initiative in found:
        initiative.call = calls[initiative.call_id]  # one object: what it keeps is asked once
    return found


def initiative_named(public_id: str) -> Initiative | None:
    return (
        Initiative.objects.filter(public_id=public_id)
        .select_related("call__team", "axis", "wave")
        .first()
    )


def latest_version(initiative: Initiative) -> Version | None:
    return initiative.versions.order_by("-number").first()


def public_record(version: Version) -> Record:
    """The public face of a version. Reads `version.initiative.call`: select them with it."""
    return record_of(version.initiative.call, version.values, version.occurrences, version.carriers)


@dataclass(frozen=True)
class Uses:
    """How many drafts and versions hold each part of a call: removing it would lose an answer."""

    axes: Counter[str] = field(default_factory=Counter)
    waves: Counter[str] = field(default_factory=Counter)
    questions: Counter[tuple[str, str]] = field(default_factory=Counter)  # axis, question
    choices: Counter[tuple[str, str, str]] = field(default_factory=Counter)  # axis, question, value
    themes: Counter[str] = field(default_factory=Counter)
    audiences: Counter[str] = field(default_factory=Counter)
    criteria: Counter[str] = field(default_factory=Counter)
    communes: Counter[str] = field(default_factory=Counter)


def uses_of_call_parts(call: Call) -> Uses:
    """Walks every draft and version of the call: for imports, not for pages."""
    uses = Uses()
    for axis, wave in Initiative.objects.filter(call=call).values_list("axis__key", "wave__key"):
        uses.axes[axis] += 1
        if wave:
            uses.waves[wave] += 1
    questions = Prefetch("revision__questions", Question.objects.order_by("position"))
    for model in (Version, Draft):
        held = model.objects.filter(initiative__call=call).select_related("initiative__axis")
        for copy in held.prefetch_related(questions).iterator(chunk_size=200):
            _note_uses(copy, uses)
    return uses


def _note_uses(copy: Version | Draft, uses: Uses) -> None:
    axis = copy.initiative.axis.key
    for question in copy.revision.questions.all():
        value = copy.values.get(question.key)
        if value in (None, "", [], {}):
            continue
        uses.questions[axis, question.key] += 1
        chosen = _chosen(value) if question.kind in CHOSEN else []
        uses.choices.update((axis, question.key, item) for item in chosen)
        source = question.options.get("source") or question.kind
        if source in {"themes", "audiences", "criteria", "communes"}:
            getattr(uses, source).update(chosen)
        elif source == "commune":
            uses.communes.update(chosen)
    uses.communes.update(str(b["commune"]) for b in copy.occurrences if b.get("commune"))


def _chosen(value: Any) -> set[str]:
    if isinstance(value, dict) and set(value) == {"other"}:
        return set()
    items = value if isinstance(value, (list, dict)) else [value]
    return {item for item in items if isinstance(item, str) and item}


def mandated_initiative(person: Person, public_id: str) -> Initiative | None:
    """The initiative, if this person may act for it."""
    return (
        Initiative.objects.filter(public_id=public_id, mandates__person=person)
        .select_related("call__team", "axis", "wave")
        .first()
    )


def version_numbered(initiative: Initiative, number: int) -> Version | None:
    held = initiative.versions.select_related("revision", "initiative__call", "initiative__axis")
    return held.filter(number=number).first()


def question_labels(revision_ids: Collection[int]) -> dict[int, dict[str, dict[str, str]]]:
    """Revision id → question key → its localised label; one query."""
    labels: dict[int, dict[str, dict[str, str]]] = {}
    rows = Question.objects.filter(revision_id__in=revision_ids).order_by("position")
    for revision_id, key, label in rows.values_list("revision_id", "key", "label"):
        labels.setdefault(revision_id, {})[key] = label
    return labels
