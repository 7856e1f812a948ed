"""Who signs: `did:web` of the public host, and the document that publishes its keys."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from gabare.labels.credentials.keys import Public

CONTEXTS = (
    "https://www.w3.org/ns/did/v1",
    "https://w3id.org/security/multikey/v1",
    "https://w3id.org/security/jwk/v1",
)


def did_of(site: str) -> str:
    """`https://appel.exemple.fr` → `did:web:appel.exemple.fr`; a port is part of the name."""
    public = urlsplit(site)
    port = f"%3A{public.port}" if public.port else ""
    folders = "".join(f":{quote(part)}" for part in public.path.split("/") if part)
    return f"did:web:{public.hostname}{port}{folders}"


def multikey_id(did: str, name: str) -> str:
    """What a Data Integrity proof names."""
    return f"{did}#{name}"


def jwk_id(did: str, name: str) -> str:
    """What the `kid` of a JWT names: the same key, written as a JWK."""
    return f"{did}#{name}-jwk"


def key_named(method: object, did: str) -> str:
    """The public id that a `kid` or a verification method names; "" when it is not of this DID."""
    start = f"{did}#"
    if not isinstance(method, str) or not method.startswith(start):
        return ""
    name = method.removeprefix(start).removesuffix("-jwk")
    return name if name.isascii() and name.isalnum() else ""


def did_document(did: str, keys: Iterable[tuple[str, Public]]) -> dict[str, Any]:
    """Every key that ever signed stays here, the current one first: old labels still verify."""
    methods: list[dict[str, Any]] = []
    for name, public in keys:
        methods += [
            {
                "id": multikey_id(did, name), "type": "Multikey", "controller": did,
                "publicKeyMultibase": public.multibase,
            },
            {
                "id": jwk_id(did, name), "type": "JsonWebKey", "controller": did,
                "publicKeyJwk": public.jwk,
            },
        ]  # fmt: skip
    return {
        "@context": list(CONTEXTS),
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }
