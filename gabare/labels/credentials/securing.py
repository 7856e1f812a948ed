"""The two signed forms of a document: a JWT, and JSON with its proof (eddsa-rdfc-2022)."""

import json
import warnings
from datetime import datetime
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from joserfc import jws
from joserfc.errors import JoseError, SecurityWarning
from joserfc.jwk import OKPKey
from pyld import jsonld

from gabare.labels.credentials import vocabulary
from gabare.labels.credentials.did import jwk_id, multikey_id
from gabare.labels.credentials.keys import Public, Signer, base58, from_base58

# The name that Open Badges 3.0 and its verifiers know; the newer `Ed25519` is read by few.
ALGORITHMS = ["EdDSA"]
SUITE = "eddsa-rdfc-2022"
Document = dict[str, Any]


class Tampered(Exception):
    """The signature is not that of this content by this key."""


def instant(moment: datetime) -> str:
    """`2024-06-03T22:00:00Z`"""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def claims(document: Document) -> Document:
    """The document as the payload of a JWT: itself, and what JWT readers look at first."""
    issuer, subject = document["issuer"], document["credentialSubject"]
    return {
        **document,
        "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
        "jti": document["id"],
        "sub": subject["id"],
        "nbf": seconds(document["validFrom"]),
        "exp": seconds(document["validUntil"]),
    }


def seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def as_jwt(document: Document, signer: Signer) -> str:
    header = {"alg": "EdDSA", "typ": "JWT", "kid": jwk_id(signer.did, signer.name)}
    content = json.dumps(claims(document), ensure_ascii=False, separators=(",", ":"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)
        return jws.serialize_compact(
            header, content, OKPKey.import_key(signer.jwk), algorithms=ALGORITHMS
        )


def check_jwt(token: str, public: Public) -> None:
    """Raises `Tampered`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SecurityWarning)
            jws.deserialize_compact(token, OKPKey.import_key(public.jwk), algorithms=ALGORITHMS)
    except (JoseError, ValueError) as error:
        raise Tampered from error


def as_data_integrity(document: Document, signer: Signer, created: datetime) -> Document:
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": instant(created),
        "verificationMethod": multikey_id(signer.did, signer.name),
        "proofPurpose": "assertionMethod",
    }
    signature = signer.key.sign(_digest(document, proof))
    return {**document, "proof": {**proof, "proofValue": "z" + base58(signature)}}


def check_data_integrity(document: Document, public: Public) -> None:
    """Raises `Tampered`. What is given has our shape (`shape.py`): a hostile graph, slow to put in
    order, or a field that the vocabularies do not know and the signature does not hold, has not.
    """
    content = {name: value for name, value in document.items() if name != "proof"}
    proof = {name: value for name, value in document["proof"].items() if name != "proofValue"}
    multibase = document["proof"]["proofValue"]
    if not multibase.startswith("z"):
        raise Tampered
    try:
        signature = from_base58(multibase[1:])
        public.key.verify(signature, _digest(content, proof))
    except (InvalidSignature, ValueError, jsonld.JsonLdError) as error:
        raise Tampered from error


def _digest(document: Document, proof: Document) -> bytes:
    options = {"@context": document["@context"], **proof}
    return _canonical(options) + _canonical(document)


def _canonical(document: Document) -> bytes:
    options = {
        "algorithm": "URDNA2015",  # RDFC-1.0, under its first name
        "format": "application/n-quads",
        "documentLoader": vocabulary.load,
    }
    return sha256(jsonld.normalize(document, options).encode()).digest()
