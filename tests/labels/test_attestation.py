"""The attestation, judged by two checkers that share no code with what makes it."""

import json
import subprocess
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import pdfua
import pikepdf
import pytest
import typst
from django.utils import translation
from pypdfium2 import PdfDocument

from gabare.labels.attestation import attestation_data, attestation_pdf, fit
from gabare.labels.enums import LabelState
from gabare.labels.logo import logo, logo_problem
from gabare.ui.printing import accessible_pdf
from gabare.ui.rose import Petal, rose_svg
from tests.labels.carried import a_label

pytestmark = pytest.mark.django_db
ADDRESS = "https://appel.exemple.fr/label/2024-001/"
IN_JUNE = date(2024, 6, 12)
HOSTILE = [
    '#import "x.typ": * #panic() #sys.inputs',
    "$x$ `code` *gras* _ital_ = Titre <label> @ref \\ // /* [",
    "\"'” ]]> <script>alert(1)</script> & </text>",
    "🎉 Fête 👩‍👩‍👧 漢字 ☕",
    "العربية السلام עליכם \u202eenvers\u202c",
    "a\x00b\x07c\x1bd\ud800e\ufffe",
    "x" * 10_000,
    "mot " * 2_500,
]


def pdf_of(label, *, place=0, language="fr", day=IN_JUNE) -> bytes:
    carrier = list(label.initiative.carriers.all())[place]
    with translation.override(language):
        return attestation_pdf(label, carrier, address=ADDRESS, day=day, language=language)


def words_of(pdf: bytes) -> str:
    text = " ".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pdf))
    return " ".join(text.replace("\u200b", "").split())


def outloud(pdf: bytes, folder: Path) -> dict:
    path = folder / "attestation.pdf"
    path.write_bytes(pdf)
    program = Path(sys.executable).parent / "outloud"
    said = subprocess.run(
        [program, "--json", "-", "--quiet", path], capture_output=True, text=True, check=False
    )
    return json.loads(said.stdout)


def claims_the_standard(pdf: bytes) -> bool:
    with pikepdf.open(BytesIO(pdf)) as document:
        return document.open_metadata().get("pdfuaid:part") == "1"


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("place", [0, 1])
def test_outloud_finds_no_error_and_no_warning(language, place, tmp_path):
    """Matterhorn's points and WCAG, on what a screen reader would say."""
    report = outloud(pdf_of(a_label(), place=place, language=language), tmp_path)["results"][0]
    assert report["counts"]["error"] == report["counts"]["warning"] == 0, report["findings"]
    assert report["verdict"] == "pass"
    assert report["stats"]["tagged"]


def test_outloud_would_find_what_is_wrong(tmp_path):
    """It judges for real: the same words, a picture without its text."""
    source = b'#set document(title: "x")\n#rect(width: 9cm, height: 4cm)\n= x\n= y'
    report = outloud(typst.compile(source, pdf_tags=False), tmp_path)["results"][0]
    assert report["counts"]["error"] > 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_pdfua_finds_nothing(language, tmp_path):
    path = tmp_path / "attestation.pdf"
    path.write_bytes(pdf_of(a_label(), language=language))
    report = pdfua.validate(path)
    assert not report.findings


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_its_title_its_language_and_that_it_is_accessible(language):
    pdf = pdf_of(a_label(), language=language)
    assert claims_the_standard(pdf)
    with pikepdf.open(BytesIO(pdf)) as document:
        assert str(document.Root.Lang).startswith(language)
        assert document.open_metadata()["dc:title"] in {"Attestation de label", "Label certificate"}
        assert document.Root.ViewerPreferences.DisplayDocTitle


def figures(pdf: bytes) -> list[str]:
    with pikepdf.open(BytesIO(pdf)) as document:
        return [str(o.Alt) for o in document.objects
                if isinstance(o, pikepdf.Dictionary) and o.get("/S") == "/Figure"]  # fmt: skip


def test_pictures_have_their_text():
    label = a_label()
    mark, code = sorted(figures(pdf_of(label)), key=len, reverse=True)
    assert f"n° {label.number}" in mark
    assert "2 Droit, 3 Usager" in mark
    assert ADDRESS in code


