from datetime import date

import pytest

from gabare.agenda.models import Generation
from gabare.calls import queries
from gabare.calls.models import Call
from gabare.calls.packages.comparing import compare
from gabare.calls.packages.database import package_of
from gabare.calls.packages.reading import read_package
from gabare.initiatives.enums import State
from gabare.initiatives.models import Initiative, Version
from gabare.journeys.import_call import import_call, show_imported_call
from gabare.people.models import Person
from gabare.questionnaires.queries import current_revision
from gabare.review.models import Decision, Dossier, Round
from tests.calls.given import FIRST, NOW, a_copy, edit

pytestmark = pytest.mark.django_db
VALUES = {
    "title": "Café",
    "summary": "On en parle.",
    "access": "gratuit",
    "themes": ["sante"],
    "audiences": ["tout-public", {"other": "voisins"}],
    "criteria": {"droit": "en en parlant"},
}


@pytest.fixture
def call():
    return import_call(package=read_package(FIRST), now=NOW, apply=True).call


@pytest.fixture
def copy(tmp_path):
    return a_copy(tmp_path, FIRST)


def sent(call, **values):
    """A version sent in the first wave, on the first axis."""
    initiative = Initiative.objects.create(
        slug=f"i{Initiative.objects.count()}",
        call=call,
        axis=call.axes.get(key="evenements"),
        wave=call.waves.get(key="vague-1"),
        state=State.SUBMITTED,
        created_at=NOW,
        submitted_at=NOW,
    )
    return Version.objects.create(
        initiative=initiative,
        number=1,
        revision=current_revision(f"{call.key}/evenements"),
        values={**VALUES, **values},
        occurrences=[{"commune": "44143"}],
        carriers=[],
        sent_at=NOW,
    )


def importing(folder, *, apply=True):
    return import_call(package=read_package(folder), now=NOW, apply=apply)


def test_the_first_import_makes_the_call_and_the_second_changes_nothing():
    first = importing(FIRST)
    assert (first.applied, len(first.changes)) == (True, 1)
    second = importing(FIRST)
    assert (second.applied, second.changes, second.refusals) == (False, [], [])


def test_a_look_applies_nothing(call, copy):
    edit(copy, "themes.toml", 'label.fr = "Santé"', 'label.fr = "Soin"')
    report = importing(copy, apply=False)
    assert [str(change) for change in report.changes] == [
        "thème sante, label.fr : « Santé » devient « Soin »"
    ]
    assert compare(read_package(FIRST), package_of(call)) == []
    assert importing(copy).applied
    assert call.themes.get(key="sante").label["fr"] == "Soin"


def drop(folder, name, start, end):
    """Take out of a file what stands from `start` to just before `end`."""
    text = (folder / name).read_text()
    head, found, tail = text.partition(start)
    assert found
    (folder / name).write_text(head + end + tail.partition(end)[2])


def drop_theme(copy):
    drop(copy, "themes.toml", '[[themes]]\nkey = "sante"', '[[themes]]\nkey = "mobilite"')


def drop_audience(copy):
    edit(copy, "audiences.toml", 'key = "tout-public"', 'key = "tous"')


def drop_commune(copy):
    drop(copy, "territory/communes.csv", "44143", "44150")


def drop_criterion(copy):
    drop(copy, "compass.toml", '[[compasses.criteria]]\nkey = "droit"',
         '[[compasses.criteria]]\nkey = "usager"')  # fmt: skip
    text = (copy / "compass.toml").read_text()
    (copy / "compass.toml").write_text(text[: text.index("[[correspondences]]")])


def drop_axis(copy):
    file = copy / "axes" / "1-evenements.toml"
    for name in ("2-education", "3-recherche"):
        (copy / "axes" / f"{name}.toml").unlink()
    file.write_text(file.read_text().replace('key = "evenements"', 'key = "rencontres"'))
    file.rename(copy / "axes" / "1-rencontres.toml")


def drop_wave(copy):
    edit(copy, "waves.toml", 'key = "vague-1"', 'key = "vague-0"')


def drop_choice(copy):
    edit(copy, "axes/1-evenements.toml", 'value = "gratuit"', 'value = "libre"')


def drop_question(copy):
    edit(copy, "axes/1-evenements.toml", 'key = "access"', 'key = "price"')
    edit(copy, "axes/2-education.toml", 'key = "access"', 'key = "price"')
    edit(copy, "axes/2-education.toml", 'after = "access"', 'after = "price"')
    edit(copy, "axes/3-recherche.toml", '["access"]', '["price"]')
    edit(copy, "call.toml", 'access = "access"', 'access = "price"')


def change_kind(copy):
    edit(copy, "axes/1-evenements.toml", 'key = "themes"\nkind = "multiple_choice"',
         'key = "themes"\nkind = "single_choice"')  # fmt: skip
    edit(copy, "call.toml", 'themes = "themes"\n', "")


