from datetime import timedelta

import pytest

from gabare.calls.queries import open_wave
from gabare.initiatives.enums import State
from gabare.initiatives.lifecycle import Refused
from gabare.initiatives.models import Initiative, StateChange, Version
from gabare.initiatives.operations import claim_draft, move_initiative, reopen_draft, save_draft
from gabare.journeys.deposit_initiative import (
    Incomplete,
    check_draft,
    in_period,
    next_steps,
    send_draft,
    standing_of,
)
from gabare.mail.models import Letter, LetterText
from gabare.mail.queries import NoLetterText
from gabare.questionnaires.queries import questions_of
from gabare.review.models import Dossier
from tests.factories import PersonFactory
from tests.initiatives.given import (
    CARRIER,
    DATE,
    IN_JUNE,
    IN_MARCH,
    LAST_MINUTE,
    TOO_LATE,
    a_draft,
    the_call,
)

pytestmark = pytest.mark.django_db


def send(draft, *, person=None, now=IN_JUNE):
    return send_draft(draft_id=draft.pk, person=person or PersonFactory(), now=now)


def errors_of(draft, now=IN_JUNE):
    with pytest.raises(Incomplete) as incomplete:
        send(draft, now=now)
    assert not Version.objects.exists()
    return incomplete.value.errors


def review(draft, now=IN_JUNE):
    questions = questions_of(draft.revision)
    return check_draft(draft, questions=questions, now=now, language="fr")


def test_sending_makes_a_version_a_dossier_and_an_acknowledgment():
    person = PersonFactory(name="Camille Exemple")
    version = send(a_draft(the_call())[0], person=person)
    initiative = version.initiative
    initiative.refresh_from_db()
    assert initiative.state == State.SUBMITTED
    assert Dossier.objects.get().version == version
    assert Dossier.objects.get().round.planned.key == "2024-06"
    letter = Letter.objects.get()
    assert letter.recipient == person.email
    for said in (
        initiative.public_id, "lundi 3 juin 2024 à 10 h", "Camille Exemple",
        "2 cours du Champ-de-Mars", "ndia@nantesmetropole.fr", "Numérique Responsable",
        "R112-11-1", "Une soirée pour parler d’IA sans jargon.", "contact@example.org",
        "mercredi 26 juin 2024", CARRIER["name"], "dimanche 30 juin 2024",
    ):  # fmt: skip
        assert said in letter.text.replace("\u00a0", " ")


def test_sent_twice_it_is_one_initiative_one_version_one_letter():
    draft, _ = a_draft(the_call())
    person = PersonFactory()
    assert send(draft, person=person) == send(draft, person=person, now=IN_JUNE + timedelta(1))
    assert Version.objects.count() == Letter.objects.count() == Dossier.objects.count() == 1
    assert StateChange.objects.count() == 1


def test_everything_missing_or_wrong_is_told_at_once():
    draft, _ = a_draft(
        the_call(), title="  ", link="pas un lien", access="", criteria={"inconnu": "?"},
        occurrences=[{"start": "31/02/2024"}], carriers=[{"name": "X", "website": "y"}],
    )  # fmt: skip
    found = review(draft)
    assert set(found.wrong) == {
        "link", "criteria", "occurrence-1-start", "carrier-1-website",
    }  # fmt: skip
    assert set(found.missing) == {"title", "access", "carrier-1-kind"}
    assert errors_of(draft) == found.errors


def test_an_axis_that_wants_dates_refuses_none_and_another_does_without():
    call = the_call()
    assert "occurrence-1-start" in errors_of(a_draft(call, occurrences=[])[0])
    policies = dict(call.axes.values_list("key", "occurrences"))
    assert policies["evenements"] == "required"
    undated = next(key for key, policy in policies.items() if policy != "required")
    draft, _ = a_draft(call, axis=undated, occurrences=[])
    assert "occurrence-1-start" not in review(draft).errors


def test_answers_to_hidden_questions_are_dropped_on_the_server():
    call = the_call()
    details = {"resources_sought_details": "un amphithéâtre"}
    hidden, _ = a_draft(call, axis="education", resources_sought=False, **details)
    asked, _ = a_draft(call, axis="education", resources_sought=True, **details)
    assert "resources_sought_details" not in review(hidden).values
    assert review(asked).values["resources_sought_details"] == "un amphithéâtre"


def test_a_date_outside_the_period_is_a_fact_and_not_a_refusal():
    call = the_call()
    draft, _ = a_draft(call, occurrences=[{**DATE, "start": "2025-09-19", "end": ""}])
    wave = open_wave(call, IN_JUNE.date())
    found = review(draft)
    assert in_period(wave, found.occurrences) is False
    assert in_period(wave, review(a_draft(call)[0]).occurrences) is True
    assert in_period(wave, []) is None
    assert send(draft).occurrences[0]["start"] == "2025-09-19"


