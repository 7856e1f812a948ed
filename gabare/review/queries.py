"""Questions to the database. `reader` is who asks: what they must not read is in no answer.

`reader=None` is the house itself, which applies every decision: never a person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Exists, Model, OuterRef, Prefetch, Q, QuerySet

from gabare.calls.models import Call, PlannedRound
from gabare.initiatives.enums import State
from gabare.initiatives.models import Carrier, Initiative, Version
from gabare.people.models import Person
from gabare.review.enums import Outcome, RoundState
from gabare.review.models import Advice, Decision, Dossier, Round
from gabare.review.recusals import recused_from

M = TypeVar("M", bound=Model)
WITH_CALL = ("planned__call__team", "planned__call__perimeter", "planned__wave")


@dataclass(frozen=True)
class Tally:
    """Where a round stands, in four figures."""

    to_read: int
    to_advise: int  # among those to read: this reader said nothing of their version yet
    decided: int
    awaiting: int  # initiatives of the call that wait for their carrier
    withdrawn: int


def readable(
    found: QuerySet[M], reader: Person | None, initiative: str = "initiative"
) -> QuerySet[M]:
    """Without what the reader is kept from; `initiative` is the way to it."""
    if reader is None:
        return found
    return found.exclude(**{f"{initiative}__in": recused_from(reader)})


def round_by_id(round_id: int) -> Round:
    """Raises `Round.DoesNotExist`."""
    return Round.objects.select_related(*WITH_CALL).get(pk=round_id)


def rounds_of(call: Call) -> QuerySet[Round]:
    """The rounds that have begun, newest first."""
    return (
        Round.objects.filter(planned__call=call)
        .select_related(*WITH_CALL)
        .order_by("-planned__closes_on")
    )


def unpublished_round(call: Call) -> Round | None:
    """The earliest round that waits for its edition, if one has begun."""
    return rounds_of(call).filter(state=RoundState.OPEN).order_by("planned__closes_on").first()


def planned_rounds_left(call: Call) -> QuerySet[PlannedRound]:
    """Those of the calendar that no edition has closed, in order."""
    published = Round.objects.filter(state=RoundState.PUBLISHED).values("planned_id")
    return (
        PlannedRound.objects.filter(call=call)
        .exclude(pk__in=published)
        .select_related("call", "wave")
        .order_by("closes_on")
    )


def following_round(round_: Round) -> PlannedRound | None:
    """The next one of the calendar, where what is not decided goes on."""
    left = planned_rounds_left(round_.planned.call)
    return left.filter(closes_on__gt=round_.planned.closes_on).first()


def dossiers() -> QuerySet[Dossier]:
    """With all that a line of the queue shows; three queries whatever their number."""
    carriers = Carrier.objects.select_related("organisation")
    return Dossier.objects.select_related(
        "initiative__axis", "initiative__wave", "version", "decision__decided_by"
    ).prefetch_related(Prefetch("initiative__carriers", queryset=carriers))


def queue(round_: Round, *, reader: Person | None) -> QuerySet[Dossier]:
    """The dossiers of a round in order of arrival. Withdrawn initiatives have left it.

    `advised` says whether the reader gave an advice on the version that waits.
    """
    found = dossiers().filter(round=round_).exclude(initiative__state=State.WITHDRAWN)
    return readable(found, reader).annotate(advised=advised_by(reader))


def advised_by(reader: Person | None) -> Exists:
    return Exists(
        Advice.objects.filter(
            reader=reader, round=OuterRef("round"), version=OuterRef("version")
        )
    )  # fmt: skip


def undecided(round_: Round, *, reader: Person | None = None) -> QuerySet[Dossier]:
    return queue(round_, reader=reader).filter(
        decision__isnull=True, initiative__state=State.SUBMITTED
    )


def pending_decisions(round_: Round, *, reader: Person | None = None) -> QuerySet[Decision]:
    """What the edition will apply, in order of arrival of the dossiers."""
    pending = (
        Decision.objects.filter(
            dossier__round=round_,
            applied_at__isnull=True,
            dossier__initiative__state=State.SUBMITTED,
        )
        .select_related(
            "dossier__initiative__axis",
            "dossier__initiative__wave",
            "dossier__version__revision",
            "dossier__round__planned",
            "decided_by",
        )
        .order_by("dossier__entered_at", "dossier_id")
    )
    return readable(pending, reader, "dossier__initiative")


def goes_on(round_: Round) -> bool:
    """Whether something of the round needs another one: undecided, or deferred."""
    deferred = pending_decisions(round_).filter(outcome=Outcome.DEFER)
    return undecided(round_).exists() or deferred.exists()


def hides_some(round_: Round, *, reader: Person) -> bool:
    """Whether a dossier of the round is kept from the reader: a number that depends on all of them
    (the next label's) would then tell what was decided of it."""
    return Dossier.objects.filter(round=round_, initiative__in=recused_from(reader)).exists()


def labels_before(dossier: Dossier) -> int:
    """How many pending labels of its round take their number before this dossier's."""
    earlier = Q(dossier__entered_at__lt=dossier.entered_at) | Q(
        dossier__entered_at=dossier.entered_at, dossier__pk__lt=dossier.pk
    )
    return pending_decisions(dossier.round).filter(earlier, outcome=Outcome.LABEL).count()


def tally(round_: Round, *, reader: Person | None) -> Tally:
    waiting = Q(initiative__state=State.SUBMITTED, decision__isnull=True)
    decided = Q(decision__isnull=False) & ~Q(initiative__state=State.WITHDRAWN)
    found = readable(Dossier.objects.filter(round=round_), reader)
    counts = found.annotate(advised=advised_by(reader)).aggregate(
        to_read=Count("pk", filter=waiting),
        to_advise=Count("pk", filter=waiting & Q(advised=False)),
        decided=Count("pk", filter=decided),
        withdrawn=Count("pk", filter=Q(initiative__state=State.WITHDRAWN)),
    )
    asked = Initiative.objects.filter(call_id=round_.planned.call_id, state=State.TO_COMPLETE)
    return Tally(awaiting=readable(asked, reader, "pk").count(), **counts)


def dossier(dossier_id: int, *, reader: Person | None) -> Dossier | None:
    found = (
        dossiers()
        .select_related(
            "round__planned__call__team",
            "round__planned__call__perimeter",
            "round__planned__wave",
            "initiative__axis",
            "initiative__wave",
            "version__revision",
            "version__sent_by",
            "decision__decided_by",
        )
        .filter(pk=dossier_id)
    )
    return readable(found, reader).first()


def previous_version(version: Version) -> Version | None:
    earlier = Version.objects.filter(initiative=version.initiative_id, number__lt=version.number)
    return earlier.select_related("revision").order_by("-number").first()


def awaiting_carrier(call: Call, *, reader: Person | None) -> QuerySet[Decision]:
    """What was asked of the carriers and not answered yet, the soonest due date first."""
    asked = (
        Decision.objects.filter(
            outcome=Outcome.COMPLETE,
            applied_at__isnull=False,
            dossier__initiative__call=call,
            dossier__initiative__state=State.TO_COMPLETE,
        )
        .select_related("dossier__initiative__axis")
        .order_by("due_on", "pk")
    )
    return readable(asked, reader, "dossier__initiative")


def asked_of(initiative_ids: Iterable[int]) -> dict[int, Decision]:
    """Initiative id → the last decision that an edition applied to it: why, what is asked."""
    applied = Decision.objects.filter(
        dossier__initiative_id__in=list(initiative_ids), applied_at__isnull=False
    ).select_related("dossier")
    return {d.dossier.initiative_id: d for d in applied.order_by("applied_at", "pk")}
