from dataclasses import replace

import pytest

from gabare.calls.packages import shapes
from gabare.calls.packages.inheritance import resolve, shorten
from gabare.calls.packages.reading import read_package
from gabare.calls.packages.toml import text_of
from gabare.calls.packages.writing import files_of, write_package
from tests.calls.given import FIRST, TINY


def bytes_of(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("package", [FIRST, TINY], ids=["first", "tiny"])
def test_a_package_is_kept_in_its_canonical_form(package):
    written = {name: text.encode() for name, text in files_of(read_package(package)).items()}
    assert written == bytes_of(package)


def test_writing_over_another_package_leaves_nothing_of_it(tmp_path):
    write_package(read_package(FIRST), tmp_path)
    (tmp_path / "README").write_text("not ours")
    write_package(read_package(TINY), tmp_path)
    (tmp_path / "README").unlink()
    assert bytes_of(tmp_path) == bytes_of(TINY)


@pytest.mark.parametrize(
    "text",
    ['a "b" c', "back\\slash", 'two\nlines"', 'x\n"""\ny', "a\n\\n", "tab\there", "🙂\u202f!"],
)
def test_any_text_comes_back(tmp_path, text):
    package = read_package(TINY)
    changed = replace(package, reasons=(replace(package.reasons[0], label={"en": text}),))
    write_package(changed, tmp_path)
    assert read_package(tmp_path) == changed
    assert text_of(text)


def question(key, **values):
    return shapes.Question(key=key, kind="short_text", step="a", label={"en": key}, **values)


PARENT = [question("a"), question("b", required=True), question("c", help={"en": "help"})]


@pytest.mark.parametrize(
    "full",
    [
        PARENT,
        [question("n"), *PARENT],
        [*PARENT, question("n"), question("m")],
        [PARENT[0], question("n"), question("m"), PARENT[1], question("o"), PARENT[2]],
        [PARENT[0], PARENT[2], question("n")],
        [question("a"), question("b"), question("c")],
        [PARENT[2], question("z")],
        [question("z")],
    ],
)
def test_inheritance_is_shortened_and_resolved_to_the_same(full):
    entries, without = shorten(PARENT, full)
    given = [
        {key: value for key, value in entry.items() if key == "after" or value is not None}
        for entry in entries
    ]
    assert resolve(PARENT, given, without) == full
    assert all(set(entry) > {"key"} for entry in entries)


def test_a_wording_alone_is_written_where_only_the_wording_differs():
    reworded = [replace(PARENT[0], label={"en": "A!"}), *PARENT[1:]]
    assert shorten(PARENT, reworded) == ([{"key": "a", "label": {"en": "A!"}}], [])