@pytest.mark.parametrize(
    ("lose", "words"),
    [
        (drop_theme, "Le thème « sante » sert déjà 1 fois."),
        (drop_audience, "Le public « tout-public » sert déjà 1 fois."),
        (drop_commune, "La commune « 44143 » sert déjà 1 fois."),
        (drop_criterion, "Le critère « droit » sert déjà 1 fois."),
        (drop_axis, "L’axe « evenements » sert déjà 1 fois."),
        (drop_wave, "La vague « vague-1 » sert déjà 1 fois."),
        (drop_choice, "la question « access », le choix « gratuit » sert déjà 1 fois."),
        (drop_question, "la question « access » sert déjà 1 fois."),
        (change_kind, "la question « themes », déjà répondue, changerait de genre."),
    ],
)
def test_what_an_answer_holds_is_not_taken_away(call, copy, lose, words):
    before = package_of(call)
    sent(call)
    lose(copy)
    report = importing(copy)
    assert not report.applied
    assert report.changes
    assert any(words in refusal.message and refusal.remedy for refusal in report.refusals)
    assert package_of(Call.objects.get()) == before


@pytest.mark.parametrize(
    "lose",
    [drop_theme, drop_audience, drop_commune, drop_criterion, drop_axis, drop_wave, drop_choice,
     drop_question],
)  # fmt: skip
def test_what_nothing_holds_may_go(call, copy, lose):
    lose(copy)
    report = importing(copy)
    assert report.refusals == []
    assert report.applied
    assert package_of(Call.objects.get()) == read_package(copy)


def test_a_kind_never_changes_under_one_key_even_unanswered(call, copy):
    change_kind(copy)
    report = importing(copy)
    assert not report.applied
    assert "d’un autre genre" in report.refusals[0].message
    assert package_of(Call.objects.get()) == read_package(FIRST)


def test_a_short_text_may_become_long(call, copy):
    sent(call, duration="2 h")
    edit(copy, "axes/1-evenements.toml", 'key = "duration"\nkind = "short_text"',
         'key = "duration"\nkind = "long_text"')  # fmt: skip
    assert importing(copy).applied


def begun(call):
    version = sent(call)
    planned = call.planned_rounds.get(key="2024-04")
    opened = Round.objects.create(planned=planned, opened_at=NOW)
    return Dossier.objects.create(
        round=opened, initiative=version.initiative, version=version, entered_at=NOW
    )


def test_a_round_that_has_begun_stays(call, copy):
    begun(call)
    edit(copy, "waves.toml", 'key = "2024-04"', 'key = "2024-03"')
    report = importing(copy)
    assert [str(refusal) for refusal in report.refusals] == [
        "La relève « 2024-04 » a déjà commencé. → la garder dans waves.toml"
    ]


def test_a_reason_already_given_stays(call, copy):
    dossier = begun(call)
    person = Person.objects.create_user("lectrice@example.org")
    Decision.objects.create(
        dossier=dossier, outcome="decline", reasons=["doublon"], decided_by=person, decided_at=NOW
    )
    edit(copy, "reasons.toml", 'key = "doublon"', 'key = "double"')
    (refusal,) = importing(copy).refusals
    assert "La raison « doublon » a déjà été donnée" in refusal.message


def test_public_pages_are_made_anew_only_when_something_changed(call, copy):
    def generation():
        return Generation.objects.get().number

    before = generation()
    importing(FIRST)
    assert generation() == before
    edit(copy, "themes.toml", 'label.fr = "Santé"', 'label.fr = "Soin"')
    importing(copy, apply=False)
    assert generation() == before
    importing(copy)
    after = generation()
    assert after != before
    show_imported_call(call_id=call.pk)
    assert generation() != after


def test_words_and_dates_change_under_a_running_call(call, copy):
    sent(call)
    edit(copy, "waves.toml", "freeze_on = 2024-10-31", "freeze_on = 2024-11-15")
    edit(copy, "axes/1-evenements.toml", 'label.fr = "Titre de l’événement"', 'label.fr = "Titre"')
    assert importing(copy).applied
    assert call.waves.get(key="vague-1").freeze_on == date(2024, 11, 15)
    assert current_revision("ndia-2024/evenements").number == 2
    assert Version.objects.get().revision.number == 1


def test_an_import_is_seen_by_pages_that_keep_what_they_read(call, copy):
    """What is read of a call stays in memory under its stamp: an import draws another."""
    assert [axis.key for axis in queries.axes(call)] == [a.key for a in call.axes.all()]
    wording = call.themes.first().label["fr"]
    assert queries.choices(call)["themes"][0].label["fr"] == wording
    edit(copy, "themes.toml", wording, "Autrement dit")
    import_call(package=read_package(copy), now=NOW, apply=True)
    now = queries.call_by_key(call.key)
    assert now.stamp != call.stamp
    assert queries.choices(now)["themes"][0].label["fr"] == "Autrement dit"
