"""Every way a package can be wrong: the file, the line, what it is and what to do."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.calls.given import FIRST, TINY, a_copy, edit, problems_of

# file, what stands there, what is put instead → file:line and words of the message
AXIS = "axes/1-outings.toml"
WRONG = [
    ("call.toml", 'key = "reef-watch"', 'kei = "reef-watch"', "call.toml:1:", "écrire « key »"),
    ("call.toml", 'key = "reef-watch"', 'key = "Reef Watch"', "call.toml:1:", "minuscules"),
    ("call.toml", 'key = "reef-watch"', "key = 3", "call.toml:1:", "entre guillemets"),
    ("call.toml", 'languages = ["en"]', "languages = []", "call.toml:2:", "liste"),
    ("call.toml", 'languages = ["en"]', 'languages = ["en", "en"]', "call.toml:2:", "deux fois"),
    ("call.toml", "Pacific/Auckland", "Pacific/Atlantis", "call.toml:3:", "Europe/Paris"),
    ("call.toml", "title.en", "title.de", "call.toml:4:", "« de » n’est pas une langue"),
    ("call.toml", "reef@example.org", "reef.example.org", "call.toml:9:", "adresse électronique"),
    ("call.toml", 'texts = ["context"]', "texts = []", "texts/context.md:1:", "annoncé"),
    ("call.toml", '["context"]', '["context", "more"]', "call.toml:11:", "« more » n’est pas"),
    ("call.toml", 'title = "name"', 'title = "nom"', "call.toml:24:", "dans chaque axe"),
    ("call.toml", 'title = "name"', 'title = "about"', "call.toml:24:", "le genre voulu"),
    ("call.toml", "[record]", "[record", "call.toml:23:", "TOML"),
    ("waves.toml", "new_until = 2030-02-20", "new_until = 2030-01-01", "waves.toml:5:", "avant"),
    ("waves.toml", "new_until = 2030-02-20", 'new_until = "2030"', "waves.toml:5:", "une date"),
    (
        "waves.toml",
        "correct_until = 2030-02-26",
        "correct_until = 2030-02-24",
        "waves.toml:7:",
        "«",
    ),
    ("waves.toml", "freeze_on = 2030-03-01", "freeze_on = 2030-01-11", "waves.toml:8:", "avant"),
    ("waves.toml", "ends_on = 2030-03-31", "ends_on = 2029-03-31", "waves.toml:10:", "avant"),
    ("waves.toml", "closes_on = 2030-02-20", "closes_on = 2030-02-19", "waves.toml:5:", "relève"),
    ("waves.toml", "edition_on = 2030-02-22", "edition_on = 2030-02-20", "waves.toml:15:", "close"),
    ("waves.toml", 'key = "2030-02"', 'key = "2030-13"', "waves.toml:13:", "2024-04"),
    ("waves.toml", "opens_on = 2030-01-10\n", "", "waves.toml:1:", "« opens_on » manque"),
    ("steps.toml", '"carriers"]', '"carriers", "cats"]', "steps.toml:4:", "cats"),
    ("steps.toml", '"occurrences", ', "", "steps.toml:1:", "« occurrences »"),
    ("steps.toml", 'key = "send"', 'key = "all"', "steps.toml:7:", "deux fois"),
    (AXIS, 'key = "outings"', 'key = "trips"', f"{AXIS}:2:", "1-trips"),
    (AXIS, '"required"\n\n', '"maybe"\n\n', f"{AXIS}:7:", "optional"),
    (AXIS, 'kind = "short_text"', 'kind = "poem"', f"{AXIS}:11:", "poem"),
    (AXIS, 'key = "name"\n', "", f"{AXIS}:9:", "« key » manque"),
    (AXIS, 'key = "about"', 'key = "name"', f"{AXIS}:17:", "deux fois"),
    (
        AXIS,
        'key = "name"\nkind = "short_text"\nstep = "all"',
        'key = "name"\nkind = "short_text"\nstep = "send"',
        f"{AXIS}:12:",
        "relecture",
    ),
    (
        AXIS,
        'label.en = "Name"',
        'label.en = "Name"\noptions.colour = "red"',
        f"{AXIS}:14:",
        "colour",
    ),
    (
        AXIS,
        'label.en = "Name"',
        'label.en = "Name"\ncondition = { question = "about", op = "=", value = "x" }',
        f"{AXIS}:14:",
        "posée plus bas",
    ),
    (
        AXIS,
        'label.en = "Name"',
        'label.en = "Name"\ncondition = { question = "nobody", op = "=", value = "x" }',
        f"{AXIS}:14:",
        "qui n’existe pas",
    ),
    (AXIS, '"required"\n\n', '"required"\ninherits = "x"\n\n', "axes/1-", "précède"),
    (AXIS, '"required"\n\n', '"required"\nwithout = ["x"]\n\n', "axes/1-", "héritée"),
    ("compass.toml", "in_force = true", "in_force = false", "compass.toml:1:", "en vigueur"),
    ("compass.toml", "#0f5f8c", "#ffee00", "compass.toml:12:", "contraste"),
    ("compass.toml", "#0f5f8c", "blue", "compass.toml:12:", "#0f5f8c"),
    ("compass.toml", 'colour = "#0f5f8c"\n', "", "compass.toml:7:", "couleur"),
    ("compass.toml", 'number = "2"', 'number = "1"', "compass.toml:16:", "déjà pris"),
    ("compass.toml", 'number = "2"', 'number = "2"\nparent = "sky"', "compass.toml:17:", "précède"),
    (
        "letters/withdrawn.md",
        "It is withdrawn.",
        "Hello.\n\n{weather}",
        "letters/withdrawn.md:5:",
        "{weather}",
    ),
    ("letters/withdrawn.md", "# {title} is withdrawn", "Withdrawn", "letters/withdrawn.md:1:", "#"),
    (
        "letters/acknowledgment.md",
        "{phone}\n",
        "",
        "letters/acknowledgment.md:1:",
        "ne dit pas {phone}",
    ),
    (
        "texts/context.md",
        "The reef changes. We look at it together.\n",
        "",
        "texts/context.md:2:",
        "vide",
    ),
    ("territory/communes.csv", "code,name", "insee,name", "territory/communes.csv:1:", "colonnes"),
    ("territory/communes.csv", "174.7", "1747", "territory/communes.csv:2:", "coordonnée"),
    ("territory/communes.csv", "SH2,", "SH1,", "territory/communes.csv:3:", "déjà pris"),
]


@pytest.mark.parametrize(("name", "before", "after", "where", "words"), WRONG)
def test_a_problem_names_file_line_and_remedy(tmp_path, name, before, after, where, words):
    found = problems_of(edit(a_copy(tmp_path), name, before, after))
    assert any(line.startswith(where) and words in line for line in found), found
    assert all(" → " in line for line in found)


@pytest.mark.parametrize("package", [FIRST, TINY], ids=["first", "tiny"])
def test_a_sound_package_has_no_problem(package):
    assert problems_of(package) == []


def test_every_problem_is_told_at_once(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "call.toml", 'key = "reef-watch"', "key = 3")
    edit(package, "waves.toml", "opens_on = 2030-01-10", "opens_on = 1")
    edit(package, "compass.toml", "#3d7a35", "green")
    assert [line.split(":")[0] for line in problems_of(package)] == [
        "call.toml",
        "compass.toml",
        "waves.toml",
    ]


def test_a_missing_file_and_a_stranger_are_told(tmp_path):
    package = a_copy(tmp_path)
    (package / "themes.toml").unlink()
    (package / "letters" / "declined.md").unlink()
    (package / "notes.txt").write_text("mine")
    (package / ".hidden").write_text("an editor's own")
    found = problems_of(package)
    assert [line.split(":")[0] for line in found] == ["notes.txt", "themes.toml"]
    (package / "notes.txt").unlink()
    (package / "themes.toml").write_text((TINY / "themes.toml").read_text())
    assert problems_of(package) == [
        "letters/declined.md:1: cette lettre manque → l’écrire : le logiciel l’envoie"
    ]


def test_a_text_is_asked_for_in_each_language(tmp_path):
    package = edit(a_copy(tmp_path, FIRST), "themes.toml", 'label.en = "Health"\n', "")
    (package / "texts" / "help.en.md").unlink()
    found = problems_of(package)
    assert [line.split(": ")[0] for line in found] == ["texts/help.en.md:1", "themes.toml:3"]
    package = edit(a_copy(tmp_path / "2", FIRST), "axes/1-evenements.toml",
                   '{ fr = "Gratuit", en = "Free" }', '{ fr = "Gratuit" }')  # fmt: skip
    (line,) = problems_of(package)
    assert line.startswith("axes/1-evenements.toml:56:")
    assert "manque dans une langue" in line


def test_conditions_that_wait_for_each_other_are_refused(tmp_path):
    package = a_copy(tmp_path)
    edit(package, "axes/1-outings.toml", 'label.en = "Name"',
         'label.en = "Name"\ncondition = { question = "code", op = "=", value = "x" }\n'
         '\n[[questions]]\nkey = "code"\nkind = "short_text"\nstep = "all"\nlabel.en = "Code"\n'
         'condition = { question = "name", op = "=", value = "x" }')  # fmt: skip
    assert any("s’attendent l’une l’autre" in line for line in problems_of(package))


@pytest.mark.parametrize(
    ("folder", "words"), [("nowhere", "n’existe pas"), ("empty", "ce fichier manque")]
)
def test_a_folder_that_is_no_package(tmp_path, folder, words):
    (tmp_path / "empty").mkdir()
    assert words in problems_of(tmp_path / folder)[0]


SENTENCE = re.compile(r"[^:]+:[1-9][0-9]*: .+ → .+", re.DOTALL)
FILES = [
    "call.toml", "waves.toml", "axes/1-outings.toml", "compass.toml", "texts/context.md",
    "letters/declined.md", "territory/communes.csv", "axes/2-other.toml",
]  # fmt: skip
toml_like = st.text(
    st.sampled_from('abc[]{}=".,\n# 019-_\\\'"""tru\u202f\x00') | st.characters(), max_size=300
).map(lambda text: text.encode("utf-8", "surrogatepass"))


