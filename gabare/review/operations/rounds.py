"""The verbs of a round. Its edition, which crosses rooms, is `journeys/publish_edition.py`."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gabare.calls.models import PlannedRound
from gabare.calls.queries import compass_in_force, planned_round_for
from gabare.calls.queries import reasons as call_reasons
from gabare.calls.rules import day_of
from gabare.foundation.operations import record
from gabare.initiatives.models import Initiative, Version
from gabare.people.models import Person
from gabare.review import queries, rules
from gabare.review.enums import ReviewTrace, RoundState
from gabare.review.lifecycle import NoRoundLeft, RoundRefused
from gabare.review.models import Decision, Dossier, Round
from gabare.review.recusals import is_recused
from gabare.review.validators import Allowed, DecisionProblem, DecisionWords, check_decision


class AlreadyDecided(Exception):
    """Someone decided, or decided again, since this page was shown. `decision` is theirs."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(f"{decision} by {decision.decided_by}")
        self.decision = decision


@transaction.atomic
def enter_dossier(*, initiative: Initiative, version: Version, now: datetime) -> Dossier:
    """Put a version in the queue of the round that it came in time for.

    A version that comes after a cut-off enters the next round, even while the former one waits
    for its edition; after the last cut-off, it joins the last round that has no edition: someone
    must read it. The same version enters once. A correction takes the place of the version that
    is still to be read, and keeps its rank. Raises `NoRoundLeft`, and `RoundRefused` when the
    answer to the former version is already prepared.
    """
    known = Dossier.objects.filter(version=version).order_by("entered_at", "pk").last()
    if known is not None:
        return known
    unread = Dossier.objects.filter(initiative=initiative, round__state=RoundState.OPEN).first()
    if unread is not None:
        return _correct(unread, version)
    round_ = _begun(_planned_for(initiative, now), now)
    if not rules.is_open(lock_round(round_.pk)):  # published while we were choosing
        return enter_dossier(initiative=initiative, version=version, now=now)
    return Dossier.objects.create(
        round=round_, initiative=initiative, version=version, entered_at=now
    )


@transaction.atomic
def decide(  # noqa: PLR0913 - a decision is made of that many words
    *,
    dossier_id: int,
    person: Person,
    outcome: str,
    now: datetime,
    reasons: Sequence[str] = (),
    message: str = "",
    questions: Mapping[str, str] | None = None,
    due_on: date | None = None,
    criteria: Sequence[str] = (),
    scope: str = "",
    seen: datetime | None = None,
) -> Decision:
    """Write what the edition will apply. Nothing leaves before it is published.

    `seen` is when the decision that the person had before their eyes was made, `None` if there
    was none: another one raises `AlreadyDecided`, and deciding over it takes a second look.
    Raises `DecisionProblem` (by field), `RoundRefused` (published, withdrawn, recused).
    """
    dossier = open_dossier(dossier_id)
    refuse_recused(person, dossier)
    words = DecisionWords(outcome, reasons, message, questions or {}, due_on, criteria, scope)
    words = words.kept()
    errors = check_decision(words, _allowed(dossier), day_of(dossier.round.planned.call, now))
    if errors:
        raise DecisionProblem(errors)
    known = Decision.objects.filter(dossier=dossier).select_related("decided_by").first()
    if known is not None and known.decided_at != seen:
        raise AlreadyDecided(known)
    decision = known or Decision(dossier=dossier)
    for name, value in vars(words).items():
        setattr(decision, name, list(value) if isinstance(value, tuple) else value)
    decision.decided_by, decision.decided_at = person, now
    decision.save()
    record_about(
        verb=ReviewTrace.DECIDED, dossier=dossier, person=person, now=now,
        outcome=decision.outcome,
    )  # fmt: skip
    return decision


@transaction.atomic
def undo_decision(*, dossier_id: int, person: Person, now: datetime) -> Dossier:
    """Take back a decision that no edition has applied. Raises `RoundRefused`."""
    dossier = open_dossier(dossier_id)
    refuse_recused(person, dossier)
    take_back(dossier=dossier, person=person, now=now)
    return dossier


@transaction.atomic
def roll_over(*, round_: Round, now: datetime) -> list[Dossier]:
    """Move what is not decided to the next round. Raises `NoRoundLeft` when there is none."""
    undecided = list(queries.undecided(round_).order_by("entered_at", "pk"))
    if not undecided:
        return []
    planned = queries.following_round(round_)
    if planned is None:
        raise NoRoundLeft(
            _("Il reste des dossiers à décider, et aucune relève ne suit celle-ci : décidez-les.")
        )
    following = _begun(planned, now)
    Dossier.objects.filter(pk__in=[dossier.pk for dossier in undecided]).update(round=following)
    return undecided


