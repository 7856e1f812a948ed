"""The language of conditions: read, checked against the questions, evaluated on the server."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.questionnaires import conditions
from gabare.questionnaires.rules import visible_questions
from gabare.questionnaires.specs import check_specs
from gabare.questionnaires.validators import check_answers
from tests.questionnaires.given import facts, question

ACCESS = {"choices": [{"value": each, "label": {"fr": each}} for each in ("free", "paid")]}


def access(**changes):
    return question("single_choice", "access", options={**ACCESS, "other": True}, **changes)


def asked(condition, *earlier):
    return [*(earlier or [access()]), question("short_text", "then", condition=condition)]


def shows(condition, raw, *earlier, **changes):
    questions = asked(condition, *earlier)
    assert check_specs(questions) == []
    return "then" in [each.key for each in visible_questions(questions, raw, facts(**changes))]


def when(op, value, key="access"):
    return {"question": key, "op": op, "value": value}


@pytest.mark.parametrize(
    ("op", "value", "raw", "expected"),
    [
        ("=", "paid", "paid", True),
        ("=", "paid", "free", False),
        ("!=", "paid", "free", True),
        ("!=", "paid", "paid", False),
        ("!=", "paid", "", False),  # nothing was answered yet
        ("!=", "paid", "gold", False),  # nor is a wrong answer one
        ("in", ["free", "paid"], "paid", True),
        ("in", ["free"], "paid", False),
        ("=", ":other", {"other": "troc"}, True),
        ("=", "free", {"other": "troc"}, False),
    ],
)
def test_a_single_choice(op, value, raw, expected):
    assert shows(when(op, value), {"access": raw}) is expected


@pytest.mark.parametrize(
    ("kind", "op", "value", "raw", "expected"),
    [
        ("yes_no", "=", True, True, True),
        ("yes_no", "=", False, None, False),
        ("yes_no", "=", False, False, True),
        ("whole_number", "<", 10, "9", True),
        ("whole_number", "<", 10, "10", False),
        ("whole_number", ">", 10, "1 000", True),
        ("whole_number", "in", [1, 2], "2", True),
        ("whole_number", "=", 1, "1", True),
        ("date", "<", "2024-09-18", "17/09/2024", True),
        ("date", ">", "2024-09-18", "18 septembre 2024", False),
        ("multiple_choice", "=", "health", ["school", "health"], True),
        ("multiple_choice", "!=", "health", ["school", "health"], False),
        ("multiple_choice", "in", ["health", "school"], [{"other": "x"}], False),
        ("criteria", "=", "law", {"law": ""}, True),
        ("commune", "=", "44109", "Nantes", True),
        ("short_text", "=", "oui", " oui ", True),
    ],
)
def test_every_kind_that_compares(kind, op, value, raw, expected):
    assert shows(when(op, value, "first"), {"first": raw}, question(kind, "first")) is expected


def test_axis_and_role():
    assert shows({"axis": "events"}, {})
    assert not shows({"axis": ["research", "teaching"]}, {})
    assert shows({"axis": ["research", "teaching"], "op": "!="}, {})
    assert shows({"role": "team"}, {}, role="team")
    assert not shows({"role": "team"}, {}, role="carrier")


def test_and_or():
    both = {"all": [{"axis": "events"}, {"any": [when("=", "paid"), {"role": "team"}]}]}
    assert shows(both, {"access": "paid"})
    assert shows(both, {}, role="team")
    assert not shows(both, {"access": "free"})
    assert not shows(both, {"access": "paid"}, axis="research")


def test_an_answer_to_a_hidden_question_is_dropped_and_hides_what_follows():
    questions = [
        access(),
        question("yes_no", "help", condition=when("=", "paid")),
        question("short_text", "who", condition=when("=", True, "help"), required=True),
    ]
    assert check_specs(questions) == []
    raw = {"access": "free", "help": True, "who": "posted all the same"}
    checked = check_answers(questions, raw, facts(), final=True)
    assert checked.values == {"access": "free"}
    assert checked.errors == {}
    raw["access"] = "paid"
    checked = check_answers(questions, {**raw, "who": ""}, facts(), final=True)
    assert checked.values == {"access": "paid", "help": True}
    assert set(checked.errors) == {"who"}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("access", "entre accolades"),
        ({}, "ne compare rien"),
        ({"all": []}, "attend une liste"),
        ({"all": [{"axis": "a"}], "any": []}, "dit autre chose"),
        ({"question": "access", "op": "~", "value": "paid"}, "n’existe pas"),
        ({"question": "access", "op": "="}, "pas de valeur"),
        ({"question": "access", "op": "in", "value": "paid"}, "Seul « in »"),
        ({"question": "access", "op": "=", "value": ["paid"]}, "Seul « in »"),
        ({"axis": []}, "attend un mot"),
        ({"role": "team", "op": "<"}, "attend un mot"),
        ({"question": "access", "op": "=", "value": "paid", "if": 1}, "dit autre chose"),
        (when("=", "paid", "nobody"), "n’existe pas"),
        (when("=", "paid", "then"), "s’attendent l’une l’autre"),
        (when("=", "gold"), "n’a pas de choix"),
        (when("=", True), "ne peut pas être cette valeur"),
        (when("<", "paid"), "ne comparent que"),
    ],
)
def test_a_wrong_condition_gets_a_sentence_and_a_remedy(condition, said):
    (problem,) = check_specs(asked(condition))
    said = said.replace("« ", "«\u202f").replace(" »", "\u202f»")
    assert (problem.question, problem.field) == ("then", "condition")
    assert said in problem.message
    assert problem.remedy


@pytest.mark.parametrize(
    ("kind", "value"),
    [("whole_number", True), ("whole_number", "3"), ("yes_no", "oui"), ("date", "18/09/2024")],
)
def test_a_value_must_be_what_the_question_gives(kind, value):
    (problem,) = check_specs(asked(when("=", value, "first"), question(kind, "first")))
    assert "ne peut pas être" in problem.message


@pytest.mark.parametrize("kind", ["long_text", "file", "place", "explanation", "date_range"])
def test_some_answers_are_not_compared(kind):
    (problem,) = check_specs(asked(when("=", "x", "first"), question(kind, "first")))
    assert "ne se compare pas" in problem.message


def test_a_question_asked_later_is_named():
    questions = [question("short_text", "then", condition=when("=", "paid")), access()]
    (problem,) = check_specs(questions)
    assert "posée plus bas" in problem.message


def test_a_circle_is_named_from_end_to_end():
    questions = [
        question("yes_no", "a", condition=when("=", True, "c")),
        question("yes_no", "b", condition=when("=", True, "a")),
        question("yes_no", "c", condition={"any": [when("=", True, "b"), {"axis": "x"}]}),
    ]
    (problem,) = check_specs(questions)
    assert problem.question == "a"
    assert "a → c → b → a" in problem.message


def test_a_condition_is_not_endless():
    condition = {"axis": "events"}
    for _ in range(20):
        condition = {"all": [condition]}
    (problem,) = check_specs(asked(condition))
    assert "trop profonde" in problem.message


LEAVES = st.one_of(
    st.builds(
        lambda key, op, value: {"question": key, "op": op, "value": value},
        st.sampled_from(["a", "b", "zz"]),
        st.sampled_from(["=", "!=", "<", ">"]),
        st.one_of(st.booleans(), st.integers(-3, 3), st.sampled_from(["x", "y", "2024-01-01"])),
    ),
    st.builds(lambda axis: {"axis": axis}, st.sampled_from(["events", "other"])),
    st.builds(lambda role: {"role": role, "op": "!="}, st.sampled_from(["carrier", "team"])),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["all", "any"]),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)
TERMS = st.dictionaries(
    st.sampled_from(["a", "b"]),
    st.frozensets(st.one_of(st.booleans(), st.integers(-3, 3), st.sampled_from(["x", "y"]))),
)


@given(left=CONDITIONS, right=CONDITIONS, terms=TERMS)
def test_groups_mean_what_they_say(left, right, terms):
    def holds(data):
        return conditions.holds(conditions.parse(data), terms, facts())

    assert holds({"all": [left, right]}) == (holds(left) and holds(right))
    assert holds({"any": [left, right]}) == (holds(left) or holds(right))


@given(terms=TERMS, value=st.one_of(st.booleans(), st.integers(-3, 3), st.just("x")))
def test_different_is_the_contrary_of_equal_once_answered(terms, value):
    def holds(op):
        return conditions.holds(conditions.parse(when(op, value, "a")), terms, facts())

    if terms.get("a"):
        assert holds("!=") is not holds("=")
    else:
        assert not holds("!=")
        assert not holds("=")


@given(
    data=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["all", "any", "question", "op", "value", "axis", "role", "x"]),
                inner,
                max_size=4,
            ),
        ),
    )
)
def test_any_data_is_a_condition_or_gets_a_sentence(data):
    try:
        parsed = conditions.parse(data)
    except conditions.Malformed as malformed:
        message, remedy = malformed.message, malformed.remedy
    else:
        message, remedy = "read", str(conditions.holds(parsed, {}, facts()))
    assert message
    assert remedy
