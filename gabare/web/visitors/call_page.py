"""The call as a page, made from its package: another territory's reads the same way."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gabare.calls.context import call_of
from gabare.calls.models import Axis, Call
from gabare.calls.queries import axes, calendar_line, compass_in_force, promises, texts, waves
from gabare.foundation import clock
from gabare.questionnaires.models import Question
from gabare.web.visitors.editorial_texts import OF_THE_CALL
from gabare.web.visitors.standing import standing

# Texts that have their own page, or their own place on this one.
ELSEWHERE = {*OF_THE_CALL.values(), "calendar", "promises", "label-limits", "label-rules"}


@dataclass(frozen=True)
class AxisShown:
    axis: Axis
    questions: list[Question]


@login_not_required
@require_safe
def call_page(request: HttpRequest) -> HttpResponse:
    call = call_of(request)
    if call is None:
        return render(request, "visitors/no_call.html")
    day = clock.today(call.time_zone)
    words = {written.key: written for written in texts(call)}
    return render(
        request,
        "visitors/call.html",
        {
            "standing": standing(call, day, clock.now()),
            "texts": [written for key, written in words.items() if key not in ELSEWHERE],
            "calendar": words.get("calendar"),
            "promised": words.get("promises"),
            "waves": waves(call),
            "moments": calendar_line(call, day),
            "axes": axes_with_questions(call),
            "criteria": [c for c in compass_in_force(call).criteria.all() if not c.parent_id],
            "promises": promises(call),
        },
    )


def axes_with_questions(call: Call) -> list[AxisShown]:
    """What each axis asks, in its latest revision: one query for all of them."""
    shown = axes(call)
    questions = Question.objects.filter(
        revision__questionnaire__in=[axis.questionnaire_id for axis in shown]
    ).exclude(kind="explanation")
    asked: dict[tuple[int, int], list[Question]] = defaultdict(list)
    for question in questions.select_related("revision").order_by("position"):
        asked[question.revision.questionnaire_id, question.revision.number].append(question)
    last = dict(sorted(asked))
    return [
        AxisShown(axis, asked[axis.questionnaire_id, last.get(axis.questionnaire_id, 0)])
        for axis in shown
    ]
