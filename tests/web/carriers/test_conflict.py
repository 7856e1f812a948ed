"""Two tabs on one draft: the older save is refused, both versions are shown, nothing is lost."""

import re

import pytest

from gabare.initiatives.models import Draft
from tests.initiatives.given import the_call
from tests.web.carriers.given import at, begin, posted

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client, settings):
    at(settings)
    the_call()
    return begin(client)


def hidden_fields(html: str) -> dict[str, list[str]]:
    form = html[html.index('name="resolve"') - 30 :]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form):
        fields.setdefault(name, []).append(value)
    return fields


def two_tabs(client, address, **typed):
    late = posted(client, address)
    first = {"title": "Premier onglet", "access": "gratuit"}
    assert client.post(address, {**posted(client, address), **first}).status_code == 302
    answer = client.post(address, {**late, "title": "Second onglet", "access": "payant", **typed})
    assert answer.status_code == 409
    return answer.content.decode()


def test_the_older_save_is_refused_with_both_versions_side_by_side(client, address):
    html = two_tabs(client, address)
    assert "<title>Erreur –" in html
    assert "Premier onglet" in html
    assert "Second onglet" in html
    assert html.count("<fieldset") == 2
    assert "Gratuit" in html
    assert "Payant" in html
    assert 'value="typed" aria-describedby="typed-title"' in html
    assert '<blockquote id="typed-title">Second onglet' in html
    assert Draft.objects.get().values["title"] == "Premier onglet"


def test_each_field_is_chosen_apart_and_the_rest_is_kept(client, address):
    html = two_tabs(client, address, summary="Écrit seulement ici.")
    fields = hidden_fields(html)
    choices = {"choose-title": "kept", "choose-access": "typed", "choose-summary": "typed"}
    answer = client.post(address, {**fields, **choices})
    assert answer.url == address
    values = Draft.objects.get().values
    assert values["title"] == "Premier onglet"
    assert values["access"] == "payant"
    assert values["summary"] == "Écrit seulement ici."


def test_a_draft_that_changed_again_meanwhile_asks_again(client, address):
    fields = hidden_fields(two_tabs(client, address))
    client.post(address, posted(client, address, title="Troisième onglet"))
    answer = client.post(address, {**fields, "choose-title": "typed"})
    assert answer.status_code == 409
    assert "Troisième onglet" in answer.content.decode()


def test_dates_are_compared_as_a_whole(client, address):
    where = address.replace("presentation", "quand-ou")
    late = posted(client, where)
    client.post(where, posted(client, where, **{"occurrence-1-start": "26/06/2024"}))
    answer = client.post(where, {**late, "occurrence-1-start": "31/02/2024"})
    html = answer.content.decode().replace("\u00a0", " ")
    assert answer.status_code == 409
    assert "mercredi 26 juin 2024" in html
    assert "31/02/2024" in html
    client.post(where, {**hidden_fields(answer.content.decode()), "choose-occurrences": "kept"})
    assert Draft.objects.get().occurrences[0]["start"] == "2024-06-26"


def test_wrong_answers_and_markup_are_shown_as_typed(client, address):
    html = two_tabs(client, address, link="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html
    client.post(address, {**hidden_fields(html), "choose-link": "kept"})
    assert not Draft.objects.get().values["link"]


def test_a_late_save_of_the_same_words_is_no_conflict(client, address):
    late = posted(client, address)
    client.post(address, posted(client, address, title="Pareil"))
    assert client.post(address, {**late, "title": "Pareil"}).status_code == 302
