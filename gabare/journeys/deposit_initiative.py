"""From a draft that anyone may write to an initiative that the team reads.

Everything is checked here, on the server, whatever the pages let through.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gabare.calls import queries as calls
from gabare.calls.enums import OccurrencePolicy
from gabare.calls.models import Call, Wave
from gabare.calls.rules import day_of, end_of_day
from gabare.foundation.localised import pick
from gabare.initiatives.display import carrier_lines, occurrence_lines
from gabare.initiatives.enums import Role, State
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Draft, Initiative, Version
from gabare.initiatives.operations import lock_draft, move_initiative, submit_version
from gabare.initiatives.queries import latest_version
from gabare.initiatives.rules import (
    deposit_is_possible,
    falls_in,
    is_live,
    last_day,
    may_send,
    sending_move,
)
from gabare.initiatives.validators import Block, check_carriers, check_occurrences
from gabare.people.models import Person
from gabare.questionnaires.display import shown_answers
from gabare.questionnaires.enums import Visibility
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.models import Question
from gabare.questionnaires.queries import questions_of, stored_files
from gabare.questionnaires.validators import check_answers
from gabare.review.operations import enter_dossier
from gabare.ui import dates


class Incomplete(Exception):
    """Something is missing or wrong; nothing was sent. `errors`: field name → sentence."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = dict(errors)


@dataclass(frozen=True)
class Review:
    """A draft read as a whole. `wrong` and `missing`: field name → sentence."""

    values: dict[str, Any]
    occurrences: list[Block]
    carriers: list[Block]
    wrong: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    @property
    def errors(self) -> dict[str, str]:
        return {**self.wrong, **self.missing}


@dataclass(frozen=True)
class Standing:
    """Where a draft stands before the dates of the call, in a sentence."""

    possible: bool
    sentence: str
    until: datetime | None = None
    wave: Wave | None = None


@transaction.atomic
def send_draft(*, draft_id: int, person: Person, now: datetime) -> Version:
    """Send a draft: version, state, dates, carriers, dossier and letters stand or fall together.

    The draft's row is locked first, so of two sendings at once the second finds it sent and
    returns the version of the first. Raises `Incomplete`, and `lifecycle.Refused` where the
    person may not send, the deadline is past or the initiative was withdrawn.
    """
    draft = lock_draft(draft_id)
    initiative = draft.initiative
    if not is_live(draft):
        return _already_sent(initiative)
    if not may_send(person, initiative):
        raise Refused(_("Seule la personne qui a ouvert ce dépôt peut l’envoyer."))
    standing = standing_of(initiative, now=now, language=person.language)
    move = sending_move(initiative)
    if not standing.possible or move is None:
        raise Refused(standing.sentence)
    questions = questions_of(draft.revision)
    review = check_draft(draft, questions=questions, now=now, language=person.language)
    if review.errors:
        raise Incomplete(review.errors)
    version = submit_version(
        draft_id=draft.pk, person=person, values=review.values,
        occurrences=review.occurrences, carriers=review.carriers, now=now,
    )  # fmt: skip
    initiative = move_initiative(
        initiative_id=initiative.pk, move=move, role=Role.CARRIER, actor=person, now=now,
        letter_values=acknowledgment(version, questions, now=now, language=person.language),
    )  # fmt: skip
    enter_dossier(initiative=initiative, version=version, now=now)
    return version


def _already_sent(initiative: Initiative) -> Version:
    version = latest_version(initiative)
    if version is None or initiative.state == State.WITHDRAWN:
        raise Refused(_("Cette initiative a été retirée : elle ne peut plus être envoyée."))
    return version


def check_draft(draft: Draft, *, questions: list[Question], now: datetime, language: str) -> Review:
    """Every answer and block of the draft, checked as for sending."""
    initiative = draft.initiative
    facts = facts_of(initiative, now=now, language=language)
    previous = previous_values(initiative)
    typed = check_answers(questions, draft.values, facts, final=False, previous=previous)
    final = check_answers(questions, draft.values, facts, final=True, previous=previous)
    policy = initiative.axis.occurrences
    communes = {choice.value: pick(choice.label, language) for choice in facts.choices["communes"]}
    occurrences = check_occurrences(
        [] if policy == OccurrencePolicy.NONE else draft.occurrences,
        required=policy == OccurrencePolicy.REQUIRED,
        communes=communes,
    )
    carriers = check_carriers(draft.carriers)
    return Review(
        values=final.values,
        occurrences=occurrences.values,
        carriers=carriers.values,
        wrong={**typed.errors, **occurrences.errors, **carriers.errors},
        missing={
            **{key: text for key, text in final.errors.items() if key not in typed.errors},
            **occurrences.missing,
            **carriers.missing,
        },
    )


