"""What each kind accepts and refuses, in its own words."""

import pytest

from gabare.questionnaires.answers import Refused
from gabare.questionnaires.kinds import REGISTRY
from tests.questionnaires.given import FILE, facts, question, upload

NARROW = "\u202f"


def cleaned(kind, raw, **options):
    asked = question(kind, options=options) if options else question(kind)
    return REGISTRY[kind].clean(asked, raw, facts())


def refusal(kind, raw, **options):
    with pytest.raises(Refused) as refused:
        cleaned(kind, raw, **options)
    return refused.value.message


def test_short_text_is_one_tidy_line():
    # « é » in two code points becomes one; the no-break space before the colon stays
    assert cleaned("short_text", "  Re\u0301sume\u0301\n\tIA\u00a0: x ") == "Résumé IA\u00a0: x"


def test_short_text_says_how_many_characters_are_too_many():
    assert "3 caractères de trop" in refusal("short_text", "x" * 13, max=10)
    assert "1 caractère de trop" in refusal("short_text", "x" * 11, max=10)
    assert "au moins 5 caractères (il y en a 2)" in refusal("short_text", "xy", min=5)


def test_long_text_keeps_paragraphs_and_loses_control_characters():
    assert cleaned("long_text", "a\x00b  \r\n\r\n\r\n\r\n\r\nc\x1b ") == "ab\n\n\nc"


def test_long_text_counts_code_points():
    assert cleaned("long_text", "👩‍👩‍👧‍👦", max=7) == "👩‍👩‍👧‍👦"


def test_text_keeps_every_script():
    text = "नमस्ते · مرحبا · 你好 · 👩🏽‍🚀 · Ω"
    assert cleaned("short_text", text) == text


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("free", "free"),
        (" Gratuit ", "free"),
        ({"choice": "paid", "other": "written, then not chosen"}, "paid"),
        ({"other": " prix  libre "}, {"other": "prix libre"}),
    ],
)
def test_single_choice(raw, value):
    assert cleaned("single_choice", raw) == value


def test_single_choice_refuses_what_is_not_offered():
    assert "n’est pas dans la liste" in refusal("single_choice", "gold")
    assert "dites en quelques mots quoi" in refusal("single_choice", {"other": " "})
    closed = {"choices": [{"value": "a", "label": {"fr": "A"}}]}
    assert "ne prend pas d’autre" in refusal("single_choice", {"other": "x"}, **closed)
    assert "n’est pas dans la liste" in refusal("single_choice", ":other", **closed)


def test_multiple_choice_is_ordered_without_repeats():
    raw = [{"other": "danse"}, "school", "health", "Santé"]
    assert cleaned("multiple_choice", raw) == ["health", "school", {"other": "danse"}]


def test_multiple_choice_counts():
    assert "2 choix au plus" in refusal(
        "multiple_choice", ["health", "school", {"other": "x"}], source="themes", other=True, max=2
    )
    assert "au moins 2" in refusal("multiple_choice", ["health"], source="themes", min=2)


@pytest.mark.parametrize(
    ("raw", "value"), [(True, True), (False, False), ("oui", True), ("Non", False), ("no", False)]
)
def test_yes_no(raw, value):
    assert cleaned("yes_no", raw) is value


def test_yes_no_knows_silence_from_no():
    kind = REGISTRY["yes_no"]
    assert kind.is_empty(None)
    assert not kind.is_empty(False)
    assert "par oui ou par non" in refusal("yes_no", "peut-être")
    assert kind.cells(question("yes_no"), None) == [""]
    assert kind.cells(question("yes_no"), False) == ["false"]


@pytest.mark.parametrize(
    ("raw", "value"),
    [("12 000", 12000), (f"12{NARROW}000", 12000), ("12\u00a0000", 12000), ("−3", -3), (0, 0)],
)
def test_whole_number(raw, value):
    assert cleaned("whole_number", raw) == value


@pytest.mark.parametrize("raw", ["12,5", "1.200", "douze", "1e3", "0x10", True, 2.0, "9" * 40])
def test_whole_number_refuses_what_is_not_one(raw):
    assert refusal("whole_number", raw)


