from io import BytesIO

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from gabare.agenda.operations import bump_generation
from gabare.labels.enums import LabelState
from tests.labels.carried import a_label
from tests.ui.test_rose import drawn

pytestmark = pytest.mark.django_db
TITLE = "{http://www.w3.org/2000/svg}title"
FILES = ["badge.svg", "badge.png", "code.svg", "code.png", "attestation.pdf"]
KINDS = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


def got(client, label, file, **query):
    return client.get(f"/label/{label.number}/{file}", query)


@pytest.mark.parametrize("file", FILES)
def test_each_file_is_of_its_kind_and_other_sites_may_show_it(client, file):
    answer = got(client, a_label(), file)
    assert answer.status_code == 200
    assert answer["Content-Type"] == KINDS[file[-3:]]
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not answer.cookies


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("number", ["2024-999", "x", "2024-001%0A", "%F0%9F%92%A9"])
def test_an_unknown_number_has_no_file(client, file, number):
    a_label()
    assert client.get(f"/label/{number}/{file}").status_code == 404


@pytest.mark.parametrize("file", FILES)
def test_it_is_kept_until_something_public_changes(client, file, django_assert_num_queries):
    label = a_label()
    bump_generation(listings=False)
    first = got(client, label, file)
    with django_assert_num_queries(1):
        again = client.get(
            f"/label/{label.number}/{file}", headers={"If-None-Match": first["ETag"]}
        )
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("state", "words"),
    [(LabelState.VALID, "Initiative labellisée"), (LabelState.SUSPENDED, "Label suspendu"),
     (LabelState.ENDED, "Label terminé"), (LabelState.REVOKED, "Label retiré")],
)  # fmt: skip
def test_the_mark_says_what_the_label_is_worth(client, state, words):
    """The address answers for ever: what other sites show changes by itself."""
    label = a_label()
    got(client, label, "badge.svg")
    label.state = state
    label.save()
    bump_generation(listings=False)
    assert words in got(client, label, "badge.svg").content.decode()


def test_suspended_and_revoked_are_drawn_otherwise(client):
    label = a_label()
    seen = {}
    for state in LabelState:
        label.state = state
        label.save()
        bump_generation(listings=False)
        seen[state] = got(client, label, "badge.png").content
    assert len(set(seen.values())) == 4


@pytest.mark.parametrize("file", ["badge.svg", "badge.png"])
def test_grounds_are_asked_by_name(client, file):
    label = a_label()
    seen = {pour: got(client, label, file, pour=pour).content
             for pour in ("clair", "sombre", "impression")}  # fmt: skip
    assert len(set(seen.values())) == 3
    assert got(client, label, file).content == seen["clair"]
    assert got(client, label, file, pour="fluo").status_code == 404


def test_the_mark_follows_the_language(client):
    label = a_label()
    fr, en = (
        client.get(f"{start}/label/{label.number}/badge.svg").content for start in ("", "/en")
    )
    assert "Débat de l’IA" in drawn(fr).find(TITLE).text
    assert "AI debate" in drawn(en).find(TITLE).text


@pytest.mark.parametrize("slug", ["association-b", "médiathèque-a"])
def test_each_carrier_asks_for_its_own_attestation(client, slug):
    label = a_label()
    pdf = got(client, label, "attestation.pdf", porteur=slug)
    text = PdfDocument(pdf.content)[0].get_textpage().get_text_bounded()
    assert ("est partenaire" in text) == (slug == "association-b")
    assert f"attestation-{label.number}.pdf" in pdf["Content-Disposition"]


@pytest.mark.parametrize("slug", ["", "autre", "../../etc/passwd", "x" * 5000])
def test_who_does_not_carry_it_has_none(client, slug):
    assert got(client, a_label(), "attestation.pdf", porteur=slug).status_code == 404


def test_the_label_page_leads_to_its_files(client):
    label = a_label()
    html = client.get(f"/label/{label.number}/").content.decode()
    assert f"/label/{label.number}/attestation.pdf" in html
    assert f"/label/{label.number}/badge.svg" in html


@pytest.mark.parametrize("carriers", [1, 3])
@pytest.mark.parametrize("file", ["badge.svg", "attestation.pdf"])
def test_queries_do_not_follow_the_number_of_carriers(
    client, carriers, file, django_assert_num_queries
):
    label = a_label(carriers=[f"Structure {n}" for n in range(carriers)])
    with django_assert_num_queries(QUERIES[file]):
        got(client, label, file)


QUERIES = {"badge.svg": 8, "attestation.pdf": 8}


def test_the_code_is_wide_and_has_its_quiet_white(client):
    label = a_label()
    svg = got(client, label, "code.svg").content.decode()
    assert f"/label/{label.number}/" in drawn(svg).find(TITLE).text
    picture = Image.open(BytesIO(got(client, label, "code.png").content)).convert("L")
    assert picture.width == picture.height >= 600
    quiet = picture.crop((0, 0, picture.width, 4 * 20))
    assert quiet.getextrema() == (255, 255)
    assert picture.getpixel((4 * 20 + 1, 4 * 20 + 1)) == 0
