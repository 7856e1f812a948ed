"""A package comes in: what it changes is shown, what it would lose is refused, then it applies."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gabare.agenda.models import Edition
from gabare.agenda.operations import bump_generation
from gabare.calls.enums import CallTrace
from gabare.calls.models import Call
from gabare.calls.operations import apply_package, show_call
from gabare.calls.packages.comparing import Change, compare
from gabare.calls.packages.database import package_of
from gabare.calls.packages.shapes import Axis, Criterion, Package
from gabare.calls.queries import call_by_key
from gabare.foundation.operations import record
from gabare.initiatives.queries import Uses, uses_of_call_parts
from gabare.people.models import Person
from gabare.questionnaires.kinds import REGISTRY
from gabare.questionnaires.operations import SpecsRefused
from gabare.review.models import Decision, Round


@dataclass(frozen=True)
class Refusal:
    """What the package would lose, and what to do instead."""

    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.message} → {self.remedy}"


@dataclass(frozen=True)
class ImportReport:
    call: Call | None
    changes: list[Change]
    refusals: list[Refusal]
    applied: bool = False


class Lost(Exception):
    """Raised inside the transaction so that nothing of a refused package stays."""

    def __init__(self, refusals: list[Refusal]) -> None:
        super().__init__()
        self.refusals = refusals


def import_call(
    *, package: Package, now: datetime, apply: bool, by: Person | None = None
) -> ImportReport:
    """Say what the package changes; apply it, in one transaction, if asked and nothing is lost.

    Nothing to change writes nothing. A refused package changes nothing.
    """
    call = call_by_key(package.call.key)
    try:
        with transaction.atomic():
            if call is not None:
                Call.objects.select_for_update().get(pk=call.pk)
            before = package_of(call) if call else None
            changes = compare(before, package)
            if call is not None and before is not None and changes:
                refuse(losses(call, before, package))
            if not apply or not changes:
                return ImportReport(call, changes, [])
            applied = apply_package(package=package, now=now)
            bump_generation()
            record(
                actor=by, verb=CallTrace.IMPORTED, about=f"call:{applied.key}",
                owner=f"call:{applied.key}", detail={"changes": len(changes)}, now=now,
            )  # fmt: skip
    except Lost as lost:
        return ImportReport(call, changes, lost.refusals)
    except SpecsRefused as refused:
        return ImportReport(call, changes, [Refusal(p.message, p.remedy) for p in refused.problems])
    except ProtectedError as error:
        held = ", ".join(sorted({str(each) for each in error.protected_objects})[:5])
        kept = Refusal(
            _("Quelque chose tient encore à ce qui serait retiré : %(held)s.") % {"held": held},
            _("le garder dans le dossier"),
        )
        return ImportReport(call, changes, [kept])
    return ImportReport(applied, changes, [], applied=True)


@transaction.atomic
def show_imported_call(
    *, call_id: int, by: Person | None = None, now: datetime | None = None
) -> Call:
    """Make it the call that the site shows, on every page at once."""
    call = show_call(call_id=call_id)
    bump_generation()
    record(
        actor=by, verb=CallTrace.SHOWN, about=f"call:{call.key}", owner=f"call:{call.key}", now=now
    )
    return call


def refuse(found: Iterable[Refusal]) -> None:
    refusals = list(found)
    if refusals:
        raise Lost(refusals)


def losses(call: Call, before: Package, after: Package) -> Iterator[Refusal]:
    """Everything in use that the new package no longer has."""
    uses = uses_of_call_parts(call)
    yield from lost_parts(uses, before, after)
    yield from lost_rounds(call, before, after)
    yield from lost_reasons(call, after)
    kept = {axis.key: axis for axis in after.axes}
    for axis in before.axes:
        if axis.key in kept:
            yield from lost_answers(uses, axis, kept[axis.key])


def lost_parts(uses: Uses, before: Package, after: Package) -> Iterator[Refusal]:
    lists = (
        (_("L’axe"), uses.axes, before.axes, after.axes),
        (_("La vague"), uses.waves, before.calendar.waves, after.calendar.waves),
        (_("Le thème"), uses.themes, before.themes, after.themes),
        (_("Le public"), uses.audiences, before.audiences, after.audiences),
        (_("Le critère"), uses.criteria, in_force(before), in_force(after)),
        (_("La commune"), uses.communes, before.communes, after.communes),
    )
    for name, counts, old, new in lists:
        left = {part.key for part in new}
        for part in old:
            if counts[part.key] and part.key not in left:
                yield lost(f"{name} « {part.key} »", counts[part.key])


def in_force(package: Package) -> tuple[Criterion, ...]:
    return next(c.criteria for c in package.doctrine.compasses if c.in_force)


def lost_rounds(call: Call, before: Package, after: Package) -> Iterator[Refusal]:
    left = {planned.key for wave in after.calendar.waves for planned in wave.rounds}
    begun = Round.objects.filter(planned__call=call).values_list("planned__key", flat=True)
    published = Edition.objects.filter(planned__call=call).values_list("key", flat=True)
    held = {*begun, *published}
    for wave in before.calendar.waves:
        for planned in wave.rounds:
            if planned.key in held and planned.key not in left:
                yield Refusal(
                    _("La relève « %(key)s » a déjà commencé.") % {"key": planned.key},
                    _("la garder dans waves.toml"),
                )


def lost_reasons(call: Call, after: Package) -> Iterator[Refusal]:
    left = {reason.key for reason in after.reasons}
    decisions = Decision.objects.filter(dossier__initiative__call=call)
    given = {key for keys in decisions.values_list("reasons", flat=True) for key in keys}
    for key in sorted(given - left):
        yield Refusal(
            _("La raison « %(key)s » a déjà été donnée à un porteur.") % {"key": key},
            _("la garder dans reasons.toml"),
        )


def lost_answers(uses: Uses, before: Axis, after: Axis) -> Iterator[Refusal]:
    kept = {question.key: question for question in after.questions}
    for question in before.questions:
        count = uses.questions[before.key, question.key]
        if not count:
            continue
        name = _("Dans l’axe « %(axis)s », la question « %(key)s »") % {
            "axis": before.key,
            "key": question.key,
        }
        new = kept.get(question.key)
        if new is None:
            yield lost(name, count)
        elif not same_family(question.kind, new.kind):
            yield Refusal(
                _("%(name)s, déjà répondue, changerait de genre.") % {"name": name},
                _("garder le genre « %(kind)s », ou poser une question d’une autre clé")
                % {"kind": question.kind},
            )
        else:
            left = {choice["value"] for choice in new.options.get("choices", [])}
            for choice in question.options.get("choices", []):
                used = uses.choices[before.key, question.key, choice["value"]]
                if used and choice["value"] not in left:
                    yield lost(f"{name}, le choix « {choice['value']} »", used)


def same_family(before: str, after: str) -> bool:
    """Short and long text may replace one another: no answer is lost."""
    families = [REGISTRY[kind].family for kind in (before, after) if kind in REGISTRY]
    return before == after or (len(families) == 2 and bool(families[0]) and len({*families}) == 1)


def lost(name: str, count: int) -> Refusal:
    message = ngettext(
        "%(name)s sert déjà %(count)s fois.", "%(name)s sert déjà %(count)s fois.", count
    )
    return Refusal(
        message % {"name": name, "count": count},
        _("le garder dans le dossier ; on peut en changer les mots, pas la clé"),
    )
