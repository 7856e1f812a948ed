from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import ProtectedError

from gabare.calls.models import Axis, Call, Criterion, PlannedRound, Theme
from gabare.calls.operations import apply_package, show_call
from gabare.calls.packages.database import package_of
from gabare.calls.packages.reading import read_package
from gabare.calls.packages.writing import files_of
from gabare.initiatives.models import Initiative
from gabare.mail.models import LetterText
from gabare.questionnaires.models import Revision
from gabare.questionnaires.queries import current_revision
from tests.calls.given import FIRST, NOW, TINY, a_copy, changed, edit, the_call

pytestmark = pytest.mark.django_db


def apply(package):
    return apply_package(package=package, now=NOW)


@pytest.mark.parametrize("folder", [FIRST, TINY], ids=["first", "tiny"])
def test_what_comes_in_goes_out_the_same(folder):
    package = read_package(folder)
    call = Call.objects.get(pk=apply(package).pk)
    assert package_of(call) == package
    assert files_of(package_of(call)) == files_of(package)


def test_applying_twice_keeps_every_row():
    def rows():
        return [
            list(model.objects.order_by("pk").values_list("pk", flat=True))
            for model in (Call, Axis, Criterion, PlannedRound, Theme, Revision, LetterText)
        ]

    the_call()
    before = rows()
    the_call()
    assert rows() == before


def test_a_changed_wording_makes_a_revision_of_its_axis_alone(tmp_path):
    call = the_call()
    before = {axis.key: current_revision(f"{call.key}/{axis.key}") for axis in call.axes.all()}
    apply(
        changed(
            a_copy(tmp_path, FIRST),
            "axes/3-recherche.toml",
            'label.fr = "Qui mène la recherche\u202f?"',
            'label.fr = "Quelle équipe\u202f?"',
        )
    )
    after = {axis.key: current_revision(f"{call.key}/{axis.key}") for axis in call.axes.all()}
    assert {key: after[key].number for key in after} == {
        "evenements": 1,
        "education": 1,
        "recherche": 2,
    }
    assert before["evenements"] == after["evenements"]


def test_axes_inherit_questions_and_reword_them():
    call = the_call()
    words = {}
    for axis in call.axes.all():
        for question in current_revision(f"{call.key}/{axis.key}").questions.all():
            words.setdefault(question.key, {})[axis.key] = question.label["fr"]
    assert words["title"] == {
        "evenements": "Titre de l’événement",
        "education": "Titre de l’initiative",
        "recherche": "Titre de la recherche",
    }
    assert set(words["access"]) == {"evenements", "education"}
    assert set(words["expectations"]) == {"evenements", "education", "recherche"}


def test_lists_lose_gain_and_reorder(tmp_path):
    the_call()
    copy = a_copy(tmp_path, FIRST)
    edit(copy, "themes.toml", '[[themes]]\nkey = "sante"\nlabel.fr = "Santé"\n'
         'label.en = "Health"\n\n', "")  # fmt: skip
    edit(copy, "compass.toml", "in_force = true\n", "")
    edit(copy, "compass.toml", "dated_on = 2025-06-26", "dated_on = 2025-06-26\nin_force = true")
    for colour in ("sobriete", "transparence", "droit", "non-discrimination",
                   "service-public", "agents"):  # fmt: skip
        text = (copy / "compass.toml").read_text()
        head, mark, tail = text.partition('key = "conseil-2025"')
        tail = tail.replace(f'key = "{colour}"\n', f'key = "{colour}"\ncolour = "#0f5f8c"\n', 1)
        (copy / "compass.toml").write_text(head + mark + tail)
    package = read_package(copy)
    call = apply(package)
    assert package_of(call) == package
    assert call.compasses.get(in_force=True).key == "conseil-2025"
    assert not call.themes.filter(key="sante").exists()


def test_two_calls_live_side_by_side_and_the_first_is_shown():
    first, tiny = the_call(), apply(read_package(TINY))
    assert (first.is_current, tiny.is_current) == (True, False)
    show_call(call_id=tiny.pk)
    assert list(Call.objects.filter(is_current=True)) == [tiny]
    assert package_of(Call.objects.get(pk=first.pk)) == read_package(FIRST)


def test_the_database_refuses_to_drop_an_axis_in_use(tmp_path):
    call = the_call()
    Initiative.objects.create(
        slug="a", call=call, axis=call.axes.get(key="education"), created_at=NOW
    )
    package = read_package(FIRST)
    without = replace(package, axes=tuple(a for a in package.axes if a.key != "education"))
    with pytest.raises(ProtectedError):
        apply(without)
    assert package_of(Call.objects.get()) == package


def test_now_dates_the_revision():
    call = the_call()
    assert current_revision(f"{call.key}/evenements").published_at == NOW
    apply_package(package=read_package(FIRST), now=NOW + timedelta(days=1))
    assert current_revision(f"{call.key}/evenements").published_at == NOW
