import pytest

from gabare.initiatives.display import carrier_line, occurrence_line
from gabare.initiatives.queries import initiatives_of, public_record, uses_of_call_parts
from gabare.initiatives.records import record_of
from gabare.journeys.deposit_initiative import send_draft
from tests.factories import PersonFactory
from tests.initiatives.given import CARRIER, DATE, IN_JUNE, a_draft, the_call


@pytest.mark.django_db
def test_the_public_record_follows_the_call_and_leaves_the_rest_out():
    call = the_call()
    theme = call.themes.first().key
    draft, _ = a_draft(call, themes=[theme, {"other": "la pêche"}], access="variable")
    record = public_record(send_draft(draft_id=draft.pk, person=PersonFactory(), now=IN_JUNE))
    assert record.title == "Café IA à la médiathèque"
    assert record.free is None
    assert record.themes == [theme, "la pêche"]
    assert set(record.criteria) == {"usager"}
    assert "contact@example.org" not in str(record)
    assert record.carriers[0]["name"] == CARRIER["name"]


@pytest.mark.parametrize(
    ("access", "free"),
    [("gratuit", True), ("payant", False), (True, True), (False, False), ("", None), (None, None)],
)
def test_free_or_paid_is_never_guessed(access, free):
    class Call:
        record = {"access": "access"}

    assert record_of(Call, {"access": access}).free is free


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_initiatives_of_a_person_cost_four_queries(many, django_assert_num_queries):
    call, person = the_call(), PersonFactory()
    for _ in range(many):
        draft, _secret = a_draft(call)
        send_draft(draft_id=draft.pk, person=person, now=IN_JUNE)
    a_draft(call)
    with django_assert_num_queries(4):
        found = initiatives_of(person, call)
        assert [each.draft.sent_at for each in found] == [IN_JUNE] * many
        assert all(each.versions.all() and each.axis.title for each in found)


@pytest.mark.django_db
def test_uses_count_what_drafts_and_versions_hold():
    call = the_call()
    draft, _ = a_draft(call, themes=[{"other": "la pêche"}], approach=["societale"])
    uses = uses_of_call_parts(call)
    assert uses.axes == {"evenements": 1}
    assert not uses.waves
    assert uses.criteria == {"usager": 1}
    assert uses.communes == {"44109": 1}
    assert not uses.themes
    assert uses.choices["evenements", "approach", "societale"] == 1
    assert uses.choices["evenements", "access", "gratuit"] == 1
    assert uses.questions["evenements", "title"] == 1
    assert ("evenements", "duration") not in uses.questions
    send_draft(draft_id=draft.pk, person=PersonFactory(), now=IN_JUNE)
    uses = uses_of_call_parts(call)
    assert uses.waves == {"vague-1": 1}
    assert uses.questions["evenements", "title"] == 2


def test_dates_and_carriers_in_words():
    line = occurrence_line({**DATE, "commune_name": "Nantes"}, zone="Europe/Paris", language="fr")
    assert line.replace("\u00a0", " ") == (
        "mercredi 26 juin 2024, 17 h 30 – 19 h · Médiathèque, Nantes"
    )
    typed = {"start": "31/02/2024", "start_time": "25:00", "mode": "en-ligne"}
    assert occurrence_line(typed, zone="Europe/Paris", language="fr") == (
        "31/02/2024 25:00 · En ligne"
    )
    assert carrier_line({**CARRIER, "role": "partner"}, language="fr") == (
        "Les Ateliers de l’estuaire · partenaire · Association"
    )