def previous_values(initiative: Initiative) -> dict[str, Any] | None:
    """What the last version says, for questions frozen since; `None` before the first sending."""
    version = latest_version(initiative) if initiative.submitted_at else None
    return None if version is None else version.values


def facts_of(initiative: Initiative, *, now: datetime, language: str) -> Facts:
    call = initiative.call
    return Facts(
        axis=initiative.axis.key,
        role=Role.CARRIER.value,
        day=day_of(call, now),
        language=language,
        choices=calls.choices(call, language),
        files=stored_files(owner_of_files(initiative), address=file_address),
    )


def owner_of_files(initiative: Initiative) -> str:
    return f"initiative:{initiative.public_id}"


def file_address(public_id: str) -> str:
    return reverse("carriers:attachment", args=[public_id])


def standing_of(initiative: Initiative, *, now: datetime, language: str) -> Standing:
    """What the call's dates still allow, said in full: weekday, hour, time left, what to do."""
    call, day = initiative.call, day_of(initiative.call, now)
    open_wave = calls.open_wave(call, day)
    possible = deposit_is_possible(initiative, open_wave, day)
    new = initiative.state == State.DRAFT
    wave = open_wave if new else initiative.wave
    with translation.override(language):
        if possible and wave is not None:
            until = end_of_day(last_day(initiative, wave), call.time_zone)
            said = _("Vous pouvez envoyer jusqu’au %(moment)s (%(left)s).") % {
                "moment": dates.long_moment(until, zone=call.time_zone, language=language),
                "left": dates.remaining(until, now, language),
            }
            return Standing(possible=True, sentence=said, until=until, wave=wave)
        late = _too_late(call, day, language) if new else _over(call)
        return Standing(possible=False, sentence=late)


def _too_late(call: Call, day: date, language: str) -> str:
    coming = calls.next_wave(call, day)
    if coming is None:
        return _(
            "Les dépôts sont fermés. Votre brouillon est gardé. Vous pouvez écrire à %(email)s."
        ) % {"email": call.email}
    return _(
        "Les dépôts sont fermés aujourd’hui. Votre brouillon est gardé : vous pourrez l’envoyer "
        "à partir du %(day)s (%(wave)s)."
    ) % {
        "day": dates.long_date(coming.opens_on, language, weekday=True),
        "wave": pick(coming.title, language),
    }


def _over(call: Call) -> str:
    return _(
        "Le délai pour compléter ou corriger est passé. Ce que vous avez écrit est gardé ; "
        "vous pouvez écrire à %(email)s."
    ) % {"email": call.email}


def in_period(wave: Wave | None, blocks: list[Block]) -> bool | None:
    """Whether a date falls in the wave's period; nothing to say without dates. Never a refusal."""
    return falls_in(wave, blocks) if wave is not None and blocks else None


def acknowledgment(
    version: Version, questions: list[Question], *, now: datetime, language: str
) -> dict[str, object]:
    """What the acknowledgment says of this sending (CRPA R112-11-1), the whole record with it."""
    initiative = version.initiative
    zone = initiative.call.time_zone
    return {
        "received_on": dates.long_moment(now, zone=zone, language=language),
        "record": record_lines(version, questions, now=now, language=language),
        "next_steps": next_steps(initiative, now=now, language=language),
    }


def record_lines(
    version: Version, questions: list[Question], *, now: datetime, language: str
) -> list[str]:
    """Every answer as sent, a line each, team-only and personal ones too: it is the sender's."""
    initiative = version.initiative
    facts = facts_of(initiative, now=now, language=language)
    shown = shown_answers(questions, version.values, facts, visibilities=set(Visibility))
    zone = initiative.call.time_zone
    with translation.override(language):
        answers = [f"- {each.label} : {each.text}" for each in shown]
        when = occurrence_lines(version.occurrences, zone=zone, language=language)
        who = carrier_lines(version.carriers, language=language)
        return [
            *answers,
            *(_("- Date : %(line)s") % {"line": line} for line in when),
            *(_("- Porteur : %(line)s") % {"line": line} for line in who),
        ]


def next_steps(initiative: Initiative, *, now: datetime, language: str) -> str:
    """When it is read and when that is published."""
    coming = calls.planned_round_for(initiative.call, initiative.wave, day_of(initiative.call, now))
    with translation.override(language):
        if coming is None:
            return _("L’équipe la lit et vous répond par courriel.")
        return _(
            "La relève ferme le %(closes)s. L’équipe lit alors les dépôts et vous répond par "
            "courriel ; l’édition paraît le %(edition)s."
        ) % {
            "closes": dates.long_date(coming.closes_on, language, weekday=True),
            "edition": dates.long_date(coming.edition_on, language, weekday=True),
        }
