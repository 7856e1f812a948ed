from datetime import datetime

from django.db.models import Q, QuerySet

from gabare.mail.enums import LetterState
from gabare.mail.models import Letter, LetterText


class NoLetterText(LookupError):
    """Nobody wrote the words of this letter."""


def letter_text(owner: str, key: str, language: str) -> LetterText:
    """The words in `language`, else in its base language, else as they were first written."""
    texts = list(LetterText.objects.filter(owner=owner, key=key).order_by("id"))
    if not texts:
        raise NoLetterText(f"no text for the letter {owner}/{key}")
    by_language = {text.language: text for text in texts}
    base = language.split("-", maxsplit=1)[0]
    return by_language.get(language) or by_language.get(base) or texts[0]


def letters_due(now: datetime) -> QuerySet[Letter]:
    """What is to be sent and is not: never tried, or whose next try is past. Oldest first."""
    due = Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    return Letter.objects.filter(due, state=LetterState.WAITING).order_by("created_at", "id")


def earlier_letter(about: str, recipient: str) -> Letter | None:
    """The first letter of a thread: what was first written to this person about this thing."""
    if not about:
        return None
    thread = Letter.objects.filter(about=about, recipient__iexact=recipient)
    return thread.order_by("created_at", "id").first()
