"""Advice and recusals through the desk; and what a recused person must meet nowhere."""

import re

import pytest
from django.urls import reverse

from gabare.initiatives.models import Version
from gabare.journeys.publish_edition import publish_edition
from gabare.labels.models import Label
from gabare.mail.models import Letter
from gabare.people.operations import give_role
from gabare.review.models import Advice, Dossier, Recusal, Round
from gabare.review.operations import enter_dossier, give_advice, recuse
from gabare.review.validators import AdviceWords
from tests.factories import PersonFactory
from tests.review.given import IN_APRIL, IN_MAY, a_call, a_dossier, labelled, sent_back

pytestmark = pytest.mark.django_db
ADVICE = {
    "eligible": "yes", "recommendation": "label", "light-droit": "partly",
    "why-droit": "Un seul cas", "comment": "À relire ensemble",
}  # fmt: skip


@pytest.fixture
def call():
    return a_call()


@pytest.fixture(autouse=True)
def day(settings):
    settings.GABARE_TODAY = IN_APRIL.date()


@pytest.fixture
def reviewer(call, client):
    return signed_in(client, call, "reviewer", "Relectrice")


def signed_in(client, call, role, name):
    person = PersonFactory(name=name)
    give_role(team=call.team, person=person, role=role)
    client.force_login(person)
    return person


def page_of(client, dossier):
    return client.get(reverse("desk:dossier", args=[dossier.pk])).content.decode()


def advise(client, dossier, version=None, **words):
    data = {"version": version or dossier.version_id, **words}
    return client.post(reverse("desk:advise", args=[dossier.pk]), data)


def test_an_advice_is_given_and_read_again(call, reviewer, client):
    dossier = a_dossier(call)
    assert "Personne n’a encore donné d’avis" in page_of(client, dossier)
    assert advise(client, dossier, **ADVICE).status_code == 302
    page = page_of(client, dossier)
    assert "Le vôtre" in page
    assert "en partie" in page
    assert "Un seul cas" in page
    assert "Avis donné, à décider" in client.get(reverse("desk:queue")).content.decode()


