import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.ui.typography import NARROW, NBSP, quoted, typography


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Qui décide ?", f"Qui décide{NARROW}?"),
        ("Vite ! Oui ; non", f"Vite{NARROW}! Oui{NARROW}; non"),
        ("« oui »", f"«{NARROW}oui{NARROW}»"),
        ("«oui »", f"«{NARROW}oui{NARROW}»"),
        ("Source : ici", f"Source{NBSP}: ici"),
        ("l'IA d'aujourd'hui", "l’IA d’aujourd’hui"),
        ("et puis...", "et puis…"),
        ("à 18 h 30", f"à 18{NBSP}h{NBSP}30"),
        ("14 h – 16 h", f"14{NBSP}h – 16{NBSP}h"),
    ],
)
def test_french_spaces_and_signs(typed, set_):
    assert typography(typed, "fr") == set_


@pytest.mark.parametrize(
    "text", ["https://example.org/?q=a;b!c", "14:30", "a::b", "x ? y:z".replace(" ", "")]
)
def test_addresses_and_hours_are_left_alone(text):
    assert typography(text, "fr") == text


def test_other_languages_are_left_as_typed():
    assert typography("Who decides ? 'me'", "en") == "Who decides ? 'me'"


@given(st.text())
def test_twice_is_once(text):
    once = typography(text, "fr")
    assert typography(once, "fr") == once


def test_a_quoted_title_turns_its_own_marks_into_inner_ones():
    assert (
        quoted("Atelier « jouer » en ligne", "fr") == f"«{NARROW}Atelier “jouer” en ligne{NARROW}»"
    )
    assert quoted("Workshop", "en") == "“Workshop”"
    assert quoted("« Play » day", "en") == "“‘Play’ day”"
