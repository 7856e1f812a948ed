"""A published questionnaire is a revision: frozen, numbered, with stable keys."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from gabare.foundation.frozen import Frozen
from gabare.questionnaires import operations, queries
from gabare.questionnaires.models import Question, Questionnaire, Revision
from gabare.questionnaires.operations import SpecsRefused, publish_revision
from gabare.questionnaires.specs import check_specs, digest
from tests.questionnaires.given import NOW, one_of_each, question

pytestmark = pytest.mark.django_db


def publish(*specs):
    return publish_revision(questionnaire_key="call/events", specs=specs, now=NOW)


def test_publishing_lays_every_question_as_it_was_written():
    specs = [
        *one_of_each(),
        question(
            "short_text",
            "last",
            help={"fr": "Aide"},
            condition={"axis": "events"},
            required_from=date(2024, 5, 1),
            frozen_from=date(2024, 9, 1),
            visibility="team",
        ),
    ]
    revision = publish(*specs)
    laid = queries.questions_of(queries.current_revision("call/events"))
    assert revision.number == 1
    assert [each.position for each in laid] == list(range(len(specs)))
    for spec, each in zip(specs, laid, strict=True):
        assert {name: getattr(each, name) for name in vars(spec)} == vars(spec)
    again = [
        type(specs[0])(**{name: getattr(each, name) for name in vars(specs[0])}) for each in laid
    ]
    assert digest(again) == revision.digest


@pytest.mark.parametrize("count", [1, 3])
def test_questions_come_in_one_query(count, django_assert_num_queries):
    revision = publish(*(question("short_text", f"q{n}") for n in range(count)))
    with django_assert_num_queries(1):
        assert len(queries.questions_of(revision)) == count


def test_the_same_questions_change_nothing():
    first = publish(question("date"), question("link"))
    assert publish(question("date"), question("link")) == first
    assert Revision.objects.count() == 1


def test_going_back_is_a_publication_too():
    one, two = [question("date")], [question("date"), question("link")]
    numbers = [publish(*specs).number for specs in (one, two, one)]
    assert numbers == [1, 2, 3]
    assert queries.current_revision("call/events").number == 3
    assert queries.current_revision("call/other") is None


def test_the_order_of_questions_and_every_word_count():
    one, two = question("date"), question("link")
    assert digest([one, two]) != digest([two, one])
    assert digest([one]) != digest([replace(one, help={"fr": "x"})])


def test_a_key_keeps_its_meaning():
    publish(question("short_text", "title"), question("date", "day"))
    publish(question("long_text", "title"))  # one text for another
    with pytest.raises(SpecsRefused) as refused:
        publish(question("long_text", "title"), question("yes_no", "day"))
    (problem,) = refused.value.problems
    assert (problem.question, problem.field) == ("day", "kind")
    assert "autre clé" in problem.remedy
    assert queries.current_revision("call/events").number == 2


def test_wrong_questions_publish_nothing():
    with pytest.raises(SpecsRefused):
        publish(question("date"), question("date"))
    assert not Questionnaire.objects.exists()


def test_a_published_question_never_changes():
    revision = publish(question("date"))
    laid = Question.objects.get()
    laid.label = {"fr": "Autre chose"}
    for change in (
        laid.save,
        laid.delete,
        revision.save,
        revision.delete,
        lambda: Question.objects.update(key="x"),
        lambda: Question.objects.filter(key="date").delete(),
        lambda: revision.questions.all().delete(),
        lambda: Revision.objects.update(number=7),
        lambda: Question.objects.bulk_update([laid], ["label"]),
    ):
        with pytest.raises(Frozen), transaction.atomic():
            change()
    laid.refresh_from_db()
    assert laid.label == {"fr": "Question date"}


def test_a_published_revision_takes_no_more_questions():
    revision = publish(question("date"))
    columns = operations._columns(question("link"))
    with pytest.raises(Frozen):
        Question(revision=revision, position=9, **columns).save()
    with pytest.raises(Frozen):
        Question.objects.create(revision=revision, position=9, **columns)
    assert revision.questions.count() == 1


PROBLEMS = [
    ({"key": "Titre !"}, "key", "n’est pas un identifiant"),
    ({"key": "a--b"}, "key", "n’est pas un identifiant"),
    ({"step": ""}, "step", "son étape"),
    ({"label": {}}, "label", "intitulé"),
    ({"label": {"fr": " "}}, "label", "intitulé"),
    ({"help": {"fr": 3}}, "help", "un texte par langue"),
    ({"visibility": "secret"}, "visibility", "n’existe pas"),
    ({"kind": "video"}, "kind", "n’existe pas"),
    ({"options": {"maximum": 3}}, "options.maximum", "n’existe pas pour ce genre"),
    ({"options": {"max": "3"}}, "options.max", "un nombre entier"),
    ({"options": {"max": True}}, "options.max", "un nombre entier"),
    ({"options": {"min": 9, "max": 3}}, "options.min", "plus grand que le maximum"),
    ({"required": True, "required_from": date(2024, 5, 1)}, "required_from", "déjà obligatoire"),
    (
        {"required_from": date(2024, 5, 1), "frozen_from": date(2024, 4, 1)},
        "frozen_from",
        "figée avant",
    ),
    ({"kind": "single_choice", "options": {}}, "options.choices", "dire ses choix"),
    (
        {"kind": "single_choice", "options": {"source": "moods"}},
        "options.source",
        "mot de la liste",
    ),
    (
        {"kind": "single_choice", "options": {"choices": [{"value": "a"}]}},
        "options.choices",
        "une liste de choix",
    ),
    ({"kind": "date", "options": {"min": date(2024, 4, 1)}}, "options.min", "entre guillemets"),
    ({"kind": "date", "options": {"min": "2024-13-01"}}, "options.min", "entre guillemets"),
    ({"kind": "file", "options": {"formats": ["exe"]}}, "options.formats", "mots permis"),
    ({"kind": "explanation", "options": {}}, "options.text", "pas de texte"),
    (
        {"kind": "explanation", "options": {"text": {"fr": "x"}}, "required": True},
        "required",
        "n’attend pas de réponse",
    ),
]


@pytest.mark.parametrize(("changes", "name", "said"), PROBLEMS)
def test_a_wrong_question_gets_a_sentence_and_a_remedy(changes, name, said):
    spec = replace(question("short_text", "q", options={}), **changes)
    problems = check_specs([spec])
    assert [each.field for each in problems] == [name]
    assert said in problems[0].message
    assert problems[0].remedy


def test_two_questions_with_one_key():
    (problem,) = check_specs([question("date"), question("link", "date")])
    assert "la même clé" in problem.message


def test_one_question_of_each_kind_is_sound():
    assert check_specs(one_of_each()) == []
