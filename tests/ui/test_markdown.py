import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.ui.markdown import render


def test_headings_go_under_the_page_s_own():
    assert render("# Un\n\n## Deux") == "<h2>Un</h2>\n<h3>Deux</h3>"
    assert render("# Un", 2) == "<h3>Un</h3>"
    assert render("###### Six", 3) == "<h4>Six</h4>"


def test_a_text_that_begins_lower_leaves_no_gap():
    assert render("## Un\n\n### Deux\n\n## Trois") == ("<h2>Un</h2>\n<h3>Deux</h3>\n<h2>Trois</h2>")
    assert render("# A\n\n## B\n\n### C\n\n#### D", 4).endswith("<h6>D</h6>")


def test_typed_markup_is_shown_as_text():
    html = render("<script>alert(1)</script> <b>gras</b>\n\n<div onclick=x>bloc</div>")
    assert "<script" not in html
    assert "&lt;b&gt;gras&lt;/b&gt;" in html
    assert "<div" not in html


def test_links_that_leave_say_so_and_ours_do_not():
    html = render("[dehors](https://example.org/) [dedans](/appel/) [nous](mailto:a@example.org)")
    assert 'href="https://example.org/" rel="external noopener nofollow"' in html
    assert '<a href="/appel/">dedans</a>' in html
    assert '<a href="mailto:a@example.org">nous</a>' in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_an_address_that_runs_is_dropped(address):
    assert "href" not in render(f"[x]({address})")


@pytest.mark.parametrize("text", ["[x](http://[bad)", "<http://[::1>", "[x](//[x)"])
def test_a_broken_address_breaks_nothing(text):
    assert render(text).startswith("<p>")


def test_images_never_pass():
    assert "<img" not in render("![suivi](https://example.org/pixel.gif)")


def test_tables_have_headers():
    assert '<th scope="col">a</th>' in render("|a|b|\n|-|-:|\n|1|2|")


@given(st.text(alphabet=st.sampled_from(list("<>&\"'()[]!`*_#-=|: \n/abjscript")), max_size=80))
def test_nothing_but_allowed_tags_comes_out(text):
    allowed = "p|br|hr|strong|em|blockquote|code|pre|a|ul|ol|li|h[2-6]|table|thead|tbody|tr|th|td"
    assert all(re.fullmatch(allowed, tag) for tag in re.findall(r"</?([a-z0-9]+)", render(text)))
    assert not re.search(r"<[^>]*\son\w+=", render(text))
