"""French is written in the code; English is whole, and the compiled file is the written one."""

import contextlib
import re
import string

import polib
import pytest
from django.utils import translation
from django.utils.translation import ngettext

from tests import messages
from tests.architecture import house

PO = polib.pofile(str(messages.PO))


@pytest.fixture(scope="module")
def extracted() -> polib.POFile:
    return messages.extract()


def test_every_message_is_in_the_catalogue(extracted):
    known = {(entry.msgctxt, entry.msgid) for entry in PO if not entry.obsolete}
    missing = [e.msgid for e in extracted if (e.msgctxt, e.msgid) not in known]
    assert not missing, "make messages, then translate"


def test_no_message_of_the_past_remains(extracted):
    alive = {(entry.msgctxt, entry.msgid) for entry in extracted}
    assert not [e.msgid for e in PO if e.obsolete or (e.msgctxt, e.msgid) not in alive]


def test_every_message_is_translated():
    assert not [e.msgid for e in PO if not e.translated() or e.fuzzy]


def placeholders(text: str) -> set[str]:
    named = set(re.findall(r"%\((\w+)\)[sd]", text))
    with contextlib.suppress(ValueError):  # a lone brace: no placeholder
        named |= {field for _, field, _, _ in string.Formatter().parse(text) if field}
    return named


def test_translations_keep_the_placeholders():
    changed = []
    for entry in PO:
        source = placeholders(entry.msgid) | placeholders(entry.msgid_plural)
        texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        # « une initiative » may leave out its number; the plural may not.
        if set.union(*map(placeholders, texts)) != source:
            changed.append(entry.msgid)
    assert not changed


@pytest.mark.parametrize("path", [messages.PO, messages.FRENCH], ids=["English", "French"])
def test_the_compiled_file_is_the_written_one(path):
    def said(catalogue: polib.POFile) -> dict:
        return {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in catalogue}

    assert said(polib.mofile(str(path.with_suffix(".mo")))) == said(polib.pofile(str(path)))


def test_french_holds_every_plural():
    french = {e.msgid for e in polib.pofile(str(messages.FRENCH))}
    assert french == {e.msgid for e in PO if e.msgid_plural}


@pytest.mark.parametrize(
    ("language", "many", "said"),
    [("fr", 0, "0 initiative labellisée"), ("fr", 1, "1 initiative labellisée"),
     ("fr", 2, "2 initiatives labellisées"), ("en", 0, "0 labelled initiatives"),
     ("en", 1, "1 labelled initiative")],
)  # fmt: skip
def test_nothing_is_singular_in_french_and_plural_in_english(language, many, said):
    with translation.override(language):
        words = ngettext("%(n)s initiative labellisée", "%(n)s initiatives labellisées", many)
    assert words % {"n": many} == said


def test_french_typography():
    """Typographic apostrophe; a narrow space before ; ! ? and inside « »; a space before `:`."""
    wrong = [
        e.msgid
        for e in PO
        if re.search(r"\w'\w| [;!?»]|« |\w[;!?](?:\s|$)|[^\s\u00a0]:(?:\s|$)", plain(e.msgid))
        or re.search(r" :(?!/)", plain(e.msgid))
    ]
    assert not wrong


def plain(text: str) -> str:
    """The words a person reads: without tags, addresses and placeholders."""
    return re.sub(r"<[^>]*>|https?://\S+|&\w+;|%\(\w+\)[sd]|\{\w*\}", "x", text)


def test_screens_are_written_in_french_in_the_code():
    """Every msgid is French: an English word that slipped in is one that nobody translates."""
    english = re.compile(r"\b(the|your|please|with|must|should|cannot|required)\b", re.I)
    assert not [e.msgid for e in PO if english.search(e.msgid)]
    assert house.GABARE / "locale/en/LC_MESSAGES/django.po" == messages.PO
