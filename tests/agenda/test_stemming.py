import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.agenda.stemming import asked, fold, indexed, stems


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("musee", "Musée"), ("MUSÉES", "musée"), ("algorithme", "algorithmes"),
        ("oeuvre", "Œuvres"), ("l'ia", "L’IA"), ("ethique", "éthiques"), ("coeur", "cœur"),
        ("education", "Éducations"), ("loi", "lois"), ("process", "process"),
        ("数据", "数据治理"), ("данные", "Данные"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_written(typed, written):
    assert set(asked(typed)) <= set(stems(written))


def test_folding_keeps_letters_only():
    assert fold("L’Œuvre À Nœud") == "l’oeuvre a noeud"


def test_empty_words_count_only_alone():
    assert asked("les musées de la ville") == stems("musees ville")
    assert asked("de la") == ["de", "la"]
    assert asked("« ! » OR* \"'") == ["or"]


@given(st.text())
def test_any_text_becomes_plain_words(text):
    stored = indexed(text)
    assert stored == "" or all(word.isascii() and word.isalnum() for word in stored.split(" "))
    assert set(asked(text)) <= set(stored.split(" "))
    assert all(len(word) <= 1 + 2 * 4 * 60 for word in stored.split(" "))
