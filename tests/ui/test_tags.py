from datetime import UTC, date, datetime

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.template import Context, Template
from django.template.loader import render_to_string
from django.utils import translation

from gabare.ui.rose import Petal


def rendered(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "shown"), [("fr", "Qui\u202f?"), ("en", "Who?"), ("es", "Qui ?")]
)
def test_localised_text_takes_the_page_s_language_and_its_typography(language, shown):
    with translation.override(language):
        assert rendered("{{ t|localised }}", t={"fr": "Qui ?", "en": "Who?"}) == shown


def test_localised_text_is_escaped():
    assert "<b>" not in rendered("{{ t|localised }}", t={"fr": "<b>"})
    assert rendered("{{ t|localised }}", t=None) == ""


def test_markdown_takes_a_localised_text_and_a_shift():
    assert rendered("{{ t|markdown:2 }}", t={"fr": "# Un ?"}) == "<h3>Un\u202f?</h3>"


def test_dates_in_a_template():
    moment = datetime(2024, 6, 18, 22, 30, tzinfo=UTC)  # already the 19th in Paris
    assert rendered("{{ d|long_date }}", d=moment) == "19\u00a0juin\u00a02024"
    assert rendered("{{ d|day_month }}", d=date(2024, 6, 1)) == "1er\u00a0juin"
    assert rendered("{{ d|month_year }}", d=date(2024, 6, 1)) == "juin\u00a02024"
    assert rendered("{{ d|full_date }}", d=date(2024, 6, 18)).startswith("mardi")
    assert rendered("{{ d|long_date }}{{ d|day_month }}", d=None) == ""
    assert rendered('{% when a b "month" %}', a=date(2024, 6, 1), b=None) == "juin\u00a02024"


def test_a_rose_and_its_parts_in_a_template():
    petals = [Petal("1", "Un", "#0f5f8c", lit=True)]
    assert 'aria-label="Critères éclairés\u00a0: 1 Un"' in rendered("{% rose p %}", p=petals)
    assert 'class="rose large" aria-hidden' in rendered(
        '{% rose p size="large" label="" %}', p=petals
    )
    assert rendered('{% badge "3" "#b0413e" %}').count("<text") == 1
    assert 'color="#b0413e"' in rendered('{% dot "#b0413e" %}')


@pytest.mark.parametrize(
    ("path", "current"),
    [("/appel/", ' aria-current="page"'), ("/appel/x/", ' aria-current="true"'), ("/aide/", "")],
)
def test_the_menu_marks_where_one_is(rf, path, current):
    link = rendered('{% nav_link "visitors:call" "L’appel" %}', request=rf.get(path))
    assert link == f'<a href="/appel/"{current}>L’appel</a>'


def test_a_page_without_translation_leads_to_the_other_home(rf):
    request = rf.get("/sans-traduction-connue/x/y/")
    assert rendered("{% same_page 'en' %}", request=request) == "/en/"


def test_filters_are_kept_from_a_language_to_the_other(rf):
    request = rf.get("/agenda/?q=eau&axe=recherche")
    assert (
        rendered("{% same_page 'en' %}", request=request) == "/en/agenda/?q=eau&amp;axe=recherche"
    )


def test_the_error_summary_leads_to_each_field():
    html = render_to_string("ui/error_summary.html", {"errors": [("id_title", "Le titre manque.")]})
    assert 'id="error-summary" tabindex="-1" role="alert" autofocus' in html
    assert '<a href="#id_title">Le titre manque.</a>' in html
    assert render_to_string("ui/error_summary.html", {"errors": []}).strip() == ""


def test_messages_are_told_to_assistive_tools():
    messages = [Message(constants.SUCCESS, "Envoyé <b>")]
    html = render_to_string("ui/messages.html", {"messages": messages})
    assert 'role="status"' in html
    assert "Envoyé &lt;b&gt;" in html
