"""/verifier/: what a person reads there, without JavaScript."""

import html
import json
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gabare.labels.credentials import reading
from gabare.labels.enums import LabelState
from tests.labels.signed import SITE, a_label, json_of, jwt_of

pytestmark = pytest.mark.django_db
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0">'
    "<openbadges:credential{attribute}>{text}</openbadges:credential></svg>"
)


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL, settings.GABARE_TODAY = SITE, None


@pytest.fixture
def label():
    return a_label()


def baked_svg(label) -> bytes:
    return SVG.format(attribute=f' verify="{jwt_of(label)}"', text="").encode()


def baked_svg_of_json(label) -> bytes:
    return SVG.format(attribute="", text=html.escape(json.dumps(json_of(label)))).encode()


def chunk(kind: bytes, data: bytes) -> bytes:
    whole = kind + data
    return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))


def baked_png(label, *, zipped: bool = False) -> bytes:
    token = jwt_of(label).encode()
    held = zlib.compress(token) if zipped else token
    text = b"openbadgecredential\0" + bytes([zipped, 0]) + b"\0\0" + held
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"iTXt", text)
        + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )  # fmt: skip


def page(client, content: bytes = b"", text: str = ""):
    upload = {"file": SimpleUploadedFile("label", content)} if content else {}
    answer = client.post("/verifier/", {**upload, "text": text})
    return answer.status_code, plain(answer)


def plain(answer) -> str:
    return html.unescape(answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ")


def test_the_rules_are_read_before_anything_is_brought(client, django_assert_num_queries):
    answer = client.get("/verifier/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Pas un mot n’a changé" in plain(answer)
    assert "Oui." not in plain(answer)


@pytest.mark.parametrize(
    "made",
    [lambda label: jwt_of(label).encode(), lambda label: json.dumps(json_of(label)).encode(),
     baked_svg, baked_svg_of_json, baked_png, lambda label: baked_png(label, zipped=True)],
    ids=["jwt", "json", "svg", "svg of json", "png", "zipped png"],
)  # fmt: skip
def test_whatever_holds_it_a_label_is_verified(client, label, made):
    status, words = page(client, made(label))
    assert status == 200
    assert "Ce label est valide." in words
    assert words.count("<strong>Oui.</strong>") == 8
    assert "L’atelier du 18 juin" in words
    assert "Médiathèque A" in words


@pytest.mark.parametrize(
    ("state", "answer"),
    [(LabelState.SUSPENDED, "Ce label est suspendu."), (LabelState.ENDED, "Ce label est terminé."),
     (LabelState.REVOKED, "Ce label a été retiré.")],
)  # fmt: skip
def test_what_became_of_the_label_is_said(client, label, state, answer):
    label.state = state
    label.save()
    assert answer in page(client, baked_png(label))[1]
    assert answer in page(client, text=label.number)[1]


def test_a_tampered_file_shows_nothing_of_what_it_claims(client, label):
    forged = {**json_of(label), "name": "Certifié conforme"}
    status, words = page(client, json.dumps(forged).encode())
    assert (status, "Ce fichier a été modifié" in words) == (200, True)
    assert "Certifié conforme" not in words
    assert "L’atelier du 18 juin" not in words


@pytest.mark.parametrize(
    ("text", "said"),
    [("2024-999", "Ce numéro n’est celui d’aucun label."),
     ("https://ailleurs.example.org/label/2024-001/", "Ce fichier ne vient pas d’ici"),
     ("n’importe quoi", "Nous ne savons pas lire")],
)  # fmt: skip
def test_words_that_are_no_label_of_ours(client, text, said):
    assert said in page(client, text=text)[1]


def test_a_heavy_file_is_not_read(client):
    status, words = page(client, b"\x89PNG" * (reading.PICTURE // 2))
    assert (status, "trop lourd" in words) == (413, True)


def test_a_zipped_bomb_stops_at_its_bound(client):
    held = zlib.compress(b"a" * (50 * 1024 * 1024))
    text = b"openbadgecredential\0\x01\0\0\0" + held
    _status, words = page(client, b"\x89PNG\r\n\x1a\n" + chunk(b"iTXt", text))
    assert "trop lourd" in words


def test_nothing_brought_is_said_at_its_field(client):
    status, words = page(client)
    assert status == 422
    assert 'href="#id_text"' in words
    assert 'id="id_text-error"' in words


def test_a_network_that_asks_too_much_waits(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "verify_credential": "2/m/ip"}
    statuses = [page(client, text="2024-001")[0] for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_an_answer_is_kept_nowhere(client, label):
    answer = client.post("/verifier/", {"text": label.number})
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_a_post_of_another_site_needs_no_secret(label):
    answer = Client(enforce_csrf_checks=True).post("/verifier/", {"text": label.number})
    assert answer.status_code == 200


@pytest.mark.parametrize("many", [1, 3])
def test_verifying_takes_the_same_queries(client, label, many, django_assert_num_queries):
    for _number in range(many - 1):
        a_label(call=label.initiative.call)
    token = jwt_of(label)
    client.get("/verifier/")
    with django_assert_num_queries(8):
        page(client, token.encode())
