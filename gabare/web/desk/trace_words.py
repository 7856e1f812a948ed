"""A line of the trace in plain words: who, what, about what, with links to what is still there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.calls.models import Call
from gabare.foundation.models import TraceLine
from gabare.foundation.traced import words_for
from gabare.initiatives.enums import State
from gabare.initiatives.lifecycle import NAMES
from gabare.people.enums import TeamRole
from gabare.people.models import Person
from gabare.review.enums import Outcome
from gabare.review.models import Dossier

DETAILS = {
    "round": gettext_lazy("relève"),
    "outcome": gettext_lazy("décision"),
    "state": gettext_lazy("état"),
    "role": gettext_lazy("rôle"),
    "letter": gettext_lazy("lettre"),
    "key": gettext_lazy("modèle"),
    "changes": gettext_lazy("changements"),
    "initiative": gettext_lazy("initiative"),
    "lines": gettext_lazy("lignes"),
    "before": gettext_lazy("avant le"),
    "label": gettext_lazy("labels"),
    "complete": gettext_lazy("compléments demandés"),
    "defer": gettext_lazy("reportées"),
    "decline": gettext_lazy("non retenues"),
    "abstains": gettext_lazy("abstention"),
    "person": gettext_lazy("personne"),
    "move": gettext_lazy("changement"),
    "made_at": gettext_lazy("faite le"),
    "replaced_last": gettext_lazy("dernière ligne remplacée"),
    "replaced_digest": gettext_lazy("dernière empreinte remplacée"),
}
VALUES = {
    "outcome": dict(Outcome.choices),
    "role": dict(TeamRole.choices),
    "state": {state.value: NAMES[state].team for state in State},
}
KINDS = {
    "round": gettext_lazy("Relève %(name)s"),
    "label": gettext_lazy("Label n° %(name)s"),
    "call": gettext_lazy("Appel %(name)s"),
    "initiative": gettext_lazy("Initiative n° %(name)s"),
    "trace": gettext_lazy("Trace"),
}


@dataclass(frozen=True)
class Told:
    line: TraceLine
    who: str
    what: str
    about: str
    link: str  # "" where there is nothing to open
    details: list[tuple[str, str]]


def told(lines: Iterable[TraceLine], call: Call) -> list[Told]:
    lines = list(lines)
    named = {name for line in lines for name in (line.about, line.actor)}
    known = {**_initiatives(named, call), **_people(named)}
    return [_tell(line, known) for line in lines]


def _tell(line: TraceLine, known: Mapping[str, tuple[str, str]]) -> Told:
    about, link = known.get(line.about) or _by_its_name(line.about)
    who = line.label or known.get(line.actor, ("", ""))[0] or _nameless(line)
    return Told(line, who, words_for(line.verb), about, link, _details(line))


def _nameless(line: TraceLine) -> str:
    if line.is_purged:
        return _("effacé")
    return _("une personne oubliée") if line.actor else _("une commande ou une tâche")


def _initiatives(named: Iterable[str], call: Call) -> dict[str, tuple[str, str]]:
    """Titles as they are now, and the latest dossier of each."""
    wanted = [about.partition(":")[2] for about in named if about.startswith("initiative:")]
    rows = (
        Dossier.objects.filter(initiative__public_id__in=wanted, initiative__call=call)
        .values_list("initiative__public_id", "initiative__title")
        .annotate(latest=Max("pk"))
        .order_by()
    )
    return {
        f"initiative:{public_id}": (title or public_id, reverse("desk:dossier", args=[latest]))
        for public_id, title, latest in rows
    }


def _people(named: Iterable[str]) -> dict[str, tuple[str, str]]:
    wanted = [about.partition(":")[2] for about in named if about.startswith("person:")]
    return {f"person:{each.pk}": (str(each), "") for each in Person.objects.filter(pk__in=wanted)}


def _by_its_name(about: str) -> tuple[str, str]:
    kind, _colon, name = about.partition(":")
    if kind not in KINDS:
        return about, ""
    link = reverse("visitors:label", args=[name]) if kind == "label" else ""
    return str(KINDS[kind]) % {"name": name.rpartition("/")[2]}, link


def _details(line: TraceLine) -> list[tuple[str, str]]:
    if line.is_purged:
        return [("", _("effacé après un an"))]
    return [
        (str(DETAILS.get(key, key)), str(VALUES.get(key, {}).get(value, value)))
        for key, value in line.detail.items()
    ]
