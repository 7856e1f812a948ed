"""What may be traced: each room names its verbs in its `enums`, and registers them here."""

from typing import TypeVar

from django.db.models import TextChoices
from django.utils.functional import Promise

Verbs = TypeVar("Verbs", bound=type[TextChoices])
WORDS: dict[str, str | Promise] = {}


def traced(verbs: Verbs) -> Verbs:
    """Register the verbs of a room. One word, one meaning: two rooms never share one."""
    for value, words in verbs.choices:
        if value in WORDS:
            raise ValueError(f"two rooms trace « {value} »")
        WORDS[value] = words
    return verbs


def words_for(verb: str) -> str:
    """In words for a person; as it is written where the room that knew it is gone."""
    return str(WORDS.get(verb, verb))
