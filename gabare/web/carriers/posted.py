"""A step of the form as it was posted: nothing judged, nothing dropped."""

from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gabare.initiatives.validators import Block
from gabare.journeys.deposit_initiative import owner_of_files
from gabare.questionnaires.models import Question
from gabare.questionnaires.operations import Kept, keep_uploads
from gabare.questionnaires.reading import read_answers
from gabare.web.carriers.blocks import after_button, pressed, read_carriers, read_occurrences
from gabare.web.carriers.pages import DepositPage


@dataclass
class Posted:
    """What the page sent. `None` for a block that the page did not carry."""

    questions: list[Question]
    answers: dict[str, Any]
    occurrences: list[Block] | None = None
    carriers: list[Block] | None = None
    seen_saves: int = -1
    file_errors: dict[str, str] = field(default_factory=dict)

    def leave_out(self, names: set[str]) -> None:
        """Keep what is stored for these: the person chose the other version."""
        self.answers = {key: value for key, value in self.answers.items() if key not in names}
        self.occurrences = None if "occurrences" in names else self.occurrences
        self.carriers = None if "carriers" in names else self.carriers


def read_step(page: DepositPage) -> Posted:
    """Reads the questions that the page says it showed: an unticked box is then an answer."""
    data = page.request.POST
    shown = set(data.get("shown", "").split())
    asked = [
        question
        for question in page.questions
        if question.step == page.step.key and question.key in shown and not page.frozen(question)
    ]
    raw = read_answers(asked, data, page.request.FILES)
    kept = _keep_files(page, asked, raw) if page.request.FILES else Kept(raw, {})
    posted = Posted(asked, kept.raw, seen_saves=_seen(data), file_errors=kept.errors)
    blocks = page.holds(page.step)
    if "occurrences" in blocks and "occurrence-1-start" in data:
        posted.occurrences = after_button(read_occurrences(data), data, "occurrence")
    if "carriers" in blocks and "carrier-1-name" in data:
        posted.carriers = after_button(read_carriers(data), data, "carrier")
    if data.get("resolve"):
        posted.leave_out(
            {name.removeprefix("choose-") for name, choice in data.items()
             if name.startswith("choose-") and choice == "kept"}
        )  # fmt: skip
    return posted


def _keep_files(page: DepositPage, asked: list[Question], raw: dict[str, Any]) -> Kept:
    """Before the draft is saved, and apart from it: a refused save must not lose a file."""
    return keep_uploads(
        questions=asked, raw=raw, owner=owner_of_files(page.initiative), now=page.now
    )


def repeated(page: DepositPage, posted: Posted) -> MultiValueDict[str, str]:
    """The fields to post again once a conflict is settled, uploads already stored as ids."""
    again = QueryDict(mutable=True)
    dropped = ("csrfmiddlewaretoken", "seen_saves", "resolve", "go")
    for name, values in page.request.POST.lists():
        if name not in dropped and not name.startswith(("choose-", "add-", "remove-")):
            again.setlist(name, values)
    for question in posted.questions:
        if question.kind == "file":
            again.setlist(question.key, posted.answers.get(question.key, []))
            again.pop(f"{question.key}--remove", None)
    return again


def block_button(data: QueryDict) -> str:
    """The block whose add or remove button was pressed, or nothing."""
    return next((name for name in ("occurrence", "carrier") if pressed(data, name)), "")


def _seen(data: QueryDict) -> int:
    text = data.get("seen_saves", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
