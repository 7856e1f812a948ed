import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gabare.initiatives.models import Draft
from gabare.questionnaires.models import Attachment, Question, Questionnaire
from gabare.questionnaires.operations import publish_revision
from gabare.questionnaires.specs import QuestionSpec
from tests.initiatives.given import IN_JUNE, the_call
from tests.web.carriers.given import at, begin, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(settings):
    at(settings)
    return the_call()


@pytest.fixture
def address(client, call):
    return begin(client)


def text(answer):
    return answer.content.decode().replace("\u00a0", " ").replace("\u202f", " ")


def step(address, key):
    return address.replace("presentation", key)


def test_a_right_step_leads_to_the_next_and_says_not_sent_yet(client, address):
    data = posted(client, address, title="Café IA", access="gratuit", summary="Un café.")
    answer = client.post(address, data)
    assert (answer.status_code, answer.url) == (302, step(address, "quand-ou"))
    draft = Draft.objects.get()
    assert draft.values["title"] == "Café IA"
    html = text(client.get(answer.url))
    assert re.search(r"Brouillon enregistré à \d+ h( \d+)?, pas encore envoyé", html)
    assert "Café IA</h1>" in html
    assert 'role="status"' in html


def test_the_word_saved_is_never_alone(client, address):
    client.post(address, posted(client, address, title="Café IA"))
    for key in ("presentation", "quand-ou", "boussole", "besoins", "relecture", "apercu"):
        html = text(client.get(step(address, key)))
        for saved in re.finditer(r"enregistré[^<]*", html):
            assert "pas encore envoyé" in saved[0]
        assert "pas encore envoyé" in html


def test_a_wrong_answer_shows_the_step_again_with_everything_typed(client, address):
    data = posted(client, address, title="Café <b>IA</b>", link="pas un lien", summary="é" * 2000)
    answer = client.post(address, data, follow=True)
    html = text(answer)
    assert answer.redirect_chain == [(address, 302)]
    assert "<title>Erreur –" in html
    assert 'id="error-summary" tabindex="-1" role="alert" autofocus' in html
    assert '<a href="#id_link">' in html
    assert '<a href="#id_summary">' in html
    assert 'id="id_link-error"' in html
    assert re.search(r'<a href="#id_summary">Résumé – Ce texte a 800 caractères de trop', html)
    assert re.search(
        r'name="link" value="pas un lien"[^>]*aria-describedby="[^"]*id_link-error', html
    )
    assert 'value="Café &lt;b&gt;IA&lt;/b&gt;"' in html
    assert "é" * 2000 in html


def test_missing_answers_do_not_stop_and_wrong_ones_can_wait(client, address):
    assert client.post(address, posted(client, address)).url == step(address, "quand-ou")
    data = posted(client, address, link="pas un lien", go="besoins")
    assert client.post(address, data).url == step(address, "besoins")
    html = text(client.get(step(address, "relecture")))
    assert "À corriger" in html
    assert "À compléter avant d’envoyer" in html
    assert f'href="{address}?complet=1#field-title"' in html
    html = text(client.get(f"{address}?complet=1"))
    assert 'id="id_title-error"' in html
    assert 'id="id_carrier-1-name-error"' in html


def test_an_error_of_a_date_says_which_date_and_stands_by_its_hour(client, address):
    where = step(address, "quand-ou")
    client.post(where, posted(client, where, **{"add-occurrence": "1"}))
    typed = {"occurrence-2-start": "26/06/2024", "occurrence-2-start_time": "25h"}
    html = text(client.post(where, posted(client, where, **typed), follow=True))
    said = "Date 2, Heure de début – Écrivez l’heure comme 14:00 ou 14 h 30."
    assert f'<a href="#id_occurrence-2-start_time">{said}</a>' in html
    assert 'id="id_occurrence-2-start_time-error"' in html


