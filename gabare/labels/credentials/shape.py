"""The exact shape of our credentials: what is read before any signature is checked.

A signature holds what the vocabularies know, and nothing else: a field added by hand would be read
by a person and signed by nobody. So a field that we never write is refused.
"""

from collections.abc import Mapping
from typing import Any

from gabare.labels.credentials.securing import SUITE, claims
from gabare.labels.credentials.status_list import ENTRIES, PURPOSES
from gabare.labels.credentials.vocabulary import CONTEXTS


class Shapeless(Exception):
    """`str()` is the first path that does not fit."""


def _entry(purpose: str) -> dict[str, Any]:
    return {
        "id": str, "type": "BitstringStatusListEntry", "statusPurpose": purpose,
        "statusListIndex": str, "statusListCredential": str,
    }  # fmt: skip


def _identity(kind: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": str, "identityType": kind}


# A type stands for any value of that type; anything else for itself.
CREDENTIAL: dict[str, Any] = {
    "@context": list(CONTEXTS),
    "id": str,
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": str,
    "issuer": {"id": str, "type": ["Profile"], "name": str, "url": str},
    "validFrom": str,
    "validUntil": str,
    "credentialSubject": {
        "id": str,
        "type": ["AchievementSubject"],
        "identifier": [_identity("systemId"), _identity("name")],
        "achievement": {
            "id": str, "type": ["Achievement"], "achievementType": "Badge", "name": str,
            "description": str, "criteria": {"narrative": str},
        },
    },
    "evidence": [
        {"id": str, "type": ["Evidence"], "name": str, "narrative": str, "description": str}
    ],
    "credentialStatus": [_entry(purpose) for purpose in PURPOSES],
}  # fmt: skip
PROOF = {
    "type": "DataIntegrityProof", "cryptosuite": SUITE, "created": str,
    "verificationMethod": str, "proofPurpose": "assertionMethod", "proofValue": str,
}  # fmt: skip
CLAIMS = {"iss": str, "jti": str, "sub": str, "nbf": int, "exp": int}
HEADER = {"alg": "EdDSA", "typ": "JWT", "kid": str}
WITH_PROOF = {**CREDENTIAL, "proof": PROOF}
WITH_CLAIMS = {**CREDENTIAL, **CLAIMS}


def check(value: object, shape: object, path: str = "") -> None:
    """Raises `Shapeless`. `true` is no number here."""
    if isinstance(shape, Mapping):
        if not isinstance(value, Mapping) or value.keys() != shape.keys():
            raise Shapeless(path or "/")
        for name, inner in shape.items():
            check(value[name], inner, f"{path}/{name}")
    elif isinstance(shape, list):
        if not isinstance(value, list) or len(value) != len(shape):
            raise Shapeless(path)
        for place, inner in enumerate(shape):
            check(value[place], inner, f"{path}/{place}")
    elif isinstance(shape, type):
        if type(value) is not shape:
            raise Shapeless(path)
    elif type(value) is not type(shape) or value != shape:
        raise Shapeless(path)


def check_sense(document: Mapping[str, Any]) -> None:
    """What the shape does not say: dates are dates, and both entries name one place of a list."""
    try:
        said = claims(dict(document))  # reads both dates
    except (ValueError, OverflowError) as error:
        raise Shapeless("/validFrom") from error
    if any(name in document and document[name] != said[name] for name in CLAIMS):
        raise Shapeless("/iss")
    first, second = (entry["statusListIndex"] for entry in document["credentialStatus"])
    if first != second or not (first.isascii() and first.isdigit()) or int(first[:9]) >= ENTRIES:
        raise Shapeless("/credentialStatus")