@pytest.mark.parametrize(
    "words",
    [
        "Nantes Métropole atteste que l’initiative « Atelier “démonter” », portée par Médiathèque",
        "L’atelier du 18 juin",
        "Du 3 juin au 30 septembre 2024",
        "Avec Association B",
        "2. Le critère droit",
        "3. Le critère usager",
        "ne certifie ni un produit, ni une organisation",
        ADDRESS,
        "Document établi le 12 juin 2024 par Nantes Métropole, Mission. ia@example.org",
    ],
)
def test_it_says_everything_in_words(words):
    text = words_of(pdf_of(a_label())).replace("\u00a0", " ").replace("\u202f", " ")
    assert words in text


def test_each_carrier_has_its_own():
    label = a_label()
    lead, partner = (words_of(pdf_of(label, place=place)) for place in (0, 1))
    assert "portée par Médiathèque A" in lead
    assert "dont Association B est partenaire" in partner


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LabelState.SUSPENDED, "Ce label est suspendu"),
        (LabelState.REVOKED, "Ce label a été retiré"),
        (LabelState.ENDED, "Ce label est terminé"),
    ],
)
def test_a_label_that_is_not_valid_says_so_on_paper_too(state, words):
    label = a_label()
    before = words_of(pdf_of(label))
    assert words not in before
    assert "est labellisée" in before
    label.state = state
    after = words_of(pdf_of(label))
    assert words in after
    assert "est labellisée" not in after


@pytest.mark.parametrize(("demo", "said"), [(True, 1), (False, 0)])
def test_a_demonstration_says_that_it_is_one(settings, demo, said):
    settings.GABARE_DEMO = demo
    assert words_of(pdf_of(a_label())).count("ce label est fictif") == said


@pytest.mark.parametrize("words", HOSTILE)
def test_words_of_carriers_are_words(words, tmp_path):
    """Never source, never an error; the standard is claimed only where the checkers agree."""
    label = a_label()
    label.scope = label.version.values["title"] = words  # no database takes the worst of them
    for carrier in label.initiative.carriers.all():
        carrier.organisation.name = words
    pdf = pdf_of(label)
    assert "Attestation de label" in words_of(pdf)
    report = outloud(pdf, tmp_path)["results"][0]
    if claims_the_standard(pdf):
        assert report["counts"]["error"] == 0, report["findings"]


def test_typst_markup_is_printed_as_it_was_typed():
    label = a_label(scope=HOSTILE[0])
    assert HOSTILE[0] in words_of(pdf_of(label))


def test_a_sign_that_no_font_draws_is_a_square():
    assert "□" in words_of(pdf_of(a_label(scope="avant \U0001fae8 \uf8ff après")))


def test_the_same_day_gives_the_same_bytes():
    label = a_label()
    assert pdf_of(label) == pdf_of(label)


def test_a_long_word_may_be_cut_and_control_signs_go():
    assert fit("a\x00b\u202e") == "ab"
    assert max(map(len, fit("x" * 100).split("\u200b"))) == 40


def test_every_word_of_the_template_is_data():
    label = a_label()
    carrier = label.initiative.carriers.all()[0]
    data = attestation_data(label, carrier, address=ADDRESS, day=IN_JUNE, language="fr")
    assert json.loads(json.dumps(data)) == data


@pytest.fixture
def a_logo(tmp_path, settings):
    settings.LOGO = tmp_path / "logo ville.svg"
    svg = rose_svg([Petal("1", "Un", "#123456", lit=True)], label="")
    drawing = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    settings.LOGO.write_text(drawing)
    return settings.LOGO


def test_the_logo_of_the_city_stands_on_it_with_its_name(a_logo, tmp_path):
    pdf = pdf_of(a_label())
    assert "Nantes Métropole" in figures(pdf)
    assert outloud(pdf, tmp_path)["results"][0]["counts"]["error"] == 0


def test_a_logo_that_cannot_be_printed_is_left_out_and_told_to_the_doctor(a_logo):
    a_logo.write_text("<svg")
    assert "ne s’imprime pas" in logo_problem(a_logo)
    assert logo() is None
    assert len(figures(pdf_of(a_label()))) == 2


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("absent.svg", None, "n’existe pas"),
        ("logo.gif", b"GIF89a", "ni un SVG ni un PNG"),
        ("logo.png", b"0" * 400_000, "ko au plus"),
    ],
)
def test_what_is_wrong_with_a_logo_is_said(tmp_path, name, content, problem):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert problem in logo_problem(path)


def test_the_press_tells_a_real_fault():
    with pytest.raises(typst.TypstError):
        accessible_pdf(b"#nothing_of_the_kind", {}, at=0)
