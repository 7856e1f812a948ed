"""What a letter's text may name between braces: `{title}`.

Rooms above register the placeholders of their letters when they start; this room knows none of
them. `trusted` says who wrote the value: we did (an address of this site, a date, a number), or
someone else did (a title, a message). What someone else wrote is shown as text, whatever it holds.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

NAME = re.compile(r"\{([a-z][a-z0-9_]*)\}")
LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]+)\)")


class UnknownPlaceholder(KeyError):
    """A letter names something that nobody promised, or that was not given this time."""

    def __str__(self) -> str:
        return str(self.args[0])


@dataclass(frozen=True)
class Placeholder:
    name: str
    label: str | Promise
    trusted: bool
    sample: str


_registry: dict[str, dict[str, Placeholder]] = {}


def register(letter_key: str, placeholders: Iterable[Placeholder]) -> None:
    """Promise these placeholders to every text of the letter. Registering twice is harmless."""
    known = _registry.setdefault(letter_key, {})
    for placeholder in placeholders:
        previous = known.setdefault(placeholder.name, placeholder)
        if previous.trusted != placeholder.trusted:
            raise ValueError(f"{letter_key}: {{{placeholder.name}}} cannot be both trusted and not")


def promised(letter_key: str) -> dict[str, Placeholder]:
    """The placeholders of a letter, by name, in the order they were registered."""
    return dict(_registry.get(letter_key, {}))


def letter_keys() -> list[str]:
    return sorted(_registry)


def check(letter_key: str, subject: str, body: str) -> list[str]:
    """What is wrong with a letter's words, each a sentence; empty when it can be sent."""
    known = promised(letter_key)
    problems = []
    if not subject.strip():
        problems.append(_("L’objet de la lettre est vide."))
    if "\n" in subject.strip():
        problems.append(_("L’objet de la lettre tient sur une ligne."))
    names = dict.fromkeys(NAME.findall(f"{subject}\n{body}"))
    problems += [_unknown(name, known) for name in names if name not in known]
    problems += [
        problem
        for _label, target in LINK.findall(body)
        if (problem := _wrong_target(target, known))
    ]
    return problems


def _unknown(name: str, known: dict[str, Placeholder]) -> str:
    listed = ", ".join(f"{{{each}}}" for each in known) or "—"
    return _("« {%(name)s} » n’existe pas dans cette lettre. Existent : %(known)s.") % {
        "name": name,
        "known": listed,
    }


def _wrong_target(target: str, known: dict[str, Placeholder]) -> str:
    named = NAME.fullmatch(target)
    if named and named[1] in known and not known[named[1]].trusted:
        return _("« {%(name)s} » vient d’un tiers : ce ne peut pas être l’adresse d’un lien.") % {
            "name": named[1]
        }
    if not named and not target.startswith(("https://", "http://", "mailto:")):
        return _("« %(target)s » n’est pas l’adresse d’un lien.") % {"target": target}
    return ""
