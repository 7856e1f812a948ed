from gabare.calls.packages.comparing import Sort, compare
from gabare.calls.packages.reading import read_package
from tests.calls.given import FIRST, a_copy, changed, edit


def test_a_package_does_not_differ_from_itself():
    assert compare(read_package(FIRST), read_package(FIRST)) == []


def test_each_difference_is_one_sentence(tmp_path):
    copy = a_copy(tmp_path, FIRST)
    edit(copy, "waves.toml", "restitution_on = 2024-09-18", "restitution_on = 2024-09-19")
    edit(copy, "themes.toml", 'key = "sante"', 'key = "soin"')
    edit(copy, "axes/2-education.toml", 'label.fr = "Nature de l’activité"', 'label.fr = "Nature"')
    after = changed(copy, "call.toml", "address =", 'phone = "02 40 00 00 00"\naddress =')
    assert [str(change) for change in compare(read_package(FIRST), after)] == [
        "appel, phone : ajouté (02 40 00 00 00)",
        "calendrier, vague vague-1, restitution_on : « 2024-09-18 » devient « 2024-09-19 »",
        "axe education, question nature, label.fr : « Nature de l’activité » devient « Nature »",
        "thème sante : retiré",
        "thème soin : ajouté",
    ]


def test_a_new_order_is_a_difference(tmp_path):
    before = read_package(FIRST)
    copy = a_copy(tmp_path, FIRST)
    edit(copy, "promises.toml", 'key = "logo"', 'key = "x"')
    edit(copy, "promises.toml", 'key = "suite"', 'key = "logo"')
    edit(copy, "promises.toml", 'key = "x"', 'key = "suite"')
    sorts = [(change.place, change.sort) for change in compare(before, read_package(copy))]
    assert (("promises",), Sort.MOVED) in sorts


def test_long_texts_are_shown_around_what_differs(tmp_path):
    after = changed(a_copy(tmp_path, FIRST), "texts/object.md", "décider.", "choisir.")
    (change,) = compare(read_package(FIRST), after)
    assert str(change).startswith("texte object, body.fr : « …")
    assert "décider" in str(change)
    assert len(str(change)) < 250


def test_a_call_not_there_yet_is_one_addition():
    (change,) = compare(None, read_package(FIRST))
    assert str(change) == "appel, ndia-2024 : ajouté"
