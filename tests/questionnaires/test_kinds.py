"""What every kind promises, held for all of them at once."""

import json

import html5lib
import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

from gabare.questionnaires import display, export, reading, rendering, texts
from gabare.questionnaires.answers import Refused
from gabare.questionnaires.facts import StoredFile
from gabare.questionnaires.kinds import REGISTRY
from gabare.questionnaires.templatetags.questionnaires import field
from gabare.questionnaires.validators import check_answers
from tests.questionnaires.given import (
    FILE,
    VALUES,
    facts,
    one_of_each,
    question,
)

KINDS = sorted(REGISTRY)
ANSWERED = sorted(VALUES)

# Plain words first: half of the texts should mean something to some kind.
PLAUSIBLE = st.sampled_from(
    [
        "18/09/2024", "1er juin 2024", "June 3, 2024", "2024-09-18", "12 000", "-3", "oui", "no",
        "exemple.fr", "HTTP://Exemple.fr/a?b=c#d", "javascript:alert(1)", "a.b@Exemple.FR",
        "02 40 00 00 00", "0033 6 12 34 56 78", "+32 2 555 12 12", ":other", "Rezé", "44109",
        "saint herblain", "safety", "Biometrie", "health", "free", FILE.public_id, "W442001234",
        "356 000 000 00048", "<script>alert(1)</script>", "مرحبا 👩‍👩‍👧‍👦", "a\x00b\u202ec", " \n ",
    ]
)  # fmt: skip
TEXT = st.one_of(PLAUSIBLE, st.text(max_size=60), st.text(max_size=10).map(lambda t: t * 50))
PARTS = st.sampled_from(
    ["other", "choice", "chosen", "how", "start", "end", "name", "address", "commune", "kind",
     "website", "register_number", "safety", "law", "free"]
)  # fmt: skip
SUFFIXES = st.sampled_from(
    ["", "--other", "--start", "--end", "--name", "--commune", "--commune--other", "--safety",
     "--law", "--unknown", "--remove", "--kind"]
)  # fmt: skip
RAW = st.recursive(
    st.one_of(TEXT, st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(PARTS, inner, max_size=4)),
    max_leaves=8,
)


def assert_is_a_sentence(message):
    assert message.strip()
    assert "%(" not in message


@pytest.mark.parametrize("kind", ANSWERED)
@settings(max_examples=120, deadline=None)
@given(raw=RAW)
def test_clean_is_idempotent_and_raises_nothing_but_a_refusal(kind, raw):
    asked = question(kind)
    try:
        value = REGISTRY[kind].clean(asked, raw, facts())
    except Refused as refusal:
        assert_is_a_sentence(refusal.message)
        return
    assert REGISTRY[kind].clean(asked, value, facts()) == value
    assert json.loads(json.dumps(value)) == value


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(raw=RAW)
def test_anything_typed_is_checked_and_shown_again_without_raising(kind, raw):
    asked = question(kind)
    for final in (True, False):
        checked = check_answers([asked], {kind: raw}, facts(), final=final)
        assert set(checked.errors) <= {kind}
    for each in rendering.fields([asked], {kind: raw}, checked.errors, facts()):
        html = field(each)
    assert "<script>" not in html
    shown = display.shown_answers([asked], checked.values, facts(), visibilities=["public"])
    assert all("<script>" not in each.html for each in shown)
    assert len(export.cells(asked, checked.values.get(kind))) == len(export.columns(asked))