def test_the_last_day_is_whole_in_the_time_zone_of_the_call():
    call = the_call()
    late, _ = a_draft(call)
    assert send(a_draft(call)[0], now=LAST_MINUTE).number == 1
    with pytest.raises(Refused, match="à partir du mardi\u00a01er\u00a0octobre\u00a02024"):
        send(late, now=TOO_LATE)
    late.refresh_from_db()
    assert late.values["title"]
    assert late.sent_at is None


def test_before_the_opening_nothing_is_sent():
    draft, _ = a_draft(the_call(), now=IN_MARCH)
    with pytest.raises(Refused, match="lundi\u00a01er\u00a0avril\u00a02024"):
        send(draft, now=IN_MARCH)


def test_standing_says_weekday_hour_and_time_left():
    draft, _ = a_draft(the_call())
    standing = standing_of(draft.initiative, now=IN_JUNE, language="fr")
    assert standing.possible
    said = standing.sentence.replace("\u00a0", " ")
    assert "samedi 31 août 2024 à 23 h 59 (il reste 89 jours)" in said


def sent_back(call, person):
    version = send(a_draft(call)[0], person=person)
    Dossier.objects.all().delete()
    Initiative.objects.update(state=State.TO_COMPLETE)
    return version


def test_what_was_sent_back_is_completed_until_its_own_last_day():
    call, person = the_call(), PersonFactory()
    version = sent_back(call, person)
    draft, _ = reopen_draft(initiative_id=version.initiative_id, now=TOO_LATE)
    again = send(draft, person=person, now=TOO_LATE)
    assert (again.number, again.initiative.wave) == (2, version.initiative.wave)
    assert Letter.objects.filter(key="acknowledgment").count() == 2


def test_a_complement_too_late_is_kept_and_told():
    call, person = the_call(), PersonFactory()
    version = sent_back(call, person)
    too_late = TOO_LATE + timedelta(days=15, seconds=1)
    draft, _ = reopen_draft(initiative_id=version.initiative_id, now=too_late)
    with pytest.raises(Refused, match="Ce que vous avez écrit est gardé"):
        send(draft, person=person, now=too_late)


def test_a_carrier_corrects_unasked_while_nothing_is_decided():
    call, person = the_call(), PersonFactory()
    version = send(a_draft(call)[0], person=person)
    draft, _ = reopen_draft(initiative_id=version.initiative_id, now=IN_JUNE)
    save_draft(
        draft_id=draft.pk, answers={"title": "Corrigé"}, occurrences=None, carriers=None,
        seen_saves=draft.saves, now=IN_JUNE,
    )  # fmt: skip
    again = send(draft, person=person)
    assert again.number == 2
    assert again.initiative.state == State.SUBMITTED
    assert Dossier.objects.get().version == again
    assert list(StateChange.objects.values_list("move", flat=True)) == ["submit", "correct"]


def test_only_the_owner_sends():
    draft, _ = a_draft(the_call())
    owner, helper = PersonFactory(), PersonFactory()
    claim_draft(draft_id=draft.pk, person=owner)
    claim_draft(draft_id=draft.pk, person=helper)
    with pytest.raises(Refused, match="Seule la personne"):
        send(draft, person=helper)
    assert send(draft, person=owner).sent_by == owner


def test_what_was_withdrawn_is_not_sent():
    draft, _ = a_draft(the_call())
    person = PersonFactory()
    claim_draft(draft_id=draft.pk, person=person)
    move_initiative(
        initiative_id=draft.initiative_id, move="withdraw", role="carrier", actor=person,
        now=IN_JUNE,
    )  # fmt: skip
    with pytest.raises(Refused, match="retirée"):
        send(draft, person=person)


def test_a_letter_that_cannot_be_written_leaves_the_draft_as_it_was():
    draft, _ = a_draft(the_call())
    LetterText.objects.filter(key="acknowledgment").delete()
    with pytest.raises(NoLetterText):
        send(draft)
    draft.refresh_from_db()
    assert draft.sent_at is None
    assert draft.initiative.state == State.DRAFT
    assert not Version.objects.exists()
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "{title} {0}", "Кафе 数学 العربية 👩‍🔬", "a\x00b", "’\u202f«"],
)
def test_any_text_is_kept_as_text(text):
    version = send(a_draft(the_call(), title=f"Titre {text}", summary=text + " fin")[0])
    kept = text.replace("\x00", "")
    assert version.values["summary"] == f"{kept} fin"
    assert kept in Letter.objects.get().text


def test_a_hundred_thousand_characters_are_refused_and_kept():
    draft, _ = a_draft(the_call(), summary="é" * 100_000)
    assert set(errors_of(draft)) == {"summary"}
    draft.refresh_from_db()
    assert len(draft.values["summary"]) == 100_000


def test_next_steps_without_a_round_left_say_so_plainly():
    version = send(a_draft(the_call())[0])
    later = IN_JUNE + timedelta(days=1000)
    assert next_steps(version.initiative, now=later, language="fr") == (
        "L’équipe la lit et vous répond par courriel."
    )
