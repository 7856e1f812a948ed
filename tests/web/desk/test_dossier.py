from datetime import timedelta

import pytest
from django.urls import reverse

from gabare.initiatives.models import Version
from gabare.people.operations import give_role
from gabare.review.models import Decision, Dossier
from gabare.review.operations import close_round, enter_dossier
from tests.factories import PersonFactory
from tests.review.given import IN_APRIL, a_call, a_dossier, a_version, labelled

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def reviewer(call, client):
    person = PersonFactory(name="Relectrice")
    give_role(team=call.team, person=person, role="reviewer")
    client.force_login(person)
    return person


@pytest.fixture(autouse=True)
def day(settings):
    settings.GABARE_TODAY = IN_APRIL.date()


def page_of(client, dossier):
    return client.get(reverse("desk:dossier", args=[dossier.pk])).content.decode()


def decide(client, dossier, **words):
    return client.post(reverse("desk:decide", args=[dossier.pk]), words)


LABEL = {"outcome": "label", "criteria": ["droit"], "scope": "L’atelier", "message": "Bravo"}


def test_the_version_is_shown_as_sent(call, reviewer, client):
    page = page_of(client, a_dossier(call, "Atelier <b>gras</b>", approach="Par\nle jeu"))
    assert "Atelier &lt;b&gt;gras" in page
    assert "par un cas" in page
    assert "Réponses qui seront publiées" in page


def test_what_changed_since_the_former_version_is_shown_word_by_word(call, reviewer, client):
    first = a_version(call, "Atelier", summary="Pour le jeune public de Rezé")
    second = Version.objects.create(
        initiative=first.initiative, number=2, revision=first.revision, occurrences=[],
        carriers=first.carriers, sent_at=IN_APRIL,
        values={**first.values, "summary": "Pour les collégiens de Rezé"},
    )  # fmt: skip
    dossier = enter_dossier(initiative=first.initiative, version=second, now=IN_APRIL)
    page = page_of(client, dossier)
    assert "Ce qui a changé depuis la version 1" in page
    assert "<del>le</del><ins>les</ins> <del>jeune public</del><ins>collégiens</ins>" in page
    assert page.count("<del>") == 2


def test_facts_say_what_to_look_at(call, reviewer, client):
    inside = {"start": "2024-06-18T14:00", "end": "", "mode": "sur-place", "place": "Halle",
              "address": "", "commune": "44143", "commune_name": "Rezé", "url": ""}  # fmt: skip
    outside = {**inside, "start": "2025-06", "commune": "", "commune_name": "Laval"}
    dossier = a_dossier(call, "Un")
    Version.objects.filter(pk=dossier.version_id).update(occurrences=[inside, outside])
    a_dossier(call, "Un")
    page = page_of(client, dossier)
    assert "Sur le territoire\u00a0: Rezé" in page
    assert "Hors du territoire de Métropole\u00a0: Laval" in page
    assert "Hors de la période" in page
    assert "Même titre" in page


def test_a_decision_is_kept_and_the_next_dossier_opens(call, reviewer, client):
    first, second = a_dossier(call, "Un"), a_dossier(call, "Deux")
    answer = decide(client, first, **LABEL)
    assert answer.url == reverse("desk:dossier", args=[second.pk])
    assert Decision.objects.get().decided_by == reviewer
    assert "rien n’est encore parti" in client.get(answer.url).content.decode()
    assert decide(client, second, **LABEL).url == reverse("desk:queue")


@pytest.mark.parametrize(
    ("words", "kept", "anchor"),
    [
        ({}, "", "#id_outcome"),
        ({"outcome": "label", "message": "Mon message"}, "Mon message", "#id_scope"),
        ({"outcome": "complete", "ask--summary": "Où cela ?", "due_on": "pas une date"},
         "Où cela ?", "#id_due_on"),
        ({"outcome": "decline", "scope": "Déjà écrit"}, "Déjà écrit", "#id_reasons"),
    ],
)  # fmt: skip
def test_a_wrong_decision_keeps_what_was_typed(call, reviewer, client, words, kept, anchor):
    answer = decide(client, a_dossier(call), **words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="{anchor}"' in page
    assert f'id="{anchor[1:]}"' in page
    assert kept in page
    assert "<title>Erreur – " in page
    assert not Decision.objects.exists()


def test_the_letter_is_read_before_it_is_decided(call, reviewer, client):
    page = decide(client, a_dossier(call), **LABEL, preview="1").content.decode()
    assert "La lettre, telle qu’elle partira" in page
    assert "Label 2024-001 : Atelier" in page
    assert "L’atelier" in page
    assert not Decision.objects.exists()


def test_the_letter_tells_the_number_that_the_edition_will_give(call, reviewer, client):
    first, second = a_dossier(call, "Un"), a_dossier(call, "Deux")
    labelled(first, reviewer, IN_APRIL)
    page = decide(client, second, **LABEL, preview="1").content.decode()
    assert "Label 2024-002 : Deux" in page
    assert "N° 2024-001" in page_of(client, first)


def test_two_people_deciding_the_same_dossier(call, reviewer, client):
    dossier, other = a_dossier(call), PersonFactory(name="Autre lectrice")
    made = labelled(dossier, other, IN_APRIL)
    answer = decide(client, dossier, outcome="decline", reasons=["hors-sujet"], seen="")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Autre lectrice vient de décider" in page
    assert f'name="seen" value="{made.decided_at.isoformat()}"' in page
    assert Decision.objects.get().outcome == "label"
    decide(
        client, dossier, outcome="decline", reasons=["hors-sujet"],
        seen=made.decided_at.isoformat(),
    )  # fmt: skip
    assert Decision.objects.get().outcome == "decline"


def test_a_decision_is_undone(call, reviewer, client):
    dossier = a_dossier(call)
    labelled(dossier, reviewer, IN_APRIL)
    assert "Annuler cette décision" in page_of(client, dossier)
    client.post(reverse("desk:undo", args=[dossier.pk]))
    assert not Decision.objects.exists()


def test_a_published_round_is_read_only(call, reviewer, client):
    dossier = a_dossier(call)
    labelled(dossier, reviewer, IN_APRIL)
    close_round(round_=dossier.round, now=IN_APRIL + timedelta(days=20))
    page = page_of(client, dossier)
    assert "ses décisions ne changent plus" in page
    assert "Enregistrer, suivant" not in page
    assert decide(client, dossier, **LABEL, seen="x").status_code == 302
    assert Decision.objects.get().scope == "L’atelier et ses supports"


def test_an_editor_reads_and_does_not_decide(call, client):
    person = PersonFactory()
    give_role(team=call.team, person=person, role="editor")
    client.force_login(person)
    dossier = a_dossier(call)
    assert "pas de les décider" in page_of(client, dossier)
    assert decide(client, dossier, **LABEL).status_code == 403


@pytest.mark.parametrize("many", [1, 3])
def test_a_dossier_asks_the_same_queries_whatever_the_queue(
    call, reviewer, client, many, django_assert_num_queries
):
    for rank in range(many):
        a_dossier(call, f"Atelier {rank}")
    dossier = Dossier.objects.first()
    page_of(client, dossier)
    with django_assert_num_queries(21):
        page_of(client, dossier)


def test_names_reasons_and_criteria_are_those_of_the_call(call, reviewer, client):
    page = page_of(client, a_dossier(call))
    assert "Motif hors-territoire" in page
    assert 'id="id_criteria-biometrie"' in page
    assert 'value="droit" id="id_criteria-droit" checked' in page
