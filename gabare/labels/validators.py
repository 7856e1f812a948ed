"""The form of a label's number (`2024-017`), and of the words that a change of it is told in."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from gabare.labels.enums import LabelReason
from gabare.labels.lifecycle import MOVES
from gabare.mail.rendering import plain

NUMBER = re.compile(r"20\d\d-\d{3,6}")
LONGEST = 600  # signs, of what the public reads and of the private note


class ChangeProblem(Exception):
    """What is wrong with the words of a change; nothing was written. Field → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def number_of(year: int, rank: int) -> str:
    return f"{year}-{rank:03d}"


def check_words(move: str, reason: str, public_reason: str, note: str) -> tuple[str, str, str]:
    """The words as they are kept. Raises `ChangeProblem`."""
    step, errors = MOVES[move], {}
    public_reason, note = plain(public_reason), plain(note)
    if reason and reason not in step.reasons:
        errors["reason"] = _("Ce motif ne va pas avec ce que vous faites. Choisissez-en un autre.")
    elif step.says_why and not reason and not public_reason:
        errors["reason"] = _("Choisissez un motif, ou écrivez-le\u00a0: il sera public.")
    for name, words in (("public_reason", public_reason), ("note", note)):
        if len(words) > LONGEST:
            errors[name] = _("Ce texte a %(length)s signes\u202f; %(most)s au plus.") % {
                "length": len(words), "most": LONGEST,
            }  # fmt: skip
    if errors:
        raise ChangeProblem(errors)
    return LabelReason(reason).value if reason else "", public_reason, note
