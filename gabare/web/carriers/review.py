"""The last step: everything echoed, what is missing or wrong, who sends; and the public page."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gabare.agenda.presentation import (
    Presented,
    carriers_of_blocks,
    dates_of_blocks,
    present,
    public_answers,
)
from gabare.calls.models import Step
from gabare.foundation.localised import pick
from gabare.initiatives.display import carrier_lines, occurrence_lines
from gabare.initiatives.models import Draft
from gabare.initiatives.records import record_of
from gabare.journeys.deposit_initiative import Review, check_draft, in_period
from gabare.questionnaires.display import Shown, shown_answers
from gabare.questionnaires.enums import Visibility
from gabare.web.carriers.holding import held_draft, person_of
from gabare.web.carriers.pages import DepositPage


@dataclass(frozen=True)
class Section:
    """One step as it reads at review."""

    title: str
    address: str
    answers: list[Shown]
    dates: list[str]
    carriers: list[str]


@dataclass(frozen=True)
class ToDo:
    """One answer to give or to mend, with the way to it."""

    label: str
    message: str
    address: str


def review_of(page: DepositPage) -> Review:
    return check_draft(page.draft, questions=page.questions, now=page.now, language=page.language)


def review_page(page: DepositPage, *, errors: dict[str, str] | None = None,
                status: int = 200) -> HttpResponse:  # fmt: skip
    review = review_of(page)
    person, contact = person_of(page.request), contact_of(page, review)
    context = page.context() | {
        "sections": sections(page, review),
        "wrong": to_do(page, review.wrong),
        "missing": to_do(page, review.missing),
        "facts": facts_to_know(page, review),
        "person": person,
        "name": page.request.POST.get("name", contact.get("short_text", "")),
        "email": page.request.POST.get("email", contact.get("email", "")),
        "form_errors": errors or {},
        "errors": [(f"id_{name}", message) for name, message in (errors or {}).items()],
    }
    return render(page.request, "carriers/review.html", context, status=status)


def contact_of(page: DepositPage, review: Review) -> dict[str, str]:
    """The name and the address just given as a contact, offered again: nobody types them twice."""
    asked = [
        question
        for question in page.questions
        if question.kind == "email" or question.options.get("autocomplete") == "name"
    ]
    return {q.kind: str(review.values[q.key]) for q in reversed(asked) if review.values.get(q.key)}


def sections(page: DepositPage, review: Review) -> list[Section]:
    return [_section(page, review, step) for step in page.steps[:-1]]


def _section(page: DepositPage, review: Review, step: Step) -> Section:
    questions = [q for q in page.questions if q.step == step.key]
    answers = shown_answers(questions, review.values, page.facts, visibilities=set(Visibility))
    holds, zone = page.holds(step), page.call.time_zone
    dates = occurrence_lines(review.occurrences, zone=zone, language=page.language)
    carriers = carrier_lines(review.carriers, language=page.language)
    return Section(
        title=pick(step.title, page.language),
        address=page.address(step),
        answers=answers,
        dates=dates if "occurrences" in holds else [],
        carriers=carriers if "carriers" in holds else [],
    )


def to_do(page: DepositPage, errors: dict[str, str]) -> list[ToDo]:
    """Where to go for each error; the step then shows what is missing too."""
    questions = {question.key: question for question in page.questions}
    found = []
    for name, message in errors.items():
        question = questions.get(name)
        if question is not None:
            label, step = pick(question.label, page.language), question.step
            anchor = f"field-{name}"
        else:
            label, step = _block_name(page, name)
            anchor = f"field-{name}"
        found.append(ToDo(label, message, f"{page.address(step)}?complet=1#{anchor}"))
    return found


def _block_name(page: DepositPage, name: str) -> tuple[str, str]:
    block, number = name.split("-")[:2]
    holder = next((s for s in page.steps if f"{block}s" in page.holds(s)), page.steps[0])
    words = {"occurrence": _("Date %(number)s"), "carrier": _("Porteur %(number)s")}
    return words[block] % {"number": number}, holder.key


def facts_to_know(page: DepositPage, review: Review) -> list[str]:
    """What the team will see and the sender should know. None of it prevents sending."""
    facts = []
    wave = page.standing.wave or page.initiative.wave
    if wave is not None and in_period(wave, review.occurrences) is False:
        facts.append(
            _(
                "Aucune date ne tombe dans la période de la vague « %(wave)s ». "
                "Vous pouvez envoyer quand même : l’équipe en jugera."
            )
            % {"wave": pick(wave.title, page.language)}
        )
    placed = [b for b in review.occurrences if b["commune"] or b["commune_name"]]
    if placed and not any(block["commune"] for block in placed):
        facts.append(
            _(
                "Aucun lieu n’est sur le territoire de l’appel. "
                "Vous pouvez envoyer quand même : l’équipe en jugera."
            )
        )
    return facts


@require_GET
@held_draft
def preview(request: HttpRequest, draft: Draft) -> HttpResponse:
    """The initiative's page as the public would read it: the same partials, the same words."""
    page = DepositPage(request, draft)
    return render(request, "carriers/preview.html", page.context() | {"shown": presented(page)})


def presented(page: DepositPage) -> Presented:
    review, call, axis = review_of(page), page.call, page.initiative.axis
    return present(
        call=call,
        axis=axis,
        record=record_of(call, review.values, review.occurrences, review.carriers),
        answers=public_answers(
            call=call, axis=axis, questions=page.questions, values=review.values,
            language=page.language, day=page.facts.day, files=dict(page.facts.files),
        ),
        dates=dates_of_blocks(review.occurrences, call, page.language),
        carriers=carriers_of_blocks(review.carriers),
        language=page.language,
    )  # fmt: skip
