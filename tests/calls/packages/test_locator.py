import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gabare.calls.packages.locator import line_at, lines_of

SOURCE = '''# a comment with "quotes" and [brackets]
key = "a"
title.fr = "un # n'est pas un commentaire"
"quoted key" = 'x = 3'
text = """
first line
[not.a.table]
second line"""
raw = \'\'\'
= [[neither]] \'\'\'

[team]  # here
key = "t"

[[waves]]
key = "one"
rounds = [1, # one
  { key = "x", at = 2024-01-01 },
]

[[waves.rounds]]
key = "r1"

[[waves]]
key = "two"

[[waves.rounds]]
key = "r2"
[[waves.rounds]]
key = "r3"
'''.replace("rounds = [1, # one\n  { key", "listed = [1, # one\n  { key")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("key",), 2),
        (("title", "fr"), 3),
        (("quoted key",), 4),
        (("text",), 5),
        (("raw",), 9),
        (("team",), 12),
        (("team", "key"), 13),
        (("waves", 0), 15),
        (("waves", 0, "key"), 16),
        (("waves", 0, "listed", 0), 17),
        (("waves", 0, "listed", 1, "at"), 18),
        (("waves", 0, "rounds", 0, "key"), 22),
        (("waves", 1, "key"), 25),
        (("waves", 1, "rounds", 0), 27),
        (("waves", 1, "rounds", 1, "key"), 30),
    ],
)
def test_each_key_is_found_on_its_line(path, line):
    assert line_at(lines_of(SOURCE), path) == line


def test_what_is_absent_is_shown_where_it_should_be():
    assert line_at(lines_of(SOURCE), ("waves", 1, "closes_on")) == 24
    assert line_at(lines_of(SOURCE), ("nothing",)) == 1


@given(st.text())
def test_any_text_ends(text):
    assert lines_of(text)[()] == 1


values = st.recursive(
    st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), values, min_size=1))
def test_every_path_of_a_written_document_is_found(document):
    from gabare.calls.packages.toml import key_of, value_of  # noqa: PLC0415

    text = "".join(f"{key_of(key)} = {value_of(value)}\n" for key, value in document.items())
    assert tomllib.loads(text) == document
    lines = lines_of(text)
    assert all((key,) in lines for key in document)
    assert set(lines) == {(), *paths_of(document)}


def paths_of(value, path=()):
    members = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, member in members:
        yield (*path, key)
        yield from paths_of(member, (*path, key))