@pytest.mark.parametrize(("axis", "optional"), [("evenements", False), ("education", True)])
def test_the_first_date_is_said_optional_only_where_it_is(client, call, axis, optional):
    html = text(client.get(step(begin(client, axis), "quand-ou")))
    label = re.search(r'<label for="id_occurrence-1-start">.*?</label>', html)[0]
    assert ("(facultatif)" in label) is optional
    assert "tout ce qui n’est pas marqué « facultatif »" in html


def test_dates_are_added_and_removed_without_script(client, address):
    where = step(address, "quand-ou")
    data = posted(client, where, **{"occurrence-1-start": "26/06/2024", "add-occurrence": "1"})
    data.pop("go")
    assert client.post(where, data).url == f"{where}#id_occurrence-2-start"
    html = text(client.get(where))
    assert 'id="id_occurrence-2-start"' in html
    assert 'value="26/06/2024"' in html
    assert "Date 2" in html
    data = posted(client, where, **{"occurrence-2-start": "09/2024", "occurrence-2-mode": "mixte"})
    assert client.post(where, data).url == step(address, "boussole")
    starts = [block["start"] for block in Draft.objects.get().occurrences]
    assert starts == ["2024-06-26", "2024-09"]
    data = posted(client, where, **{"remove-occurrence-1": "1"})
    client.post(where, data)
    assert [block["start"] for block in Draft.objects.get().occurrences] == ["2024-09"]


def test_hours_of_one_day_and_a_commune_elsewhere_come_back_as_typed(client, address):
    where = step(address, "quand-ou")
    typed = {
        "occurrence-1-start": "26 juin 2024", "occurrence-1-start_time": "17 h 30",
        "occurrence-1-end_time": "19:00", "occurrence-1-commune": "ailleurs",
        "occurrence-1-commune_name": "Laval",
    }  # fmt: skip
    client.post(where, posted(client, where, **typed))
    block = Draft.objects.get().occurrences[0]
    assert (block["start"], block["end"]) == ("2024-06-26T17:30", "2024-06-26T19:00")
    assert (block["commune"], block["commune_name"]) == ("", "Laval")
    again = posted(client, where)
    assert again["occurrence-1-start"] == "26/06/2024"
    assert again["occurrence-1-end"] == ""
    assert again["occurrence-1-end_time"] == "19:00"
    assert again["occurrence-1-commune"] == "ailleurs"
    assert client.post(where, again).url == step(address, "boussole")
    assert Draft.objects.get().occurrences[0] == block


def test_a_date_that_does_not_exist_keeps_what_was_typed(client, address):
    where = step(address, "quand-ou")
    typed = {"occurrence-1-start": "31/02/2024", "occurrence-1-start_time": "vers midi"}
    html = text(client.post(where, posted(client, where, **typed), follow=True))
    assert 'value="31/02/2024"' in html
    assert 'value="vers midi"' in html
    assert 'href="#id_occurrence-1-start"' in html


def test_several_carriers(client, address):
    first = {"carrier-1-name": "Les Ateliers", "carrier-1-kind": "association"}
    client.post(address, posted(client, address, **first, **{"add-carrier": "1"}))
    second = {"carrier-2-name": "La Fabrique", "carrier-2-kind": "company"}
    client.post(address, posted(client, address, **second))
    names = [block["name"] for block in Draft.objects.get().carriers]
    assert names == ["Les Ateliers", "La Fabrique"]
    assert posted(client, address)["carrier-2-role"] == "partner"


def test_an_answer_that_opens_a_question_of_the_page_shows_it_first(client, call):
    where = step(begin(client, "education"), "besoins")
    data = posted(client, where, resources_sought="yes")
    answer = client.post(where, data)
    assert answer.url == f"{where}?suite=1#field-resources_sought_details"
    html = text(client.get(answer.url))
    assert 'name="resources_sought_details"' in html
    assert "en appelle une autre" in html
    assert client.post(where, posted(client, where)).url == step(where, "relecture").replace(
        "besoins", "relecture"
    )