def test_whole_number_is_shown_with_its_unit():
    shown = REGISTRY["whole_number"].text(question("whole_number"), 12000, facts())
    assert shown == f"12{NARROW}000\u00a0personnes"


@pytest.mark.parametrize(
    "raw",
    ["18/09/2024", "2024-09-18", "18 septembre 2024", "18 sept. 2024", "mercredi 18 septembre 2024",
     "18.09.2024", "18-9-2024", "September 18, 2024", "18 Sept 2024", "１８/０９/２０２４"],
)  # fmt: skip
def test_date(raw):
    if raw.startswith("１"):
        assert refusal("date", raw)
    else:
        assert cleaned("date", raw) == "2024-09-18"


def test_date_takes_the_first_of_a_month_as_the_french_write_it():
    assert cleaned("date", "1er août 2024") == "2024-08-01"


def test_date_says_what_is_wrong():
    assert "n’existe pas dans le calendrier" in refusal("date", "31/02/2024")
    assert "n’est pas lisible" in refusal("date", "bientôt")
    assert "n’est pas lisible" in refusal("date", "18/09/24")
    assert "année" in refusal("date", "18/09/0024")
    assert "à partir du 1er\u00a0avril\u00a02024" in refusal("date", "31/03/2024", min="2024-04-01")
    assert "jusqu’au" in refusal("date", "01/10/2024", max="2024-09-30")


def test_date_range():
    raw = {"start": "1er avril 2024", "end": "30/04/2024"}
    assert cleaned("date_range", raw) == {"start": "2024-04-01", "end": "2024-04-30"}
    assert "finit avant" in refusal("date_range", {"start": "02/04/2024", "end": "01/04/2024"})
    assert "dernier jour" in refusal("date_range", {"start": "02/04/2024", "end": ""})
    assert "premier jour" in refusal("date_range", {"start": "", "end": "02/04/2024"})


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("exemple.fr", "https://exemple.fr"),
        ("//exemple.fr/a", "https://exemple.fr/a"),
        ("http://exemple.fr:8080/a?b=1#c", "http://exemple.fr:8080/a?b=1#c"),
        ("exemple.fr:8080/a", "https://exemple.fr:8080/a"),
        ("https://médiathèque.exemple.fr", "https://médiathèque.exemple.fr"),
    ],
)
def test_link(raw, value):
    assert cleaned("link", raw) == value


@pytest.mark.parametrize(
    "raw",
    ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "ftp://exemple.fr",
     "mailto:a@b.fr", "https://moi:secret@exemple.fr", "localhost", "https://", "un site",
     "java\nscript:alert(1)", "https://exemple.fr/" + "a" * 600],
)  # fmt: skip
def test_link_refuses_what_a_reader_should_not_open(raw):
    assert refusal("link", raw)


def test_email():
    assert cleaned("email", " Nom.Prenom@Exemple.FR ") == "Nom.Prenom@exemple.fr"
    for raw in ("nom", "nom@", "nom@exemple", "a@b.fr, c@d.fr", "nom @exemple.fr"):
        assert "n’est pas complète" in refusal("email", raw)


@pytest.mark.parametrize(
    "raw",
    ["02 40 00 00 00", "02.40.00.00.00", "+33 (0)2 40 00 00 00", "0033240000000", "3939", "115",
     "+32 2 555 12 12", "+1 (555) 010-0000"],
)  # fmt: skip
def test_phone_is_kept_as_typed(raw):
    assert cleaned("phone", raw) == raw


@pytest.mark.parametrize(
    "raw", ["02 40 00 00", "02 40 00 00 00 00", "00", "+33 2 40", "+0", "abc", "06 12 34 56 7O"]
)
def test_phone_refuses_a_wrong_number_of_digits(raw):
    assert "nombre de chiffres" in refusal("phone", raw)


def test_phone_link_dials():
    html = REGISTRY["phone"].html(question("phone"), "+33 (0)2 40 00 00 00", facts())
    assert 'href="tel:+33240000000"' in html


