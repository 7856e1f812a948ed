"""What a decision must say before it may wait for its edition."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gabare.review.enums import Eligibility, Light, Outcome


@dataclass(frozen=True)
class DecisionWords:
    """A decision as typed. Only what its outcome asks for is kept."""

    outcome: str
    reasons: Sequence[str] = ()
    message: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    due_on: date | None = None
    criteria: Sequence[str] = ()
    scope: str = ""

    def kept(self) -> "DecisionWords":
        """Without what belongs to another outcome, so that no stray word reaches the letter."""
        asked = {key: text.strip() for key, text in self.questions.items() if text.strip()}
        message = self.message.strip()
        if self.outcome == Outcome.LABEL:
            return DecisionWords(
                self.outcome, message=message, criteria=tuple(self.criteria),
                scope=self.scope.strip(),
            )  # fmt: skip
        if self.outcome == Outcome.COMPLETE:
            return DecisionWords(self.outcome, message=message, questions=asked, due_on=self.due_on)
        if self.outcome == Outcome.DEFER:
            return DecisionWords(self.outcome, message=message)
        return DecisionWords(self.outcome, message=message, reasons=tuple(self.reasons))


@dataclass(frozen=True)
class Allowed:
    """What a decision may name: the call's reasons and criteria, the dossier's questions; and
    whether a round is left to defer to."""

    reasons: Collection[str]
    criteria: Collection[str]
    questions: Collection[str]
    deferral: bool = True


class Problem(Exception):
    """Words that say too little. `errors`: field → a sentence for the person who wrote them."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("\u202f; ".join(errors.values()))


class DecisionProblem(Problem):
    """About a decision."""


class AdviceProblem(Problem):
    """About an advice."""


class RecusalProblem(Problem):
    """About a recusal."""


def check_decision(words: DecisionWords, allowed: Allowed, today: date) -> dict[str, str]:
    """What is missing or unknown, by field; empty when the decision may stand.

    A carrier reads the decision: a label says what it covers, a request says what and until when,
    a refusal says why (CRPA L211-2 asks for reasons in fact).
    """
    if words.outcome == Outcome.LABEL:
        return _label_errors(words, allowed)
    if words.outcome == Outcome.COMPLETE:
        return _complete_errors(words, allowed, today)
    if words.outcome == Outcome.DEFER:
        return _defer_errors(words, allowed)
    if words.outcome == Outcome.DECLINE:
        return _decline_errors(words, allowed)
    return {"outcome": _("Choisissez une décision.")}


def _label_errors(words: DecisionWords, allowed: Allowed) -> dict[str, str]:
    errors = {}
    if not words.criteria:
        errors["criteria"] = _("Choisissez au moins un critère que le label portera.")
    elif not set(words.criteria) <= set(allowed.criteria):
        errors["criteria"] = _("Un de ces critères n’est pas dans la boussole de l’appel.")
    if not words.scope.strip():
        errors["scope"] = _("Dites en quelques mots ce que le label couvre.")
    return errors


def _complete_errors(words: DecisionWords, allowed: Allowed, today: date) -> dict[str, str]:
    errors = {}
    asked = {key for key, text in words.questions.items() if text.strip()}
    if not asked and not words.message.strip():
        errors["message"] = _("Dites ce qui manque : sous une question, ou dans le message.")
    elif not asked <= set(allowed.questions):
        errors["questions"] = _("Une de ces questions n’est pas dans le dossier.")
    if words.due_on is None:
        errors["due_on"] = _("Donnez la date jusqu’à laquelle le porteur peut répondre.")
    elif words.due_on <= today:
        errors["due_on"] = _(
            "Donnez une date à venir : le porteur doit avoir le temps de répondre."
        )
    return errors


def _defer_errors(words: DecisionWords, allowed: Allowed) -> dict[str, str]:
    if not allowed.deferral:
        return {"outcome": _("Aucune relève ne suit celle-ci\u00a0: décidez maintenant.")}
    if not words.message.strip():
        return {"message": _("Dites au porteur pourquoi son dossier attend un mois de plus.")}
    return {}


def _decline_errors(words: DecisionWords, allowed: Allowed) -> dict[str, str]:
    if not words.reasons and not words.message.strip():
        return {"reasons": _("Choisissez un motif, ou écrivez-le dans le message.")}
    if not set(words.reasons) <= set(allowed.reasons):
        return {"reasons": _("Un de ces motifs n’est pas dans l’appel.")}
    return {}


@dataclass(frozen=True)
class AdviceWords:
    """An advice as typed. `lights`: criterion key → {"light": …, "why": …}."""

    abstains: bool = False
    eligible: str = ""
    recommendation: str = ""
    lights: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    comment: str = ""

    def kept(self) -> "AdviceWords":
        """Who abstains says nothing of the dossier; a criterion without a word is left out."""
        comment = self.comment.strip()
        if self.abstains:
            return AdviceWords(abstains=True, comment=comment)
        lights = {
            key: {"light": said.get("light", ""), "why": said.get("why", "").strip()}
            for key, said in self.lights.items()
            if said.get("light") or said.get("why", "").strip()
        }
        return replace(self, lights=lights, comment=comment)

    @classmethod
    def of(cls, advice: Any) -> "AdviceWords":
        names = ("abstains", "eligible", "recommendation", "lights", "comment")
        return cls(**{name: getattr(advice, name) for name in names})


def check_advice(
    words: AdviceWords, *, claimed: Collection[str], compass: Collection[str]
) -> dict[str, str]:
    """What is missing or unknown, by field; empty when the advice may stand.

    Each criterion that the carrier claims asks for an answer; saying that light is missing asks
    for a reason, which the sitting reads and the carrier may be told.
    """
    if words.abstains:
        return {}
    errors: dict[str, str] = {}
    if words.eligible not in Eligibility.values:
        errors["eligible"] = _("Dites si le dossier est recevable, ou que vous ne savez pas.")
    if words.recommendation not in Outcome.values:
        errors["recommendation"] = _("Choisissez ce que vous recommandez, ou abstenez-vous.")
    for key in [*claimed, *(key for key in words.lights if key not in claimed)]:
        said = words.lights.get(key, {})
        if key not in compass:
            errors[f"light-{key}"] = _("Ce critère n’est pas dans la boussole de l’appel.")
        elif said.get("light") not in Light.values:
            errors[f"light-{key}"] = _("Dites si l’initiative éclaire ce critère.")
        elif said["light"] != Light.YES and not said.get("why"):
            errors[f"light-{key}"] = _("Dites pourquoi, en quelques mots.")
    return errors