def test_autosave_tells_when_and_that_nothing_is_sent(client, address):
    data = posted(client, address, title="Café")
    saved = client.post(f"{address}enregistrer/", data).json()
    assert saved["saves"] == 1
    assert "pas encore envoyé" in saved["message"]
    data["seen_saves"] = saved["saves"]
    assert client.post(f"{address}enregistrer/", {**data, "title": "Café IA"}).json()["saves"] == 2
    stale = client.post(f"{address}enregistrer/", {**data, "title": "Autre"})
    assert stale.status_code == 409
    assert "Rien n’est perdu" in stale.json()["message"]
    assert Draft.objects.get().values["title"] == "Café IA"
    assert client.get(f"{address}enregistrer/").status_code == 405


def test_a_step_that_the_call_does_not_have_is_not_found(client, address):
    assert client.get(step(address, "inconnue")).status_code == 404


def test_questions_that_the_page_did_not_show_are_left_alone(client, address):
    client.post(address, posted(client, address, title="Café IA", audiences=["tous-publics"]))
    forged = {"shown": "title", "title": "B", "access": "payant", "seen_saves": "1"}
    client.post(address, forged)
    values = Draft.objects.get().values
    assert values["title"] == "B"
    assert values["access"] != "payant"


@pytest.mark.parametrize("key", ["presentation", "quand-ou", "boussole", "besoins"])
@pytest.mark.parametrize("many", [1, 3])
def test_a_step_costs_the_same_whatever_is_in_it(
    client, address, many, key, django_assert_num_queries
):
    blocks = [{"start": "2024-06", "uid": ""}] * many
    carriers = [{"name": f"A{n}", "kind": "association"} for n in range(many)]
    Draft.objects.update(occurrences=blocks, carriers=carriers, saves=1)
    where = step(address, key)
    client.get(where)
    with django_assert_num_queries(2):
        client.get(where)
    data = posted(client, where, title="A", contact_name="B", duration="C", approach="societale")
    with django_assert_num_queries(7 if key == "presentation" else 6):  # the title is the draft's
        assert client.post(f"{where}enregistrer/", data).status_code == 200


@pytest.fixture
def with_a_file(call):
    """The first axis asks for a file too."""
    axis = call.axes.get(key="evenements")
    questionnaire = Questionnaire.objects.get(pk=axis.questionnaire_id)
    names = QuestionSpec.__dataclass_fields__
    last = Question.objects.filter(revision=questionnaire.revisions.last())
    specs = [QuestionSpec(**{name: getattr(q, name) for name in names}) for q in last]
    poster = QuestionSpec("poster", "file", "presentation", {"fr": "Affiche"}, options={"max": 2})
    publish_revision(questionnaire_key=questionnaire.key, specs=[*specs, poster], now=IN_JUNE)


def upload(name="affiche.txt", content=b"Une affiche en texte."):
    return SimpleUploadedFile(name, content, content_type="text/plain")


def test_a_file_is_kept_at_once_and_one_that_lies_is_refused_with_the_reason(
    client, call, with_a_file
):
    address = begin(client)
    data = posted(
        client, address, title="Café IA", **{"poster--upload": upload("a.csv", b"a;b\n1;2\n")}
    )
    assert client.post(address, data).url == step(address, "quand-ou")
    attachment = Attachment.objects.get()
    draft = Draft.objects.get()
    assert draft.values["poster"] == [attachment.public_id]
    assert attachment.owner == f"initiative:{draft.initiative.public_id}"
    lie = upload("photo.png", b"<html><script>alert(1)</script></html>")
    answer = client.post(address, posted(client, address, **{"poster--upload": lie}))
    assert answer.status_code == 422
    html = text(answer)
    assert "<title>Erreur –" in html
    assert 'id="id_poster-error"' in html
    assert "a.csv" in html
    assert json.dumps(Draft.objects.get().values["poster"]) == json.dumps([attachment.public_id])
    client.post(address, posted(client, address, **{"poster--remove": attachment.public_id}))
    assert Draft.objects.get().values["poster"] == []