@pytest.fixture(scope="module")
def spoilt(tmp_path_factory):
    return a_copy(tmp_path_factory.mktemp("spoilt"))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(FILES), content=st.binary(max_size=300) | toml_like)
def test_any_bytes_are_read_or_refused(spoilt, name, content):
    path = spoilt / name
    kept = path.read_bytes() if path.exists() else None
    path.write_bytes(content)
    try:
        assert all(SENTENCE.fullmatch(line) for line in problems_of(spoilt))
    finally:
        path.unlink() if kept is None else path.write_bytes(kept)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_cut_of_a_real_file_is_read_or_refused(spoilt, data):
    name = data.draw(st.sampled_from(FILES[:-1]))
    path = spoilt / name
    kept = path.read_bytes()
    start = data.draw(st.integers(0, len(kept)))
    end = data.draw(st.integers(start, min(len(kept), start + 40)))
    path.write_bytes(kept[:start] + data.draw(st.binary(max_size=8)) + kept[end:])
    try:
        assert all(SENTENCE.fullmatch(line) for line in problems_of(spoilt))
    finally:
        path.write_bytes(kept)


def test_deep_nesting_is_refused(tmp_path):
    package = a_copy(tmp_path)
    for content in ["x = " + "[" * 5000 + "]" * 5000, "x = " + "9" * 10_000]:
        (package / "waves.toml").write_text(content)
        assert problems_of(package)
