"""What a questionnaire is told from outside, so that it needs to know no call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

Localised = Mapping[str, str]


@dataclass(frozen=True)
class Choice:
    """One thing to choose. `number` and `colour` are a criterion's; `colour` is `#rrggbb`."""

    value: str
    label: Localised
    hint: Localised = field(default_factory=dict)
    number: str = ""
    colour: str = ""


@dataclass(frozen=True)
class StoredFile:
    """A file already received. `url` is where its reader may download it, if anywhere."""

    public_id: str
    name: str
    size: int
    media_type: str
    url: str = ""


@dataclass(frozen=True)
class Facts:
    """Who answers, about what, on which day, in which language, among which choices.

    `files` are the files of the *same* owner (`queries.stored_files`): an answer that names any
    other file is refused, so that nobody attaches someone else's file by its id.
    """

    axis: str
    role: str
    day: date
    language: str
    choices: Mapping[str, Sequence[Choice]] = field(default_factory=dict)
    files: Mapping[str, StoredFile] = field(default_factory=dict)
