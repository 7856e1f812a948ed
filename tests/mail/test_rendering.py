"""Letters in words: what someone else wrote is never markup, a link, or a header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.mail import rendering
from gabare.mail.placeholders import Placeholder, UnknownPlaceholder

OURS = Placeholder("link", "adresse", trusted=True, sample="https://exemple.org/")
THEIRS = Placeholder("title", "titre", trusted=False, sample="Un titre")
BOTH = {"link": OURS, "title": THEIRS}


def render(body="", subject="Objet", **values):
    return rendering.render(
        subject=subject, body=body, placeholders=BOTH, values=values, language="fr"
    )


def test_paragraphs_lists_strong_and_links():
    letter = render(
        "Bonjour,\nmerci.\n\n- **un**\n- deux\n\nVoir [la page]({link}).", link="https://a.fr/x"
    )
    assert letter.text == "Bonjour,\nmerci.\n\n- un\n- deux\n\nVoir la page <https://a.fr/x>.\n"
    assert "<p>Bonjour,<br>merci.</p>" in letter.html
    assert "<ul><li><strong>un</strong></li><li>deux</li></ul>" in letter.html
    assert 'Voir <a href="https://a.fr/x">la page</a>.' in letter.html


def test_a_trusted_address_alone_is_a_link_and_an_untrusted_one_is_text():
    letter = render("{link}\n\n{title}", link="https://a.fr/", title="https://piege.example/")
    assert '<a href="https://a.fr/">' in letter.html
    assert "<p>https://piege.example/</p>" in letter.html


def test_markup_in_a_value_stays_text():
    letter = render("{title}", title="<b>x</b> **y** [z](https://z.example) {link}")
    assert "&lt;b&gt;x&lt;/b&gt; **y** [z](https://z.example) {link}" in letter.html
    assert letter.text == "<b>x</b> **y** [z](https://z.example) {link}\n"


def test_an_untrusted_value_cannot_be_the_address_of_a_link():
    with pytest.raises(UnknownPlaceholder):
        render("[ici]({title})", title="https://piege.example/")


def test_a_trusted_value_that_is_not_an_address_cannot_be_one():
    with pytest.raises(UnknownPlaceholder):
        render("[ici]({link})", link="javascript:alert(1)")


def test_the_subject_stays_on_one_line():
    letter = render("x", subject="Re: {title}", title="a\r\nBcc: victime@example.org\x00")
    assert letter.subject == "Re: a Bcc: victime@example.org"


def test_marks_that_reverse_the_reading_order_are_dropped():
    assert render("{title}", title="a\u202eb\u2066c").text == "abc\n"


def test_a_line_with_an_empty_value_alone_goes_away():
    letter = render("Avant\n\n{title}\n\nAprès", title="")
    assert letter.text == "Avant\n\nAprès\n"
    assert letter.html.count("<p>") == 2


def test_a_list_is_one_item_a_line():
    assert render("{title}", title=["un", "deux"]).text == "un\ndeux\n"


@pytest.mark.parametrize("name", ["inconnu", "link"])
def test_a_name_not_promised_or_not_given_is_refused(name):
    with pytest.raises(UnknownPlaceholder):
        render(f"{{{name}}}", title="x")


def test_braces_that_are_no_name_are_text():
    assert render("{ceci n’est pas un nom} {}").text == "{ceci n’est pas un nom} {}\n"


@given(st.text())
def test_no_value_opens_a_tag_or_a_header(value):
    letter = render("Titre : {title}", subject="{title} reçu", title=value)
    inside = letter.html.split("Titre : ", 1)[1].split("</p>", 1)[0]
    assert "<" not in inside.replace("<br>", "")
    assert "\n" not in letter.subject
    assert len(letter.subject) <= 250