@transaction.atomic
def defer_dossier(*, dossier: Dossier, now: datetime) -> Dossier:
    """Have the next round read the same version; its rank is that of who waited longest.

    Raises `NoRoundLeft`.
    """
    planned = queries.following_round(dossier.round)
    if planned is None:
        raise NoRoundLeft(
            _("Aucune relève ne suit celle-ci\u00a0: un dossier ne peut être reporté.")
        )
    following, _added = Dossier.objects.get_or_create(
        round=_begun(planned, now),
        version=dossier.version,
        defaults={"initiative": dossier.initiative, "entered_at": dossier.entered_at},
    )
    return following


@transaction.atomic
def close_round(*, round_: Round, now: datetime) -> Round:
    """The last step of an edition: nothing enters, is decided or undone in it any more."""
    round_.state, round_.published_at = RoundState.PUBLISHED, now
    round_.save(update_fields=["state", "published_at"])
    return round_


def lock_round(round_id: int) -> Round:
    """The row that deciding and publishing both wait for. Inside a transaction only."""
    Round.objects.select_for_update().get(pk=round_id)
    return queries.round_by_id(round_id)


def take_back(*, dossier: Dossier, person: Person, now: datetime) -> None:
    """Under the round's lock: a decision that waited does no more, and the trace has both lines."""
    undone = Decision.objects.filter(dossier=dossier, applied_at__isnull=True).first()
    if undone is not None:
        undone.delete()
        record_about(
            verb=ReviewTrace.UNDONE, dossier=dossier, person=person, now=now,
            outcome=undone.outcome,
        )  # fmt: skip


def record_about(
    *, verb: ReviewTrace, dossier: Dossier, person: Person, now: datetime, **detail: object
) -> None:
    """A decision made, then undone, leaves two lines: which one, never its words."""
    planned = dossier.round.planned
    record(
        actor=person, verb=verb, about=f"initiative:{dossier.initiative.public_id}",
        owner=f"call:{planned.call.key}", detail={"round": planned.key, **detail}, now=now,
    )  # fmt: skip


def _correct(dossier: Dossier, version: Version) -> Dossier:
    lock_round(dossier.round_id)
    if Decision.objects.filter(dossier=dossier).exists():
        raise RoundRefused(
            _("L’équipe a déjà préparé sa réponse\u00a0: écrivez-lui pour corriger.")
        )
    dossier.version = version
    dossier.save(update_fields=["version"])
    return dossier


def _begun(planned: PlannedRound, now: datetime) -> Round:
    round_, _new = Round.objects.get_or_create(planned=planned, defaults={"opened_at": now})
    return round_


def _planned_for(initiative: Initiative, now: datetime) -> PlannedRound:
    call, day = initiative.call, day_of(initiative.call, now)
    left = list(queries.planned_rounds_left(call))
    if not left:
        raise NoRoundLeft(_("Toutes les relèves de l’appel sont publiées."))
    due = planned_round_for(call, initiative.wave, day)
    return due if due in left else _still_collecting(left, day)


def _still_collecting(left: list[PlannedRound], day: date) -> PlannedRound:
    coming = [planned for planned in left if planned.closes_on >= day]
    return coming[0] if coming else left[-1]


def open_dossier(dossier_id: int) -> Dossier:
    """The dossier under its round's lock, so that no decision slips past an edition."""
    round_ = lock_round(Dossier.objects.values_list("round_id", flat=True).get(pk=dossier_id))
    dossier = Dossier.objects.select_related(
        "round__planned__call", "initiative", "version__revision"
    ).get(pk=dossier_id)
    if dossier.round != round_:  # an edition moved it on while we waited
        return open_dossier(dossier_id)
    if not rules.is_open(dossier.round):
        raise RoundRefused(_("Cette relève est publiée : ses décisions ne changent plus."))
    if not rules.awaits_decision(dossier):
        raise RoundRefused(_("Le porteur a retiré cette initiative : il n’y a plus à décider."))
    return dossier


def refuse_recused(person: Person, dossier: Dossier) -> None:
    if is_recused(person, dossier.initiative):
        raise RoundRefused(
            _("Une récusation, ou un lien avec un porteur, vous écarte de ce dossier.")
        )


def _allowed(dossier: Dossier) -> Allowed:
    call = dossier.round.planned.call
    return Allowed(
        reasons={reason.key for reason in call_reasons(call)},
        criteria={criterion.key for criterion in compass_in_force(call).criteria.all()},
        questions={*dossier.version.revision.questions.values_list("key", flat=True)}
        | {"occurrences", "carriers"},
        deferral=queries.following_round(dossier.round) is not None,
    )
