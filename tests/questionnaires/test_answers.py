"""Required, required from a day on, frozen, visible to whom: enforced on the server."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from gabare.questionnaires import display, rendering, rules
from gabare.questionnaires.templatetags.questionnaires import field
from gabare.questionnaires.validators import check_answers
from tests.questionnaires.given import DAY, facts, question

BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_required_from_its_day_on():
    asked = question("short_text", required_from=DAY)
    assert not rules.is_required(asked, BEFORE)
    assert rules.is_required(asked, DAY)
    assert rules.is_required(asked, AFTER)
    assert not rules.is_required(question("short_text"), AFTER)
    for day, errors in ((BEFORE, set()), (DAY, {"short_text"})):
        checked = check_answers([asked], {}, facts(day=day), final=True)
        assert set(checked.errors) == errors


def test_the_form_says_what_is_optional_today():
    asked = question("short_text", required_from=DAY)
    (before,) = rendering.fields([asked], {}, {}, facts(day=BEFORE))
    (after,) = rendering.fields([asked], {}, {}, facts(day=DAY))
    assert "(facultatif)" in field(before)
    assert "(facultatif)" not in field(after)


def test_a_frozen_question_keeps_the_answer_that_was_sent():
    asked = question("short_text", frozen_from=DAY)
    sent, typed = {"short_text": "as sent"}, {"short_text": "changed too late"}
    for day, kept in ((BEFORE, typed), (DAY, sent), (AFTER, sent)):
        now = facts(day=day)
        assert check_answers([asked], typed, now, final=True, previous=sent).values == kept


def test_a_frozen_question_without_an_answer_stays_empty_and_is_no_error():
    asked = question("short_text", frozen_from=DAY, required=True)
    checked = check_answers([asked], {"short_text": "x"}, facts(), final=True, previous={})
    assert checked.values == {}
    assert checked.errors == {}


def test_freezing_does_not_stop_somebody_who_never_sent_anything():
    asked = question("short_text", frozen_from=BEFORE, required=True)
    typed = {"short_text": "new"}
    assert check_answers([asked], typed, facts(), final=True).values == typed
    assert set(check_answers([asked], {}, facts(), final=True).errors) == {"short_text"}


def test_a_frozen_question_is_shown_and_cannot_be_answered():
    asked = question("short_text", frozen_from=date(2024, 5, 1))
    sent = {"short_text": "as <sent>"}
    (each,) = rendering.fields([asked], {"short_text": "typed"}, {}, facts(), previous=sent)
    html = field(each)
    assert "as &lt;sent&gt;" in html
    assert "<input" not in html
    assert "1er\u00a0mai\u00a02024" in html
    assert f'id="{each.id}"' in html


def test_a_frozen_answer_decides_what_follows():
    questions = [
        question("yes_no", "paid", frozen_from=DAY),
        question("short_text", "price", condition={"question": "paid", "op": "=", "value": True}),
    ]
    raw = {"paid": False, "price": "3 €"}
    values = check_answers(questions, raw, facts(), final=True, previous={"paid": True}).values
    assert values == {"paid": True, "price": "3 €"}


def test_errors_of_one_step_only_but_the_answers_of_all():
    questions = [
        question("date", "day", step="one"),
        question("link", "page", step="two"),
        question("short_text", "title", step="two"),
    ]
    raw = {"day": "bientôt", "page": "pas une adresse", "title": "Un titre"}
    checked = check_answers(questions, raw, facts(), final=False, step="two")
    assert set(checked.errors) == {"page"}
    assert checked.values == {"title": "Un titre"}
    fields = rendering.fields(questions, raw, checked.errors, facts(), step="two")
    assert [each.key for each in fields] == ["page", "title"]
    assert [each.key for each in rules.of_step(questions, "two")] == ["page", "title"]


def test_a_missing_explanation_is_an_error_only_when_sending():
    asked = question("criteria")
    raw = {"criteria": {"safety": ""}}
    assert check_answers([asked], raw, facts(), final=False).errors == {}
    checked = check_answers([asked], raw, facts(), final=True)
    assert "1. Sûreté" in checked.errors["criteria"]


@pytest.mark.parametrize(
    ("visibilities", "keys"),
    [
        (["public"], ["open"]),
        (["public", "team"], ["open", "inner"]),
        (["public", "team", "personal"], ["open", "inner", "mine"]),
        ([], []),
    ],
)
def test_a_reader_sees_only_what_is_for_them(visibilities, keys):
    questions = [
        question("short_text", "open"),
        question("short_text", "inner", visibility="team"),
        question("phone", "mine", visibility="personal"),
        question("short_text", "silent"),
    ]
    values = {"open": "a", "inner": "b", "mine": "02 40 00 00 00"}
    shown = display.shown_answers(questions, values, facts(), visibilities=visibilities)
    assert [each.key for each in shown] == keys


@pytest.mark.parametrize(
    ("visibility", "said"), [("team", "jamais publiée"), ("personal", "Donnée personnelle")]
)
def test_the_form_says_who_reads_the_answer(visibility, said):
    (each,) = rendering.fields([question("phone", visibility=visibility)], {}, {}, facts())
    html = field(each)
    assert said in html
    assert 'aria-describedby="id_phone-hint id_phone-readers"' in html
    (public,) = rendering.fields([question("phone")], {}, {}, facts())
    assert "publiée" not in field(public)


def test_labels_follow_the_language_with_french_spacing():
    asked = replace(question("yes_no"), label={"fr": "Quand ?", "en": "When?"})
    (french,) = rendering.fields([asked], {}, {}, facts())
    (english,) = rendering.fields([asked], {}, {}, facts(language="en"))
    assert french.label == "Quand\u202f?"
    assert english.label == "When?"
