"""The steps of the form: shown, saved, saved by themselves, and confronted when two tabs differ."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gabare.initiatives.models import Draft
from gabare.initiatives.operations import AlreadySent, StaleDraft, save_draft
from gabare.questionnaires.rendering import fields
from gabare.web.carriers.blocks import carrier_forms, first_field, labels_of, occurrence_forms
from gabare.web.carriers.conflict import differences
from gabare.web.carriers.holding import held_draft
from gabare.web.carriers.pages import DepositPage, saved_line, summary
from gabare.web.carriers.posted import Posted, block_button, read_step, repeated
from gabare.web.carriers.review import review_page


@held_draft
def step(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    page = DepositPage(request, draft, step)
    if page.is_review:
        return review_page(page)
    if request.method != "POST":
        return show_step(page, final="complet" in request.GET)
    posted = read_step(page)
    before = {question.key for question in page.step_questions()}
    try:
        page.draft = _save(page, posted)
    except StaleDraft as stale:
        return show_conflict(page, posted, stale.draft)
    except AlreadySent:
        return redirect(page.address())
    return _after_save(page, posted, before)


def _save(page: DepositPage, posted: Posted) -> Draft:
    return save_draft(
        draft_id=page.draft.pk,
        answers=posted.answers,
        occurrences=posted.occurrences,
        carriers=posted.carriers,
        seen_saves=posted.seen_saves,
        now=page.now,
    )


def _after_save(page: DepositPage, posted: Posted, before: set[str]) -> HttpResponse:
    if posted.file_errors:
        return show_step(page, file_errors=posted.file_errors, status=422)
    block = block_button(page.request.POST)
    if block:
        return redirect(f"{page.address()}#{place_after(block, page)}")
    return redirect(_destination(page, page.request.POST.get("go", ""), before))


def place_after(block: str, page: DepositPage) -> str:
    """A block just added takes the focus by its first field; one removed leads to its section."""
    held = page.draft.occurrences if block == "occurrence" else page.draft.carriers
    added = f"add-{block}" in page.request.POST
    return first_field(block, len(held)) if added and held else f"{block}s"


def _destination(page: DepositPage, go: str, before: set[str]) -> str:
    """Where the button leads: another step, this one again when something is wrong or new."""
    if go in {link.key for link in page.links()}:
        return page.address(go)
    if go == "back":
        return page.address(page.neighbour(-1))
    if go != "next" or _step_errors(page, final=False):
        return page.address()
    opened = [question.key for question in page.step_questions() if question.key not in before]
    if opened:
        return f"{page.address()}?suite=1#field-{opened[0]}"
    return page.address(page.neighbour(1))


def _step_errors(page: DepositPage, *, final: bool) -> dict[str, str]:
    errors = page.question_errors(final=final)
    holds = page.holds(page.step)
    for name, check in (("occurrences", page.occurrences), ("carriers", page.carriers)):
        if name in holds:
            found = check()
            errors |= found.errors | (found.missing if final else {})
    return errors


def show_step(
    page: DepositPage,
    *,
    final: bool = False,
    file_errors: dict[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The step with what was typed; wrong answers say so, missing ones when coming from review."""
    errors = {**_step_errors(page, final=final), **(file_errors or {})}
    shown = fields(
        page.questions, page.draft.values, errors, page.facts,
        step=page.step.key, previous=page.previous,
    )  # fmt: skip
    holds, anchors = page.holds(page.step), {f.key: f.id for f in shown}
    dates = occurrence_forms(page.draft.occurrences, errors, page.communes, required=page.dated)
    carriers = carrier_forms(page.draft.carriers, errors)
    labels = {f.key: f.label for f in shown} | labels_of([*dates, *carriers])
    context = page.context() | {
        "rows": [(field, page.asked.get(field.key, "")) for field in shown],
        "shown": " ".join(field.key for field in shown),
        "with_occurrences": "occurrences" in holds,
        "with_carriers": "carriers" in holds,
        "occurrences": dates if "occurrences" in holds else [],
        "carriers": carriers if "carriers" in holds else [],
        "errors": summary(errors, anchors, labels),
        "opened": "suite" in page.request.GET,
        "counters": any(field.counted for field in shown),
        "first": page.neighbour(-1) is None,
    }
    return render(page.request, "carriers/step.html", context, status=status)


def show_conflict(page: DepositPage, posted: Posted, kept: Draft) -> HttpResponse:
    page.draft = kept
    context = page.context() | {
        "differences": differences(page, posted, kept),
        "again": [(name, value) for name, values in repeated(page, posted).lists()
                  for value in values],
        "address": page.address(),
    }  # fmt: skip
    return render(page.request, "carriers/conflict.html", context, status=409)


@require_POST
@held_draft
def autosave(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    """The same saving, asked by the page itself while one types; files wait for a button."""
    page = DepositPage(request, draft, step)
    try:
        saved = _save(page, read_step(page))
    except (StaleDraft, AlreadySent):
        message = _(
            "Ce brouillon a changé ailleurs, dans un autre onglet par exemple. Continuez : "
            "vous verrez les deux versions et choisirez. Rien n’est perdu."
        )
        return JsonResponse({"message": message}, status=409)
    line = saved_line(saved, page.call, now=page.now, language=page.language)
    return JsonResponse({"message": line, "saves": saved.saves})
