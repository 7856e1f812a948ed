import pytest
from django.template.defaultfilters import filesizeformat

from gabare.initiatives.enums import MandateRole
from gabare.initiatives.models import Mandate
from gabare.labels.enums import LabelState
from tests.agenda.given import an_initiative
from tests.factories import PersonFactory
from tests.labels.carried import a_label
from tests.web.visitors.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def label():
    return a_label('Atelier "démonter" <b>&', carriers=("Médiathèque A", "Association B"))


def holder(client, label):
    person = PersonFactory()
    Mandate.objects.create(initiative=label.initiative, person=person, role=MandateRole.OWNER)
    client.force_login(person)
    return person


def kit_of(label) -> str:
    return f"/mes-initiatives/{label.initiative.public_id}/kit/"


def html_of(client, label) -> str:
    answer = client.get(kit_of(label))
    assert answer.status_code == 200
    return answer.content.decode()


def test_who_holds_a_mandate_finds_it_from_their_initiatives(client, label):
    holder(client, label)
    label.initiative.call.steps.create(key="presentation", position=1, title={"fr": "Titre"})
    assert kit_of(label) in client.get("/mes-initiatives/").content.decode()
    assert html_of(client, label)


def test_nobody_else_does(client, label):
    assert client.get(kit_of(label)).status_code == 302
    client.force_login(PersonFactory())
    assert client.get(kit_of(label)).status_code == 404


def test_what_is_not_labelled_has_no_kit(client, label):
    person = holder(client, label)
    other = an_initiative(label.initiative.call, "Pas encore lue").initiative
    Mandate.objects.create(initiative=other, person=person, role=MandateRole.OWNER)
    assert client.get(f"/mes-initiatives/{other.public_id}/kit/").status_code == 404


def test_every_download_is_there_and_weighs_what_is_said(client, label):
    holder(client, label)
    page = Page(html_of(client, label))
    files = [link for link in page.every("a") if "download" in link]
    assert len(files) == 6 + 2 + 2
    assert len({link["download"] for link in files}) == len(files)
    html = html_of(client, label)
    for link in files:
        answer = client.get(link["href"])
        assert answer.status_code == 200
        assert filesizeformat(len(answer.content)) in html, link


def test_the_snippet_has_no_script_and_leads_to_the_page(client, label, settings):
    holder(client, label)
    html = html_of(client, label)
    snippet = html.split('id="id_snippet"')[1].split(">", 1)[1].split("</textarea>")[0]
    snippet = snippet.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    page = Page(snippet.replace("&amp;", "&"))
    assert not page.wrong
    assert [tag for tag, _ in page.tags] == ["a", "img"]
    link, image = page.every("a")[0], page.every("img")[0]
    assert link["href"] == f"{settings.PUBLIC_URL}/label/{label.number}/"
    assert image["src"] == f"{settings.PUBLIC_URL}/label/{label.number}/badge.svg"
    assert image["alt"].endswith("vérifier")
    assert int(image["height"]) == 96


def test_the_signature_is_plain_text(client, label, settings):
    holder(client, label)
    signature = html_of(client, label).split('id="id_signature"')[1].split("</textarea>")[0]
    assert f"{settings.PUBLIC_URL}/label/{label.number}/" in signature
    assert label.number in signature


@pytest.mark.parametrize("state", [LabelState.SUSPENDED, LabelState.REVOKED])
def test_it_says_when_the_mark_is_to_be_taken_down(client, label, state, settings):
    settings.GABARE_TODAY = label.starts_on
    holder(client, label)
    assert "Ne les montrez plus" not in html_of(client, label)
    type(label).objects.update(state=state)
    assert "Ne les montrez plus" in html_of(client, label)


def test_the_rules_are_the_call_s_own(client, label):
    holder(client, label)
    assert 'id="rules"' not in html_of(client, label)
    label.initiative.call.texts.create(
        key="label-rules",
        position=9,
        title={"fr": "Les règles"},
        body={"fr": "Gardez **le lien**."},
    )
    html = html_of(client, label)
    assert "<strong>le lien</strong>" in html


def test_words_of_carriers_stay_words(client, label):
    holder(client, label)
    html = html_of(client, label)
    assert "<b>&" not in html
    assert not Page(html).wrong


@pytest.mark.parametrize("carriers", [1, 3])
def test_queries_do_not_follow_the_number_of_carriers(client, carriers, django_assert_num_queries):
    label = a_label(carriers=[f"Structure {n}" for n in range(carriers)])
    holder(client, label)
    with django_assert_num_queries(11):
        client.get(kit_of(label))
