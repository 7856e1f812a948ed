"""The fields as a page shows them: valid, labelled, tied to their help and their errors."""

import shutil
import subprocess
from html import escape
from pathlib import Path

import html5lib
import pytest
from django.template import Context, Template
from django.utils.translation import override

from gabare.questionnaires import rendering
from gabare.questionnaires.facts import Choice
from gabare.questionnaires.kinds import REGISTRY
from gabare.questionnaires.templatetags.questionnaires import field
from tests.questionnaires.given import VALUES, facts, one_of_each, question

PAGE = '<!DOCTYPE html><html lang="fr"><head><title>x</title></head><body><form>{}</form></body>'
CONTROLS = ("input", "select", "textarea")
ERRORS = {kind: "Ce n’est pas <cela>." for kind in REGISTRY if kind != "explanation"}


def page(raw, errors, *, visibility="team", required=False):
    """Two forms of every kind on one page, as two occurrences would be."""
    asked = [
        question(kind, visibility=visibility, help={"fr": "Une aide."}, required=required)
        if REGISTRY[kind].stores
        else question(kind)
        for kind in REGISTRY
    ]
    html = "".join(
        field(each)
        for prefix in ("", "o1-")
        for each in rendering.fields(asked, raw, errors, facts(), prefix=prefix)
    )
    return PAGE.format(html)


STATES = [
    pytest.param({}, {}, False, id="empty"),
    pytest.param({}, {}, True, id="empty-required"),
    pytest.param(VALUES, {}, False, id="answered"),
    pytest.param(dict.fromkeys(REGISTRY, "<b>'\""), ERRORS, False, id="wrong"),
]


@pytest.mark.parametrize(("raw", "errors", "required"), STATES)
def test_the_page_parses_without_an_error(raw, errors, required):
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    parser.parse(page(raw, errors, required=required))


@pytest.mark.parametrize(("raw", "errors", "required"), STATES)
def test_every_control_has_one_label_and_real_descriptions(raw, errors, required):
    tree = html5lib.parse(page(raw, errors, required=required), namespaceHTMLElements=False)
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    labels = [node.get("for") for node in tree.iter("label")]
    for node in tree.iter():
        for described in (node.get("aria-describedby") or "").split():
            assert described in ids
        if node.tag in CONTROLS and node.get("type") != "hidden":
            assert labels.count(node.get("id")) == 1, node.attrib
        for attribute in node.attrib:
            assert attribute != "style"
            assert not attribute.startswith("on")
    for fieldset in tree.iter("fieldset"):
        assert fieldset[0].tag == "legend"


def test_every_field_can_be_reached_from_the_summary_of_errors():
    raw, ids = {}, set()
    fields = rendering.fields(one_of_each(), raw, ERRORS, facts())
    for each in fields:
        tree = html5lib.parseFragment(field(each), namespaceHTMLElements=False)
        ids |= {node.get("id") for node in tree.iter()}
        if each.error:
            (target,) = (node for node in tree.iter() if node.get("id") == each.id)
            assert target.tag in CONTROLS
            assert f'id="{each.id}-error"' in field(each)
            assert escape("<cela>") in field(each)
    assert {each.id for each in fields} <= ids


def test_the_pattern_of_a_field_is_the_house_one():
    asked = question("short_text", help={"fr": "Aide"}, options={})
    (each,) = rendering.fields([asked], {"short_text": "a & b"}, {"short_text": "Non"}, facts())
    html = " ".join(field(each).split())
    assert '<div class="field" id="field-short_text">' in html
    assert '<label for="id_short_text">Question short_text <span class="optional">' in html
    assert '<p class="hint" id="id_short_text-hint">Aide</p>' in html
    assert (
        '<input type="text" id="id_short_text" name="short_text" value="a &amp; b" '
        'aria-describedby="id_short_text-hint id_short_text-error" aria-invalid="true">'
    ) in html
    assert '<p class="error" id="id_short_text-error">Non</p>' in html
    assert html.index("hint") < html.index("<input") < html.index('class="error"')


@pytest.mark.parametrize(
    ("kind", "attribute"),
    [
        ("email", 'autocomplete="email"'),
        ("email", 'inputmode="email"'),
        ("phone", 'autocomplete="tel"'),
        ("link", 'inputmode="url"'),
        ("whole_number", 'inputmode="numeric"'),
        ("organisation", 'autocomplete="organization"'),
        ("short_text", 'autocomplete="name"'),
        ("file", 'accept=".pdf,'),
    ],
)
def test_a_browser_is_told_what_to_offer(kind, attribute):
    (each,) = rendering.fields([question(kind)], {}, {}, facts())
    assert attribute in field(each)


def test_a_long_text_of_nothing_but_lines_keeps_its_first_one():
    (each,) = rendering.fields([question("long_text")], {"long_text": "\n\nx"}, {}, facts())
    assert (
        html5lib.parseFragment(field(each), namespaceHTMLElements=False)
        .find(".//textarea")
        .text.endswith("\n\nx")
    )


def test_the_maximum_is_said_in_words_and_the_count_left_to_the_script():
    asked = question("long_text", options={"max": 1000})
    (each,) = rendering.fields([asked], {"long_text": "x" * 1234}, {}, facts())
    html = field(each)
    assert "1\u202f000 caractères au maximum." in html
    assert 'data-count="id_long_text" data-max="1000" data-left="Caractères restants' in html
    assert "></span></p>" in html  # a count that nothing keeps true is not shown


def test_a_yes_or_no_can_go_back_to_silence_where_it_is_optional():
    for required, present in ((False, True), (True, False)):
        (each,) = rendering.fields([question("yes_no", required=required)], {}, {}, facts())
        assert ("Sans réponse" in field(each)) is present
        assert field(each).count(" checked") == present


def test_twenty_four_communes_and_one_that_is_no_longer_there():
    communes = [Choice(f"44{n:03}", {"fr": f"Commune {n}"}) for n in range(24)]
    here = facts(choices={"communes": communes})
    (each,) = rendering.fields([question("commune", options={})], {"commune": "75056"}, {}, here)
    assert field(each).count("<option") == 1 + 24 + 1
    assert '<option value="75056" selected>' in field(each)


def test_criteria_are_boxes_with_number_colour_and_a_text_each():
    (each,) = rendering.fields([question("criteria")], {"criteria": {"law": "ici"}}, {}, facts())
    html = field(each)
    assert html.count('type="checkbox"') == html.count("<textarea") == 3
    assert html.count(" checked") == 1
    assert "#0f5f8c" in html
    assert "National et européen" in html


def test_a_compass_of_five_in_another_language():
    here = facts(
        language="en",
        choices={"criteria": [Choice(f"c{n}", {"en": f"Criterion {n}"}) for n in range(5)]},
    )
    (each,) = rendering.fields([question("criteria")], {}, {}, here)
    with override("en"):
        assert field(each).count("Criterion") == 10  # its name, and again for its explanation


def test_the_tag_draws_a_field_in_a_page():
    (each,) = rendering.fields([question("email")], {}, {}, facts())
    drawn = Template("{% load questionnaires %}{% field f %}").render(Context({"f": each}))
    assert drawn == field(each)


def test_only_questions_asked_have_a_field():
    asked = [question("yes_no"), question("link", condition={"axis": "research"})]
    assert [each.key for each in rendering.fields(asked, {}, {}, facts())] == ["yes_no"]


def test_the_counter_script_is_light_and_right():
    script = Path("gabare/questionnaires/static/questionnaires/counter.js")
    assert len(script.read_bytes()) < 2048
    if shutil.which("node"):
        subprocess.run(["node", "--check", script], check=True)