@pytest.mark.parametrize("kind", ANSWERED)
def test_canonical_values_are_accepted_as_raw_ones(kind):
    assert REGISTRY[kind].clean(question(kind), VALUES[kind], facts()) == VALUES[kind]


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=60, deadline=None)
@given(
    posted=st.dictionaries(
        SUFFIXES,
        st.lists(TEXT, max_size=3),
        max_size=5,
    )
)
def test_reading_a_post_never_raises_and_gives_json(kind, posted):
    data = QueryDict(mutable=True)
    for suffix, values in posted.items():
        data.setlist(f"p-{kind}{suffix}", values)
    raw = reading.read_answers([question(kind)], data, MultiValueDict(), prefix="p-")
    assert json.loads(json.dumps(raw)) == raw
    assert "\\u0000" not in json.dumps(raw)  # PostgreSQL refuses it
    REGISTRY[kind].is_empty(raw.get(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_form_is_empty_and_no_error(kind):
    asked = question(kind)
    raw = reading.read_answers([asked], QueryDict(), MultiValueDict())
    assert REGISTRY[kind].is_empty(raw.get(kind))
    checked = check_answers([asked], raw, facts(), final=True)
    assert checked.values == {}
    assert checked.errors == {}


@pytest.mark.parametrize("kind", ANSWERED)
def test_a_required_question_left_empty_is_an_error_only_when_sending(kind):
    asked = question(kind, required=True)
    raw = reading.read_answers([asked], QueryDict(), MultiValueDict())
    assert set(check_answers([asked], raw, facts(), final=True).errors) == {kind}
    assert check_answers([asked], raw, facts(), final=False).errors == {}


@pytest.mark.parametrize("kind", ANSWERED)
def test_what_was_sent_is_shown_and_exported(kind):
    asked = question(kind)
    (shown,) = display.shown_answers([asked], VALUES, facts(), visibilities=["public"])
    assert shown.text
    assert shown.html
    assert any(export.cells(asked, VALUES[kind]))


MARKUP = "<img src=x onerror=alert(1)>\"'&"
HOSTILE = {
    "short_text": MARKUP,
    "long_text": MARKUP,
    "single_choice": {"other": MARKUP},
    "multiple_choice": [{"other": MARKUP}],
    "commune": {"other": MARKUP},
    "place": {"name": MARKUP, "address": MARKUP, "commune": {"other": MARKUP}},
    "organisation": {"name": MARKUP, "kind": "", "website": "", "register_number": ""},
    "criteria": {"safety": MARKUP},
    "file": ["evil"],
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_markup_is_shown_as_text(kind):
    asked = question(kind)
    evil = facts(files={"evil": StoredFile("evil", MARKUP, 1, "text/plain", '"><script>')})
    checked = check_answers([asked], HOSTILE, evil, final=True)
    assert checked.values[kind] == HOSTILE[kind]
    (shown,) = display.shown_answers([asked], checked.values, evil, visibilities=["public"])
    (each,) = rendering.fields([asked], HOSTILE, {kind: MARKUP}, evil)
    for html in (shown.html, field(each)):
        assert "<img" not in html
        assert "<script" not in html
        assert "&lt;img src=x onerror=alert(1)&gt;&quot;&#x27;&amp;" in html


@pytest.mark.parametrize("kind", [each for each in ANSWERED if each != "file"])
def test_a_hundred_thousand_characters_get_a_sentence(kind):
    endless = "é" * (texts.LIMIT + 50)
    posted = QueryDict(mutable=True)
    for suffix in ("", "--start", "--end", "--name", "--safety"):
        posted[f"{kind}{suffix}"] = endless
    asked = question(kind)
    raw = reading.read_answers([asked], posted, MultiValueDict())
    assert len(json.dumps(raw, ensure_ascii=False)) < 5 * texts.LIMIT
    checked = check_answers([asked], raw, facts(), final=True)
    assert checked.values == {}
    assert checked.errors[kind]


def test_every_value_typed_in_a_form_comes_back_in_the_same_form():
    """Read, shown again, read again: nothing moves, in French or with errors."""
    posted = QueryDict(mutable=True)
    asked = one_of_each()
    html = "".join(field(each) for each in rendering.fields(asked, VALUES, {}, facts()))
    for name, value in _submitted(html):
        posted.appendlist(name, value)
    again = reading.read_answers(asked, posted, MultiValueDict())
    assert check_answers(asked, again, facts(), final=True).values == VALUES


def _submitted(html):
    """What a browser without script would post from these fields."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    for node in tree.iter():
        name, kind = node.get("name"), node.get("type")
        if node.tag == "input" and name and kind not in ("file",):
            if kind not in ("radio", "checkbox") or node.get("checked") is not None:
                yield name, node.get("value", "")
        elif node.tag == "textarea":
            yield name, node.text or ""
        elif node.tag == "select":
            options = [each for each in node.iter("option") if each.get("selected") is not None]
            yield name, (options or list(node.iter("option")))[0].get("value")
