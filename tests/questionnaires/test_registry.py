"""A kind lives in one module, one template and one line of the registry: nowhere else."""

import importlib
import json
import re
import tomllib
from pathlib import Path

import pytest
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from gabare.questionnaires import display, export, kinds, queries, reading, rendering
from gabare.questionnaires.answers import Refused
from gabare.questionnaires.kinds import REGISTRY
from gabare.questionnaires.kinds.base import Kind
from gabare.questionnaires.operations import publish_revision
from gabare.questionnaires.options import whole
from gabare.questionnaires.specs import check_specs
from gabare.questionnaires.templatetags.questionnaires import field
from gabare.questionnaires.validators import check_answers
from tests.questionnaires.given import NOW, facts, question

FOLDER = Path(kinds.__file__).parent
ROOM = FOLDER.parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in ("__init__", "base"))
TEMPLATES = ROOM / "templates" / "questionnaires" / "kinds"

ASKED_BY_THE_CALL = {
    "short_text", "long_text", "single_choice", "multiple_choice", "yes_no", "whole_number",
    "date", "date_range", "link", "email", "phone", "file", "commune", "place", "organisation",
    "criteria", "explanation",
}  # fmt: skip


def test_every_kind_is_there():
    assert set(REGISTRY) == ASKED_BY_THE_CALL


@pytest.mark.parametrize("name", MODULES)
def test_a_module_holds_one_kind_of_its_name(name):
    module = importlib.import_module(f"gabare.questionnaires.kinds.{name}")
    here = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Kind) and each.__module__ == module.__name__
    ]
    assert [each.key for each in here] == [name]
    assert type(REGISTRY[name]) is here[0]
    assert (TEMPLATES / f"{name}.html").exists()


def test_no_module_and_no_template_is_left_over():
    assert sorted(REGISTRY) == MODULES
    assert sorted(REGISTRY) == sorted(path.stem for path in TEMPLATES.glob("*.html"))


def test_nothing_else_in_the_room_names_a_kind():
    """A branch on a kind's name outside of its module is how one kind becomes thirty files."""
    named_kinds = "|".join(REGISTRY)
    quoted = re.compile(rf"""kind\w* (?:==|!=|in) .*["']({named_kinds})["']""")
    others = [path for path in ROOM.rglob("*.py") if path.parent != FOLDER]
    named = [path.name for path in others if quoted.search(path.read_text())]
    assert named == []


@pytest.mark.parametrize("name", MODULES)
def test_options_are_documented_and_their_examples_are_right(name):
    for option in REGISTRY[name].options:
        assert option.about.endswith(".")
        example = option.example.split(" | ")[0].replace("…", "x")
        value = tomllib.loads(example)[option.name]
        assert option.problem(value) is None, example
    json.dumps(export.package_schema()[name])


class Stars(Kind):
    """A kind that nobody thought of: one to five."""

    key = "stars"
    name = "Étoiles"
    options = (whole("max", "Most stars.", lowest=1, highest=10),)

    def clean(self, question, raw, _facts):
        if str(raw).count("*") != len(str(raw)) and not isinstance(raw, int):
            raise Refused("Écrivez des étoiles.")
        count = raw if isinstance(raw, int) else len(raw)
        if count > question.options.get("max", 5):
            raise Refused("Trop d’étoiles.")
        return count


@pytest.mark.django_db
def test_a_new_kind_needs_its_module_its_template_and_its_line(monkeypatch, settings, tmp_path):
    folder = tmp_path / "questionnaires" / "kinds"
    folder.mkdir(parents=True)
    (folder / "stars.html").write_text(
        '{% extends "questionnaires/field.html" %}{% block control %}'
        '<input id="{{ field.id }}" name="{{ field.name }}" value="{{ field.widget.value }}">'
        "{% endblock %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    monkeypatch.setitem(REGISTRY, "stars", Stars())

    spec = question("stars", options={"max": 3})
    assert check_specs([spec]) == []
    assert check_specs([question("stars", options={"max": 99})])[0].field == "options.max"
    revision = publish_revision(questionnaire_key="q", specs=[spec], now=NOW)
    asked = queries.questions_of(revision)
    raw = reading.read_answers(asked, QueryDict("stars=**"), MultiValueDict())
    assert check_answers(asked, raw, facts(), final=True).values == {"stars": 2}
    errors = check_answers(asked, {"stars": "****"}, facts(), final=True).errors
    (each,) = rendering.fields(asked, {"stars": "****"}, errors, facts())
    assert 'value="****"' in field(each)
    assert "Trop d’étoiles." in field(each)
    (shown,) = display.shown_answers(asked, {"stars": 2}, facts(), visibilities=["public"])
    assert shown.text == "2"
    assert export.cells(asked[0], 2) == ["2"]
    assert "max" in export.package_schema()["stars"]["properties"]
