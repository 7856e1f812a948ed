"""Text as typed: what is removed, what stays, and in how much time."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Refused
from gabare.questionnaires.kinds import REGISTRY
from tests.questionnaires.given import facts, question

ANY = st.text(alphabet=st.characters(exclude_categories=[]))  # lone surrogates too


@given(ANY)
def test_tidying_twice_changes_nothing(text):
    for tidy in (texts.typed, texts.line, texts.block):
        once = tidy(text)
        assert tidy(once) == once
        once.encode()  # no surrogate is left
        assert "\0" not in once


@given(ANY)
def test_a_tidy_text_is_composed(text):
    assert unicodedata.is_normalized("NFC", texts.line(text))
    assert unicodedata.is_normalized("NFC", texts.block(text))
    assert "\n" not in texts.line(text)


def test_what_turns_a_text_round_goes_what_joins_letters_stays():
    assert texts.line("a\u202eb\ufeffc\x07d") == "abcd"
    family = "👩\u200d👩\u200d👧"
    assert texts.line(family) == family
    assert texts.line("\u200fשלום") == "\u200fשלום"


def test_only_one_character_is_kept_beyond_the_limit():
    assert len(texts.typed("x" * 300_000)) == texts.LIMIT + 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Rezé", "REZE"), ("Saint-Herblain", "saint herblain"), ("L’Œil", "l'Œil"), ("x  y", " X Y ")],
)
def test_names_are_compared_without_case_accents_and_hyphens(one, other):
    assert texts.fold(one) == texts.fold(other)


@pytest.mark.parametrize(
    ("number", "shown"), [(0, "0"), (1234567, "1\u202f234\u202f567"), (-1000, "-1\u202f000")]
)
def test_numbers_are_spaced(number, shown):
    assert texts.spaced(number) == shown


@pytest.mark.parametrize("kind", sorted(REGISTRY))
@pytest.mark.parametrize("filler", [" ", "\n", " \n", "0", "0/", "a@", "a.", "é ", "+", "-", ":"])
def test_no_long_text_is_slow_to_refuse(kind, filler):
    """Every pattern that meets a typed text is linear in it: a quadratic one takes minutes."""
    typed = "x" + filler * (texts.LIMIT // len(filler)) + "x"
    started = time.process_time()
    for raw in (typed, {"name": typed, "website": typed, "start": typed, "end": typed}):
        try:
            REGISTRY[kind].clean(question(kind), raw, facts())
        except Refused as refusal:
            assert_short(refusal.message)
    assert time.process_time() - started < 30


def assert_short(message):
    assert len(message) < 400
