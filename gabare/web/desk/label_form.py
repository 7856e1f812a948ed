"""The change of a label as typed: read, kept and shown again whatever it says."""

from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from gabare.calls.models import Call
from gabare.labels.display import why
from gabare.labels.enums import LabelReason, LabelState, Mover
from gabare.labels.lifecycle import MOVES, available_moves
from gabare.labels.validators import ChangeProblem, check_words


@dataclass
class ChangeForm:
    move: str = ""
    reason: str = ""
    public_reason: str = ""
    note: str = ""
    seen: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        return {"reason": self.reason, "public_reason": self.public_reason, "note": self.note}

    @property
    def kept(self) -> dict[str, object]:
        """What the button that applies sends again: exactly what was read over."""
        return {"move": self.move, **self.words(), "seen": self.seen}

    @property
    def why(self) -> str:
        return why(self.reason, self.public_reason)

    @property
    def summary(self) -> list[tuple[str, str]]:
        return [(f"id_{name}", message) for name, message in self.errors.items()]

    def check(self, moves: list[str]) -> bool:
        """Whether it says enough to be read over; else `errors` says what is missing."""
        if self.move not in moves:
            self.errors = {"move": _("Choisissez ce que vous faites de ce label.")}
            return False
        try:
            self.reason, self.public_reason, self.note = check_words(self.move, **self.words())
        except ChangeProblem as problem:
            self.errors = problem.errors
        return not self.errors


def typed_in(data: QueryDict) -> ChangeForm:
    seen = data.get("seen", "")
    return ChangeForm(
        move=data.get("move", ""),
        reason=data.get("reason", ""),
        public_reason=data.get("public_reason", ""),
        note=data.get("note", ""),
        seen=int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 19 else -1,
    )


def mover_of(request: HttpRequest, call: Call) -> Mover:
    return Mover.LEAD if request.user.has_perm("desk.publish", call) else Mover.TEAM


def offered(state: LabelState, mover: Mover) -> dict[str, object]:
    """What the form offers from here: each move with the reasons that go with it."""
    moves = [(key, MOVES[key]) for key in available_moves(state, mover)]
    return {
        "moves": [(key, move.verb, _effect(key)) for key, move in moves],
        "reasons": [
            (move.verb, [(reason.value, LabelReason(reason).label) for reason in move.reasons])
            for _key, move in moves
        ],
    }


def _effect(move: str) -> str:
    return {
        "suspend": _("L’initiative reste dans l’agenda, qui le dit. Se lève à tout moment."),
        "lift": _("Le label vaut de nouveau."),
        "end": _("L’initiative reste dans l’agenda. Le label ne reprendra pas."),
        "revoke": _(
            "Définitif. L’initiative sort de l’agenda\u202f; la page du label dit pourquoi."
        ),
    }[move]
