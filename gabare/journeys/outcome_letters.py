"""The letters that an edition sends: what they say, and how they will look before they leave."""

from collections.abc import Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from gabare.calls.models import Call
from gabare.calls.queries import kept, reasons
from gabare.foundation.localised import pick
from gabare.initiatives.letters import full_address, initiative_values
from gabare.initiatives.lifecycle import MOVES
from gabare.mail import placeholders, rendering
from gabare.mail.queries import letter_text
from gabare.people.models import Person
from gabare.review.enums import Outcome
from gabare.review.lifecycle import MOVES as OUTCOME_MOVES
from gabare.review.models import Decision
from gabare.review.queries import following_round
from gabare.ui import dates

UNTOLD = "AAAA-NNN"  # a number that this reader must not know before the edition


def letter_values(decision: Decision, *, label_number: str, language: str) -> dict[str, object]:
    """What the letter of this decision may say beyond the facts of the initiative."""
    planned = decision.dossier.round.planned
    values: dict[str, object] = {
        "message": decision.message,
        "edition": dates.of_month(planned.closes_on, language),
    }
    if decision.outcome == Outcome.LABEL:
        number = label_number or UNTOLD
        values["label_number"] = number
        values["label_link"] = full_address("visitors:label", number, language=language)
        values["scope"] = decision.scope
    elif decision.outcome == Outcome.COMPLETE and decision.due_on:
        values["questions"] = asked(decision, language)
        values["due_on"] = dates.long_date(decision.due_on, language, weekday=True)
    elif decision.outcome == Outcome.DEFER:
        following = following_round(decision.dossier.round)
        values["next_edition"] = dates.of_month(following.closes_on, language) if following else ""
    else:
        values["reasons"] = stated_reasons(decision, language)
    return values


def asked(decision: Decision, language: str) -> list[str]:
    """One line a question: its label, then what the team asks."""
    labels = {
        q.key: pick(q.label, language) for q in decision.dossier.version.revision.questions.all()
    }
    with translation.override(language):
        labels |= {"occurrences": _("Dates et lieux"), "carriers": _("Porteurs")}
        return [
            _("- %(label)s\u00a0: %(asked)s") % {"label": labels.get(key, key), "asked": text}
            for key, text in decision.questions.items()
        ]


def stated_reasons(decision: Decision, language: str) -> list[str]:
    call = decision.dossier.initiative.call
    labels: Mapping[str, str] = kept(
        call, f"reasons-{language}", lambda: {r.key: pick(r.label, language) for r in reasons(call)}
    )
    return [f"- {labels.get(key, key)}" for key in decision.reasons]


def letter_as_it_will_leave(
    decision: Decision, *, person: Person, label_number: str
) -> rendering.Rendered:
    """The same words, by the same renderer, as the edition will put in the outbox."""
    initiative = decision.dossier.initiative
    call: Call = initiative.call
    key = MOVES[OUTCOME_MOVES[Outcome(decision.outcome)]].letter
    text = kept(
        call, f"letter-{key}-{person.language}", lambda: letter_text(call.key, key, person.language)
    )
    return rendering.render(
        subject=text.subject,
        body=text.body,
        placeholders=placeholders.promised(key),
        values=initiative_values(initiative, person)
        | letter_values(decision, label_number=label_number, language=person.language),
        language=text.language,
    )
