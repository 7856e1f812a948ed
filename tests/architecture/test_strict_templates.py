"""The guard against undefined variables, itself put to the test."""

import pytest
from django.template import Context, Engine, Origin, Template

from tests.strict_templates import GABARE

HERE = Origin(f"{GABARE}/web/visitors/templates/visitors/example.html")


def rendered(source: str, origin=HERE, **context: object) -> str:
    return Template(source, origin=origin, engine=Engine.get_default()).render(Context(context))


@pytest.mark.parametrize(
    "source",
    ["{{ nothing }}", "{{ page.nothing }}", "{% for x in nothing %}{% endfor %}",
     "{% with a=nothing %}{% endwith %}", "{{ page.title|add:nothing }}", "{{ nothing|upper }}"],
)  # fmt: skip
def test_an_undefined_variable_of_ours_fails(source):
    with pytest.raises(pytest.fail.Exception, match="undefined"):
        rendered(source, page={"title": "Agenda"})


@pytest.mark.parametrize(
    ("source", "shown"),
    [("{% if nothing %}a{% else %}b{% endif %}", "b"), ("{{ nothing|default:'c' }}", "c"),
     ("{{ page.title }}", "Agenda")],
)  # fmt: skip
def test_what_is_said_to_be_optional_does_not(source, shown):
    assert rendered(source, page={"title": "Agenda"}) == shown


def test_a_library_keeps_its_own_behaviour():
    assert rendered("[{{ nothing }}]", origin=Origin("wagtail/example.html")) == "[]"
