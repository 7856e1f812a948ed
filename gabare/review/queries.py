from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from gabare.calls.models import Call, PlannedRound
from gabare.initiatives.enums import State
from gabare.initiatives.models import Carrier, Initiative, Version
from gabare.review.enums import Outcome, RoundState
from gabare.review.models import Decision, Dossier, Round

WITH_CALL = ("planned__call__team", "planned__call__perimeter", "planned__wave")


@dataclass(frozen=True)
class Tally:
    """Where a round stands, in four figures."""

    to_read: int
    decided: int
    awaiting: int  # initiatives of the call that wait for their carrier
    withdrawn: int


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


def dossiers() -> QuerySet[Dossier]:
    """With all that a line of the queue shows; three queries whatever their number."""
    carriers = Carrier.objects.select_related("organisation")
    return Dossier.objects.select_related(
        "initiative__axis", "initiative__wave", "version", "decision__decided_by"
    ).prefetch_related(Prefetch("initiative__carriers", queryset=carriers))


def queue(round_: Round) -> QuerySet[Dossier]:
    """The dossiers of a round in order of arrival. Withdrawn initiatives have left it."""
    return dossiers().filter(round=round_).exclude(initiative__state=State.WITHDRAWN)


def undecided(round_: Round) -> QuerySet[Dossier]:
    return queue(round_).filter(decision__isnull=True, initiative__state=State.SUBMITTED)


def pending_decisions(round_: Round) -> QuerySet[Decision]:
    """What the edition will apply, in order of arrival of the dossiers."""
    return (
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


def labels_before(dossier: Dossier) -> int:
    """How many pending labels of its round take their number before this dossier's."""
    earlier = Q(dossier__entered_at__lt=dossier.entered_at) | Q(
        dossier__entered_at=dossier.entered_at, dossier__pk__lt=dossier.pk
    )
    return pending_decisions(dossier.round).filter(earlier, outcome=Outcome.LABEL).count()


def tally(round_: Round) -> Tally:
    waiting = Q(initiative__state=State.SUBMITTED, decision__isnull=True)
    decided = Q(decision__isnull=False) & ~Q(initiative__state=State.WITHDRAWN)
    counts = Dossier.objects.filter(round=round_).aggregate(
        to_read=Count("pk", filter=waiting),
        decided=Count("pk", filter=decided),
        withdrawn=Count("pk", filter=Q(initiative__state=State.WITHDRAWN)),
    )
    awaiting = Initiative.objects.filter(
        call_id=round_.planned.call_id, state=State.TO_COMPLETE
    ).count()
    return Tally(awaiting=awaiting, **counts)


def dossier(dossier_id: int) -> Dossier | None:
    return (
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
        .first()
    )


def previous_version(version: Version) -> Version | None:
    earlier = Version.objects.filter(initiative=version.initiative_id, number__lt=version.number)
    return earlier.select_related("revision").order_by("-number").first()


def awaiting_carrier(call: Call) -> QuerySet[Decision]:
    """What was asked of the carriers and not answered yet, the soonest due date first."""
    return (
        Decision.objects.filter(
            outcome=Outcome.COMPLETE,
            applied_at__isnull=False,
            dossier__initiative__call=call,
            dossier__initiative__state=State.TO_COMPLETE,
        )
        .select_related("dossier__initiative__axis")
        .order_by("due_on", "pk")
    )


def asked_of(initiative_ids: Iterable[int]) -> dict[int, Decision]:
    """Initiative id → the last decision that an edition applied to it: why, what is asked."""
    applied = Decision.objects.filter(
        dossier__initiative_id__in=list(initiative_ids), applied_at__isnull=False
    ).select_related("dossier")
    return {d.dossier.initiative_id: d for d in applied.order_by("applied_at", "pk")}
