"""`gabare call …` as someone types it."""

import pytest
from django.core.management import call_command

from gabare.calls.models import Call
from tests.calls.given import FIRST, TINY, a_copy, edit

pytestmark = pytest.mark.django_db


@pytest.fixture
def gabare(capsys):
    def run(*words, fails=False):
        if fails:
            with pytest.raises(SystemExit) as stopped:
                call_command("call", *map(str, words))
            assert stopped.value.code == 1
        else:
            call_command("call", *map(str, words))
        said = capsys.readouterr()
        return said.err.strip() if fails else said.out.strip()

    return run


def test_check_says_all_is_well_or_every_line(gabare, tmp_path):
    assert gabare("check", FIRST) == "« ndia-2024 » est en ordre."
    copy = edit(a_copy(tmp_path), "waves.toml", "opens_on = 2030-01-10", "opens_on = 2031-01-10")
    edit(copy, "compass.toml", "#3d7a35", "green")
    lines = gabare("check", copy, fails=True).split("\n")
    assert lines[0].startswith(f"{copy}/compass.toml:19: ")
    assert [" → " in line for line in lines] == [True]
    edit(copy, "compass.toml", "green", "#3d7a35")
    lines = gabare("check", copy, fails=True).split("\n")
    assert lines[0].startswith(f"{copy}/waves.toml:5: « new_until » vient avant « opens_on »")


def test_import_shows_then_applies_and_export_gives_the_same_bytes(gabare, tmp_path):
    assert gabare("import", FIRST, "--yes") == "appel, ndia-2024 : ajouté\nC’est fait."
    assert gabare("import", FIRST, "--yes") == "Rien à changer."
    assert gabare("export", tmp_path / "out") == f"« ndia-2024 » est dans {tmp_path / 'out'}."
    assert gabare("diff", FIRST, tmp_path / "out") == "Aucune différence."
    for path in FIRST.rglob("*.*"):
        assert (tmp_path / "out" / path.relative_to(FIRST)).read_bytes() == path.read_bytes()


def test_import_asks_before_it_changes_anything(gabare, monkeypatch):
    answer = gabare("import", FIRST, fails=True)
    assert answer == "Ajoutez --yes pour appliquer sans question."
    assert not Call.objects.exists()


def test_a_wrong_package_applies_nothing(gabare, tmp_path):
    copy = edit(a_copy(tmp_path), "call.toml", "reef@example.org", "reef")
    assert gabare("import", copy, "--yes", fails=True).startswith(f"{copy}/call.toml:9: ")
    assert not Call.objects.exists()


def test_diff_with_the_database_and_with_another_package(gabare, tmp_path):
    assert gabare("diff", TINY) == "appel, reef-watch : ajouté"
    gabare("import", TINY, "--yes")
    copy = edit(a_copy(tmp_path), "themes.toml", "Counts", "Numbers")
    sentence = "thème count, label.en : « Counts » devient « Numbers »"
    assert gabare("diff", copy) == sentence
    assert gabare("diff", TINY, copy) == sentence


def test_a_call_can_be_chosen_and_shown(gabare, tmp_path):
    gabare("import", FIRST, "--yes")
    gabare("import", TINY, "--yes")
    assert Call.objects.get(is_current=True).key == "ndia-2024"
    gabare("import", TINY, "--yes", "--show")
    assert Call.objects.get(is_current=True).key == "reef-watch"
    gabare("export", tmp_path, "--call", "ndia-2024")
    assert gabare("diff", FIRST, tmp_path) == "Aucune différence."
    assert gabare("export", tmp_path, "--call", "nobody", fails=True) == (
        "Il n’y a pas d’appel « nobody ». Appels connus : ndia-2024, reef-watch."
    )
