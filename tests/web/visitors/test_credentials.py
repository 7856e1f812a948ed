"""The addresses that verifiers ask: files of a label, keys, status lists."""

import json
from datetime import timedelta

import pytest

from gabare.agenda.operations import bump_generation
from gabare.labels.credentials import reading, status_list
from gabare.labels.enums import LabelState
from gabare.labels.models import SigningKey
from gabare.labels.operations import rotate_signing_key
from gabare.labels.verification import Answer, verify
from tests.labels.signed import DID, SITE, a_label, now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL, settings.GABARE_TODAY = SITE, None


@pytest.fixture
def label():
    made = a_label()
    bump_generation()  # as its edition does
    return made


def credential(client, label, form: str, **asked):
    return client.get(f"/label/{label.number}/credential.{form}", asked)


@pytest.mark.parametrize(
    ("form", "kind"), [("jwt", "application/vc+jwt"), ("json", "application/vc")]
)
def test_a_credential_is_the_lead_carriers_or_the_named_ones(client, label, form, kind):
    answer = credential(client, label, form)
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Access-Control-Allow-Origin"] == "*"
    theirs = credential(client, label, form, porteur="association-b")
    names = [verify(each.content, now=now()).carrier.organisation.name for each in (answer, theirs)]
    assert names == ["Médiathèque A", "Association B"]


@pytest.mark.parametrize("form", ["jwt", "json"])
def test_no_label_or_no_carrier_is_a_404(client, label, form):
    assert credential(client, label, form, porteur="inconnue").status_code == 404
    assert client.get(f"/label/2024-999/credential.{form}").status_code == 404


def test_a_credential_names_an_organisation_and_no_person(client, label):
    document = json.loads(credential(client, label, "json").content)
    subject = document["credentialSubject"]
    assert subject["id"] == f"{SITE}/agenda/?quand=tout&porteur=m%C3%A9diath%C3%A8que-a"
    assert [each["identityHash"] for each in subject["identifier"]] == [
        label.initiative.carriers.first().organisation.public_id, "Médiathèque A"
    ]  # fmt: skip
    assert "@" not in json.dumps(document).replace("@context", "")
    assert document["evidence"][0]["narrative"] == "L’atelier du 18 juin"
    assert document["evidence"][0]["description"] == "Éclaire\u00a0: 2 Droit"
    assert "- 1 Securite\n- 2 Droit" in subject["achievement"]["criteria"]["narrative"]


def test_a_credential_is_kept_with_the_pages(client, label, django_assert_num_queries):
    first = credential(client, label, "json")
    with django_assert_num_queries(1):
        again = credential(client, label, "json")
    assert (again.content, again["ETag"]) == (first.content, first["ETag"])


def test_the_english_site_gives_the_same_credential(client, label):
    client.cookies["django_language"] = "en"
    in_english = client.get(
        f"/label/{label.number}/credential.json", headers={"accept-language": "en"}
    )
    assert "Éclaire" in in_english.content.decode()


def lists(client, purpose: str, accept: str = "*/*", number: int = 1):
    return client.get(f"/label/statuts/{purpose}-{number}/", headers={"accept": accept})


@pytest.mark.parametrize(
    ("state", "bits"),
    [(LabelState.VALID, (False, False)), (LabelState.SUSPENDED, (False, True)),
     (LabelState.REVOKED, (True, False)), (LabelState.ENDED, (True, False))],
)  # fmt: skip
def test_a_list_follows_the_label_at_once(client, label, state, bits):
    before = lists(client, "retrait"), lists(client, "suspension")
    assert [b.status_code for b in before] == [200, 200]
    label.state = state
    label.save()
    read = [
        status_list.is_set(json.loads(lists(client, p, "application/json").content),
                           label.place.index, now())
        for p in ("retrait", "suspension")
    ]  # fmt: skip
    assert tuple(read) == bits


@pytest.mark.parametrize(
    ("accept", "kind"),
    [("*/*", "application/vc+jwt"), ("application/vc+jwt", "application/vc+jwt"),
     ("application/ld+json, application/json", "application/vc"),
     ("application/vc", "application/vc")],
)  # fmt: skip
def test_a_list_comes_in_the_form_asked_for(client, accept, kind):
    answer = lists(client, "retrait", accept)
    assert answer["Content-Type"] == kind
    assert answer["Cache-Control"] == "public, max-age=300"
    assert "Accept" in answer["Vary"]
    token = kind.endswith("jwt")
    document = reading.read(answer.content).document if token else json.loads(answer.content)
    assert document["issuer"] == DID
    assert document["id"] == f"{SITE}/label/statuts/retrait-1/"
    assert document["credentialSubject"]["ttl"] == 300_000
    bits = document["credentialSubject"]["encodedList"]
    assert len(bits) < 200  # an empty list compresses well
    lasts = status_list.LASTS - timedelta(hours=1)
    assert not status_list.is_set(document, 131_071, now() + lasts)


@pytest.mark.parametrize("path", ["retrait-2", "autre-1", "retrait-0", "revocation-1"])
def test_a_list_that_was_never_begun_is_a_404(client, path):
    assert client.get(f"/label/statuts/{path}/").status_code == 404


def test_every_key_stays_published_the_current_one_first(client, label):
    first = credential(client, label, "jwt").content
    assert SigningKey.objects.count() == 1
    current = rotate_signing_key(now=now())
    answer = client.get("/.well-known/did.json")
    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/did+json"
    assert document["id"] == DID
    assert [m["type"] for m in document["verificationMethod"]] == ["Multikey", "JsonWebKey"] * 2
    assert document["verificationMethod"][0]["id"] == f"{DID}#{current.public_id}"
    assert document["assertionMethod"] == [m["id"] for m in document["verificationMethod"]]
    assert "sealed" not in answer.content.decode()
    assert '"d"' not in answer.content.decode()
    assert verify(first, now=now()).answer == Answer.VALID


@pytest.mark.parametrize("site", ["http://127.0.0.1:8000", "https://exemple.fr/appel"])
def test_a_did_is_the_public_address(client, settings, site):
    settings.PUBLIC_URL = site
    expected = {"http://127.0.0.1:8000": "did:web:127.0.0.1%3A8000",
                "https://exemple.fr/appel": "did:web:exemple.fr:appel"}[site]  # fmt: skip
    assert json.loads(client.get("/.well-known/did.json").content)["id"] == expected
