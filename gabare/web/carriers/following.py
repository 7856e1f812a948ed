"""`/mes-initiatives/`: what became of each deposit, and what its carrier can do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from gabare.calls import queries as calls
from gabare.foundation import clock
from gabare.foundation.localised import pick
from gabare.initiatives.display import carrier_lines, occurrence_lines
from gabare.initiatives.enums import Role, State
from gabare.initiatives.lifecycle import NAMES, Refused, available_moves
from gabare.initiatives.models import Draft, Initiative, Version
from gabare.initiatives.operations import move_initiative, reopen_draft
from gabare.initiatives.queries import (
    initiatives_of,
    mandated_initiative,
    question_labels,
    version_numbered,
)
from gabare.initiatives.rules import deposit_is_possible, is_live, may_send
from gabare.journeys.deposit_initiative import facts_of
from gabare.labels.enums import LabelState
from gabare.labels.models import Label
from gabare.labels.queries import labels_of
from gabare.labels.rules import state_on
from gabare.people.models import Person
from gabare.questionnaires.display import shown_answers
from gabare.questionnaires.enums import Visibility
from gabare.questionnaires.queries import questions_of
from gabare.review.enums import Outcome
from gabare.review.models import Decision
from gabare.review.queries import asked_of


@dataclass(frozen=True)
class Followed:
    """One initiative as its carrier reads it."""

    initiative: Initiative
    state: str
    draft: Draft | None
    decision: Decision | None
    deferred: bool  # read again in the next round
    asked: list[tuple[str, str]]
    reasons: list[Mapping[str, str]]
    label: Label | None
    label_state: str  # said where it is suspended or withdrawn
    is_listed: bool
    may_change_dates: bool
    versions: list[Version]
    may_reopen: bool
    may_withdraw: bool
    first_step: str


@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    found = initiatives_of(request.user, None)
    ids = [initiative.pk for initiative in found]
    decisions, labels = asked_of(ids), labels_of(ids)
    waiting = {each.pk: each for each in found if each.state == State.TO_COMPLETE}
    words = question_labels(_revisions(waiting.values())) if waiting else {}
    context = {
        "followed": [
            _follow(each, request.user, decisions.get(each.pk), labels.get(each.pk), words)
            for each in found
        ]
    }
    return render(request, "carriers/mine.html", context)


def _revisions(initiatives: Iterable[Initiative]) -> set[int]:
    return {version.revision_id for each in initiatives for version in each.versions.all()}


def _follow(
    initiative: Initiative,
    person: Person,
    decision: Decision | None,
    label: Label | None,
    words: Mapping[int, Mapping[str, Mapping[str, str]]],
) -> Followed:
    draft = getattr(initiative, "draft", None)
    if draft is not None:
        draft.initiative = initiative
    live = draft if draft is not None and is_live(draft) else None
    state, versions = State(initiative.state), list(initiative.versions.all())
    day = clock.today(initiative.call.time_zone)
    known = words.get(versions[-1].revision_id, {}) if versions else {}
    last = decision.outcome if decision else ""
    deferred = last == Outcome.DEFER and state == State.SUBMITTED
    return Followed(
        initiative=initiative,
        state=str(NAMES[state].carrier),
        draft=live,
        decision=decision if deferred or state in (State.TO_COMPLETE, State.DECLINED) else None,
        deferred=deferred,
        asked=_asked(decision, known) if decision and state == State.TO_COMPLETE else [],
        reasons=_reasons(decision, initiative) if state == State.DECLINED else [],
        label=label,
        label_state=_worth(label, day),
        is_listed=label is not None and label.state != LabelState.REVOKED,
        may_change_dates=state == State.LABELLED
        and label is not None
        and label.state != LabelState.REVOKED
        and bool(initiative.occurrences.all()),
        versions=versions,
        may_reopen=state != State.DRAFT and deposit_is_possible(initiative, None, day),
        may_withdraw="withdraw" in available_moves(state, Role.CARRIER)
        and may_send(person, initiative),
        first_step=calls.steps(initiative.call)[0].key,
    )


def _worth(label: Label | None, day: date) -> str:
    """What its carrier must know of the label; nothing when it is valid or simply over."""
    return {
        LabelState.SUSPENDED: _("Le label est suspendu\u00a0: sa page dit pourquoi."),
        LabelState.REVOKED: _("Le label a été retiré\u00a0: sa page dit pourquoi."),
    }.get(state_on(label, day) if label else LabelState.VALID, "")


def _asked(decision: Decision, known: Mapping[str, Mapping[str, str]]) -> list[tuple[str, str]]:
    language = get_language() or "fr"
    blocks = {"occurrences": _("Dates et lieux"), "carriers": _("Porteurs")}
    return [
        (blocks.get(key) or pick(known.get(key, key), language), words)
        for key, words in decision.questions.items()
    ]


def _reasons(decision: Decision | None, initiative: Initiative) -> list[Mapping[str, str]]:
    given = decision.reasons if decision else []
    return [each.label for each in calls.reasons(initiative.call) if each.key in given]


def _mine_or_404(request: HttpRequest, public_id: str) -> Initiative:
    initiative = mandated_initiative(request.user, public_id)
    if initiative is None:
        raise Http404
    return initiative


@require_POST
def reopen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Back to the form, with what was sent, to complete or correct it."""
    initiative = _mine_or_404(request, public_id)
    try:
        reopen_draft(initiative_id=initiative.pk, now=clock.now())
    except Refused as refused:
        return _refused(request, initiative, refused)
    return redirect("carriers:step", public_id, calls.steps(initiative.call)[0].key)


@never_cache
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """For good, so by who may send it: someone invited to help write may not undo it."""
    initiative = _mine_or_404(request, public_id)
    if not may_send(request.user, initiative):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "carriers/withdraw.html", {"initiative": initiative})
    try:
        move_initiative(
            initiative_id=initiative.pk, move="withdraw", role=Role.CARRIER,
            actor=request.user, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return _refused(request, initiative, refused)
    return redirect("carriers:mine")


def _refused(request: HttpRequest, initiative: Initiative, refused: Refused) -> HttpResponse:
    context = {"initiative": initiative, "refusal": str(refused)}
    return render(request, "carriers/not_possible.html", context, status=409)


@never_cache
def version(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """What was sent, word for word, whatever happened since."""
    initiative = _mine_or_404(request, public_id)
    sent = version_numbered(initiative, number)
    if sent is None:
        raise Http404
    return render(request, "carriers/version.html", _version_context(initiative, sent))


def _version_context(initiative: Initiative, sent: Version) -> dict[str, Any]:
    language, zone = get_language() or "fr", initiative.call.time_zone
    facts = facts_of(initiative, now=clock.now(), language=language)
    questions = questions_of(sent.revision)
    return {
        "initiative": initiative,
        "version": sent,
        "answers": shown_answers(questions, sent.values, facts, visibilities=set(Visibility)),
        "dates": occurrence_lines(sent.occurrences, zone=zone, language=language),
        "carriers": carrier_lines(sent.carriers, language=language),
    }
