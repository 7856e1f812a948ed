"""Two independent lineages verify our labels: openbadgeslib in Python, Digital Bazaar and jose on
Node. Each is given what our addresses answer, and nothing else: no network."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from openbadgeslib.ob3.ldp import OB3LdpVerifier
from openbadgeslib.ob3.verifier import OB3VerificationError, OB3Verifier

from gabare.labels.credentials import vocabulary
from gabare.labels.enums import LabelState
from gabare.labels.operations import rotate_signing_key
from tests.labels.signed import DID, SITE, a_label, now

BROWSER = Path(__file__).resolve().parents[2] / "browser"
NODE = shutil.which("node")
pytestmark = pytest.mark.django_db
STATES = [
    (LabelState.VALID, []),
    (LabelState.SUSPENDED, ["suspension"]),
    (LabelState.REVOKED, ["revocation"]),
]


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL = SITE


@pytest.fixture
def label():
    return a_label()


@pytest.fixture
def served(client):
    """What an address of ours answers, in the form that this verifier reads."""

    def answer(path: str, accept: str = "*/*") -> bytes:
        response = client.get(path.removeprefix(SITE), headers={"accept": accept})
        assert response.status_code == 200, path
        return response.content

    return answer


def forms(served, label, slug: str = "") -> tuple[str, str]:
    """The JWT, the JSON."""
    names = ("credential.jwt", "credential.json")
    return tuple(served(f"/label/{label.number}/{name}?porteur={slug}").decode() for name in names)


def in_python(served, token: str, text: str) -> list[str]:
    """What openbadgeslib has against each form; "" when nothing."""
    complaints = []
    for verifier, credential in (
        (OB3Verifier.for_issuer_did(DID, download=served), token),
        (OB3LdpVerifier.for_issuer_did(DID), text),
    ):
        try:
            verifier.verify(credential, check_status=True, download=served)
            complaints.append("")
        except OB3VerificationError as error:
            complaints.append(str(error))
    return complaints


@pytest.mark.parametrize(("state", "purposes"), STATES)
def test_openbadgeslib_reads_both_forms_and_their_state(served, label, state, purposes):
    label.state = state
    label.save()
    complaints = in_python(served, *forms(served, label))
    expected = [f"Credential status '{purpose}' is set" for purpose in purposes] * 2
    if not expected:
        assert complaints == ["", ""]
    assert all(said in complaint for said, complaint in zip(expected, complaints, strict=False))


def test_openbadgeslib_refuses_what_was_changed(served, label):
    token, text = forms(served, label)
    head, payload, signature = token.split(".")
    other = f"{head}.{payload[:-8]}{'A' * 8}.{signature}"
    complaints = in_python(served, other, text.replace("L’atelier", "Le produit"))
    assert all(complaints)
    assert "signature mismatch" in complaints[1]


@pytest.mark.parametrize("slug", ["", "association-b"])
def test_a_rotation_keeps_former_labels_valid_for_openbadgeslib(served, label, slug):
    before = forms(served, label, slug)
    rotate_signing_key(now=now())
    assert in_python(served, *before) == ["", ""]
    assert in_python(served, *forms(served, label, slug)) == ["", ""]


def on_node(served, *credentials: str) -> list[dict]:
    lists = [f"{SITE}/label/statuts/{name}-1/" for name in ("retrait", "suspension")]
    documents = {
        DID: served("/.well-known/did.json").decode(),
        vocabulary.OPEN_BADGES: json.dumps(vocabulary.context(vocabulary.OPEN_BADGES)),
        **{address: served(address, "application/ld+json").decode() for address in lists},
    }
    done = subprocess.run(
        [NODE, "verify.mjs"], cwd=BROWSER, check=True, capture_output=True, timeout=60,
        input=json.dumps({"documents": documents, "credentials": credentials}).encode(),
    )  # fmt: skip
    return json.loads(done.stdout)


on_this_machine = pytest.mark.skipif(
    "CI" not in os.environ and (NODE is None or not (BROWSER / "node_modules").exists()),
    reason="node and its packages are not installed here: make test installs them",
)


@on_this_machine
@pytest.mark.parametrize(("state", "purposes"), STATES)
def test_node_reads_both_forms_and_their_state(served, label, state, purposes):
    """`verified` stays true of a revoked credential: its state is read apart."""
    label.state = state
    label.save()
    token, data_integrity = on_node(served, *forms(served, label))
    assert (token["verified"], token["error"]) == (True, "")
    assert data_integrity == {
        "verified": True, "error": "", "listsRead": 2, "listsVerified": True, "set": purposes,
    }  # fmt: skip


@on_this_machine
def test_node_refuses_what_was_changed_and_keeps_what_a_former_key_signed(served, label):
    token, text = forms(served, label)
    rotate_signing_key(now=now())
    tampered = text.replace("L’atelier", "Le produit")
    head, payload, signature = token.split(".")
    results = on_node(
        served, token, text, *forms(served, label), tampered,
        f"{head}.{payload}.{'A' * 8}{signature[8:]}",
    )  # fmt: skip
    assert [result["verified"] for result in results] == [True] * 4 + [False] * 2
    assert "Invalid signature" in results[4]["error"]
