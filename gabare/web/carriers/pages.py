"""What a page of the deposit form stands on: its step, its questions, where the draft stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gabare.calls import queries as calls
from gabare.calls.enums import OccurrencePolicy
from gabare.calls.models import Call, Step
from gabare.foundation import clock
from gabare.foundation.localised import pick
from gabare.initiatives.models import Draft, Initiative
from gabare.initiatives.validators import CheckedBlocks, check_carriers, check_occurrences
from gabare.journeys.deposit_initiative import Standing, facts_of, previous_values, standing_of
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.models import Question
from gabare.questionnaires.queries import questions_of
from gabare.questionnaires.rules import is_frozen, of_step, visible_questions
from gabare.questionnaires.validators import check_answers
from gabare.review.queries import asked_of
from gabare.ui import dates
from gabare.web.carriers import holding


@dataclass(frozen=True)
class StepLink:
    key: str
    title: str
    number: int
    state: str  # "done", "current" or ""


class DepositPage:
    """One step of one draft. Lists are asked once; a step costs the same whatever is in it."""

    def __init__(self, request: HttpRequest, draft: Draft, step: str = "") -> None:
        self.request, self.draft = request, draft
        self.initiative: Initiative = draft.initiative
        self.call: Call = self.initiative.call
        self.language = get_language() or self.call.language
        self.now: datetime = clock.now()
        self.step = self._step(step)

    def _step(self, key: str) -> Step:
        found = next((each for each in self.steps if each.key == key), None)
        if key and found is None:
            raise Http404
        return found or self.steps[-1]

    @cached_property
    def steps(self) -> list[Step]:
        """Those that hold something for the axis; the review, always the last one."""
        every = calls.steps(self.call)
        asked = {question.step for question in self.questions}
        return [s for s in every[:-1] if s.key in asked or self.holds(s)] + every[-1:]

    @cached_property
    def questions(self) -> list[Question]:
        return questions_of(self.draft.revision)

    @cached_property
    def facts(self) -> Facts:
        return facts_of(self.initiative, now=self.now, language=self.language)

    @cached_property
    def previous(self) -> dict[str, Any] | None:
        return previous_values(self.initiative)

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.initiative, now=self.now, language=self.language)

    @cached_property
    def communes(self) -> list[tuple[str, str]]:
        return [(c.value, pick(c.label, self.language)) for c in self.facts.choices["communes"]]

    @cached_property
    def asked(self) -> dict[str, str]:
        """What the team asked to complete: question key → its words. Nothing for a new deposit."""
        if not self.initiative.submitted_at:
            return {}
        decision = asked_of([self.initiative.pk]).get(self.initiative.pk)
        return dict(decision.questions) if decision else {}

    def holds(self, step: Step) -> set[str]:
        """The blocks that the step carries for this axis."""
        dated = self.initiative.axis.occurrences != OccurrencePolicy.NONE
        return {name for name in step.holds if dated or name != "occurrences"}

    @property
    def is_review(self) -> bool:
        return self.step == self.steps[-1]

    def step_questions(self) -> list[Question]:
        visible = visible_questions(
            self.questions, self.draft.values, self.facts, previous=self.previous
        )
        return of_step(visible, self.step.key)

    def frozen(self, question: Question) -> bool:
        return self.previous is not None and is_frozen(question, self.facts.day)

    def question_errors(self, *, final: bool) -> dict[str, str]:
        return check_answers(
            self.questions, self.draft.values, self.facts,
            final=final, previous=self.previous, step=self.step.key,
        ).errors  # fmt: skip

    @property
    def dated(self) -> bool:
        """Whether the axis asks for a date at least."""
        return self.initiative.axis.occurrences == OccurrencePolicy.REQUIRED

    def occurrences(self) -> CheckedBlocks:
        return check_occurrences(
            self.draft.occurrences,
            required=self.dated,
            communes=dict(self.communes),
        )

    def carriers(self) -> CheckedBlocks:
        return check_carriers(self.draft.carriers)

    def neighbour(self, by: int) -> Step | None:
        at = self.steps.index(self.step) + by
        return self.steps[at] if 0 <= at < len(self.steps) else None

    def address(self, step: Step | str | None = None) -> str:
        key = step.key if isinstance(step, Step) else step or self.step.key
        return reverse("carriers:step", args=[self.initiative.public_id, key])

    def links(self) -> list[StepLink]:
        at = self.steps.index(self.step)
        return [
            StepLink(
                step.key,
                pick(step.title, self.language),
                n + 1,
                "current" if n == at else "done" if n < at else "",
            )
            for n, step in enumerate(self.steps)
        ]

    def context(self) -> dict[str, Any]:
        """What every page of the form shows around its subject."""
        return {
            "draft": self.draft,
            "initiative": self.initiative,
            "axis": self.initiative.axis,
            "step": self.step,
            "links": self.links(),
            "standing": self.standing,
            "saved": saved_line(self.draft, self.call, now=self.now, language=self.language),
            "resume_link": resume_link(self.request, self.draft),
            "asked": self.asked,
        }


def saved_line(draft: Draft, call: Call, *, now: datetime, language: str) -> str:
    """Never "saved" alone: a draft kept is not an initiative sent."""
    local, today = (dates.in_zone(each, call.time_zone) for each in (draft.saved_at, now))
    if not draft.saves:
        return _("Brouillon ouvert, pas encore envoyé")
    hour = dates.hour(local, language)
    if local.date() == today.date():
        return _("Brouillon enregistré à %(hour)s, pas encore envoyé") % {"hour": hour}
    day = dates.long_date(local.date(), language, weekday=True)
    return _("Brouillon enregistré le %(day)s à %(hour)s, pas encore envoyé") % {
        "day": day,
        "hour": hour,
    }


def resume_link(request: HttpRequest, draft: Draft) -> str:
    """The secret link in full, for the browser that holds the secret; nothing for others."""
    secret = holding.secret_of(request, draft)
    if not secret:
        return ""
    return request.build_absolute_uri(reverse("carriers:resume", args=[secret]))


def summary(
    errors: Mapping[str, str], anchors: Mapping[str, str], labels: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The list at the top of a page: each error's place, what it is about and what it says."""
    return [
        (
            anchors.get(name, f"id_{name}"),
            f"{labels[name]} – {message}" if name in labels else message,
        )
        for name, message in errors.items()
    ]