def test_file_takes_only_the_owners_files():
    assert cleaned("file", [FILE.public_id, FILE.public_id]) == [FILE.public_id]
    assert "n’est plus là" in refusal("file", ["zzzzzzzzzz"])
    assert "n’a pas fini" in refusal("file", [upload("a.pdf", b"x")])


def test_file_says_how_many_to_keep():
    many = {f"f{n}": FILE for n in range(3)}
    with pytest.raises(Refused, match="Gardez 2 fichiers"):
        REGISTRY["file"].clean(question("file", options={"max": 2}), [*many], facts(files=many))


@pytest.mark.parametrize("raw", ["44143", "Rezé", "reze", " REZÉ "])
def test_commune_by_code_or_name(raw):
    assert cleaned("commune", raw) == "44143"


def test_commune_outside_only_where_allowed():
    assert cleaned("commune", {"other": "Clisson"}) == {"other": "Clisson"}
    assert "nom de la commune" in refusal("commune", {"other": ""})
    with pytest.raises(Refused):
        REGISTRY["commune"].clean(question("commune", options={}), {"other": "Clisson"}, facts())


def test_place_needs_a_name():
    assert cleaned("place", "Halle 6 Ouest") == {
        "name": "Halle 6 Ouest",
        "address": "",
        "commune": "",
    }
    assert "Donnez un nom" in refusal("place", {"address": "42 rue La Noue Bras de Fer"})
    shown = {"name": "Halle", "address": "42 rue", "commune": "44109"}
    assert REGISTRY["place"].text(question("place"), shown, facts()) == "Halle, 42 rue, Nantes"


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("w442 001 234", "W442001234"),
        ("732 829 320 00074", "73282932000074"),
        ("732829320", "732829320"),
        ("356 000 000 00048", "35600000000048"),  # La Poste
        ("", ""),
    ],
)
def test_organisation_register_number(raw, value):
    answer = cleaned("organisation", {"name": "X", "register_number": raw})
    assert answer["register_number"] == value


@pytest.mark.parametrize("raw", ["732 829 320 00075", "000000000", "1234", "W12", "FR123"])
def test_organisation_refuses_a_wrong_register_number(raw):
    assert refusal("organisation", {"name": "X", "register_number": raw})


def test_organisation_checks_its_parts():
    assert "nom de l’organisation" in refusal("organisation", {"website": "exemple.fr"})
    assert "genre" in refusal("organisation", {"name": "X", "kind": "sect"})
    assert cleaned("organisation", {"name": "X", "website": "x.fr"})["website"] == "https://x.fr"


def test_criteria_in_the_order_of_the_compass():
    raw = {"law": " ici ", "Sûreté": ""}
    assert list(cleaned("criteria", raw).items()) == [("safety", ""), ("law", "ici")]
    assert cleaned("criteria", ["law"]) == {"law": ""}
    assert "n’est pas dans la boussole" in refusal("criteria", {"joy": ""})


def test_criteria_left_unticked_are_not_sent_but_stay_typed():
    raw = {"chosen": ["law"], "how": {"law": "ici", "safety": "changed my mind"}}
    assert cleaned("criteria", raw) == {"law": "ici"}
    widget = REGISTRY["criteria"].widget(question("criteria"), raw, facts(), "criteria")
    assert [(p["checked"], p["how"]) for p in widget["petals"]] == [
        (False, "changed my mind"),
        (True, "ici"),
        (False, ""),
    ]


def test_criteria_say_which_explanation_is_missing_or_too_long():
    kind, asked = REGISTRY["criteria"], question("criteria")
    assert "2. Droit" in kind.lacks(asked, {"safety": "a", "law": ""}, facts())
    assert kind.lacks(asked, {"safety": "a", "law": "b"}, facts()) == ""
    assert refusal("criteria", {"law": "x" * 11}, max_length=10).startswith("2. Droit\u00a0: ")
    assert "Gardez 1 critère au plus" in refusal("criteria", {"law": "", "safety": ""}, max=1)


def test_explanation_is_clean_markdown():
    html = REGISTRY["explanation"].html(question("explanation"), None, facts())
    assert "<strong>Bonjour</strong>" in html
    assert "<script" not in html