def test_a_wrong_advice_comes_back_with_all_that_was_typed(call, reviewer, client):
    dossier = a_dossier(call)
    wrong = ADVICE | {"recommendation": "", "light-droit": "no", "why-droit": ""}
    answer = advise(client, dossier, **wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_recommendation">' in page
    assert '<a href="#id_light-droit">' in page
    assert "À relire ensemble" in page
    assert 'value="no" id="id_light-droit-no" checked' in page
    assert not Advice.objects.exists()


def test_the_advice_of_others_waits_for_ones_own(call, reviewer, client):
    dossier, other = a_dossier(call), PersonFactory(name="Autre lecteur")
    words = AdviceWords(
        eligible="no", recommendation="decline", comment="Hors sujet pour moi",
        lights={"droit": {"light": "no", "why": "Rien"}},
    )  # fmt: skip
    give_advice(
        dossier_id=dossier.pk, person=other, words=words, seen_version=dossier.version_id,
        now=IN_APRIL,
    )  # fmt: skip
    page = page_of(client, dossier)
    assert "1 autre avis est donné" in page
    assert "Autre lecteur" not in page
    assert "Hors sujet pour moi" not in page
    advise(client, dossier, abstain="1")
    page = page_of(client, dossier)
    assert "Autre lecteur" in page
    assert "Hors sujet pour moi" in page


def test_a_version_that_came_meanwhile_is_said_and_nothing_typed_is_lost(call, reviewer, client):
    dossier = a_dossier(call)
    first = dossier.version
    second = Version.objects.create(
        initiative=dossier.initiative, number=2, revision=first.revision, occurrences=[],
        carriers=first.carriers, sent_at=IN_APRIL, values=first.values,
    )  # fmt: skip
    enter_dossier(initiative=dossier.initiative, version=second, now=IN_APRIL)
    answer = advise(client, dossier, version=first.pk, **ADVICE)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "nouvelle version pendant que vous écriviez" in page
    assert f'name="version" value="{second.pk}"' in page
    assert "Un seul cas" in page
    assert not Advice.objects.exists()


def test_an_editor_reads_no_form(call, client):
    signed_in(client, call, "editor", "Rédactrice")
    dossier = a_dossier(call)
    assert "Donner votre avis" not in page_of(client, dossier)
    assert advise(client, dossier, **ADVICE).status_code == 403


def test_one_recuses_oneself_and_meets_the_dossier_no_more(call, reviewer, client):
    dossier = a_dossier(call, "Cachée")
    address = reverse("desk:recuse", args=[dossier.pk])
    assert client.post(address, {"why": " "}, follow=True).status_code == 200
    assert not Recusal.objects.exists()
    answer = client.post(address, {"why": "J’y travaille"}, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("desk:queue")
    assert "vous ne verrez plus ce dossier" in answer.content.decode()
    assert client.get(reverse("desk:dossier", args=[dossier.pk])).status_code == 404


class TestTheLead:
    @pytest.fixture
    def lead(self, call, client):
        return signed_in(client, call, "lead", "Responsable")

    def test_notes_and_lifts_a_recusal(self, call, lead, client):
        reader = PersonFactory(name="Lecteur")
        give_role(team=call.team, person=reader, role="reviewer")
        dossier, address = a_dossier(call), reverse("desk:recusals")
        typed = {"reader": reader.pk, "dossier": dossier.pk, "why": "Ancien collègue"}
        assert client.post(address, typed).status_code == 302
        assert "Ancien collègue" in client.get(address).content.decode()
        client.post(address, {"lift": Recusal.objects.get().pk})
        assert Recusal.objects.get().lifted_by == lead
        assert "Aucune récusation" in client.get(address).content.decode()

    @pytest.mark.parametrize("missing", ["reader", "dossier", "why"])
    def test_is_told_what_is_missing(self, call, lead, client, missing):
        reader = PersonFactory()
        give_role(team=call.team, person=reader, role="reviewer")
        typed = {"reader": reader.pk, "dossier": a_dossier(call).pk, "why": "Lien"} | {missing: ""}
        answer = client.post(reverse("desk:recusals"), typed)
        assert answer.status_code == 422
        assert f'href="#id_{missing}"' in answer.content.decode()
        assert not Recusal.objects.exists()

    @pytest.mark.parametrize("lifted", ["", "0", "x"])
    def test_lifts_only_what_exists(self, call, lead, client, lifted):
        a_dossier(call)
        assert client.post(reverse("desk:recusals"), {"lift": lifted}).status_code == 404


@pytest.mark.parametrize("role", ["reviewer", "lead", "editor"])
def test_a_recused_person_finds_the_dossier_nowhere(call, client, role):
    """Every page of the desk, before and after the edition, with a decision that would show."""
    person = signed_in(client, call, role, "Récusée")
    kept_from = a_dossier(call, "Zanzibar", "2024-06-20")
    near = a_dossier(call, "zanzibar", "2024-06-20")  # a near duplicate, which may be read
    recuse(
        initiative=kept_from.initiative, person=person, why="Lien", noted_by=person, now=IN_APRIL
    )
    labelled(kept_from)
    labelled(near)
    names = ["queue", "letters", "editions", "labels"]
    names += ["publish", "recusals", "trace"] if role == "lead" else []
    pages = [client.get(reverse(f"desk:{name}")).content.decode() for name in names]
    pages.append(page_of(client, near))
    for page in pages:
        assert "Zanzibar" not in page
        assert "2024-002" not in page  # its rank among the labels would tell
    assert client.get(reverse("desk:dossier", args=[kept_from.pk])).status_code == 404
    figures = re.findall(r"<dt>([^<]+)</dt><dd>(\d+)</dd>", pages[0])
    assert ("Décidés", "1") in figures


def test_a_recused_person_finds_none_of_its_letters(call, client):
    person = signed_in(client, call, "lead", "Récusée")
    dossier = a_dossier(call, "Zanzibar")
    sent_back(dossier)
    recuse(initiative=dossier.initiative, person=person, why="Lien", noted_by=person, now=IN_APRIL)
    publish_edition(round_id=Round.objects.get().pk, person=PersonFactory(), now=IN_MAY)
    letter = Letter.objects.get(about=f"initiative:{dossier.initiative.public_id}")
    assert client.get(reverse("desk:letter", args=[letter.public_id])).status_code == 404
    page = client.get(reverse("desk:letters")).content.decode()
    assert "Zanzibar" not in page
    assert '<span class="tally">0</span>' in page
    assert "Zanzibar" not in client.get(reverse("desk:queue")).content.decode()


def test_a_recused_lead_does_not_move_its_label(call, client):
    person = signed_in(client, call, "lead", "Récusée")
    dossier = a_dossier(call, "Zanzibar")
    labelled(dossier)
    publish_edition(round_id=Round.objects.get().pk, person=PersonFactory(), now=IN_MAY)
    number = Label.objects.get().number
    address = reverse("desk:label", args=[number])
    assert client.get(address).status_code == 200
    recuse(initiative=dossier.initiative, person=person, why="Lien", noted_by=person, now=IN_APRIL)
    assert client.get(address).status_code == 404
    assert client.post(reverse("desk:label-move", args=[number]), {}).status_code == 404
    assert "Zanzibar" not in client.get(reverse("desk:labels")).content.decode()
    assert client.get(reverse("visitors:label", args=[number])).status_code == 200


def test_an_edition_published_by_a_recused_lead_applies_everything(call, client):
    person = signed_in(client, call, "lead", "Récusée")
    dossier = a_dossier(call, "Zanzibar")
    recuse(initiative=dossier.initiative, person=person, why="Lien", noted_by=person, now=IN_APRIL)
    labelled(dossier)
    page = client.get(reverse("desk:publish")).content.decode()
    plan = re.search(r'name="plan" value="(\w+)"', page)[1]
    client.post(reverse("desk:publish"), {"plan": plan})
    assert Dossier.objects.get().decision.applied_at
