"""Ed25519 keys: made, sealed for the database, written as verifiers read them."""

import base64
from dataclasses import dataclass
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ED25519 = b"\xed\x01"  # its code among multikeys
DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Unreadable(Exception):
    """A sealed key that this SECRET_KEY does not open."""


@dataclass(frozen=True)
class Public:
    raw: bytes

    @property
    def jwk(self) -> dict[str, Any]:
        return {"kty": "OKP", "crv": "Ed25519", "x": unpadded(self.raw)}

    @property
    def multibase(self) -> str:
        return "z" + base58(ED25519 + self.raw)

    @property
    def key(self) -> Ed25519PublicKey:
        return Ed25519PublicKey.from_public_bytes(self.raw)

    @classmethod
    def of_jwk(cls, jwk: dict[str, Any]) -> "Public":
        return cls(base64.urlsafe_b64decode(jwk["x"] + "="))


@dataclass(frozen=True)
class Signer:
    """The key that signs, and the names it goes by."""

    did: str
    name: str
    private: bytes

    @property
    def key(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.private)

    @property
    def public(self) -> Public:
        return public_of(self.private)

    @property
    def jwk(self) -> dict[str, Any]:
        return {**self.public.jwk, "d": unpadded(self.private)}


def new_private() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> Public:
    key = Ed25519PrivateKey.from_private_bytes(private)
    return Public(key.public_key().public_bytes_raw())


def seal(private: bytes, secret: str) -> str:
    """What the database keeps: a copy of it alone signs nothing."""
    return _box(secret).encrypt(private).decode()


def unseal(sealed: str, secret: str) -> bytes:
    try:
        return _box(secret).decrypt(sealed.encode())
    except InvalidToken as error:
        raise Unreadable from error


def _box(secret: str) -> Fernet:
    derived = HKDF(SHA256(), length=32, salt=None, info=b"gabare signing key").derive(
        secret.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))


def unpadded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def base58(raw: bytes) -> str:
    """Bitcoin's alphabet, the `z` of multibase."""
    number, text = int.from_bytes(raw), ""
    while number:
        number, digit = divmod(number, 58)
        text = DIGITS[digit] + text
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + text


def from_base58(text: str) -> bytes:
    """Raises `ValueError` for a sign that is no digit."""
    number = 0
    for sign in text:
        number = number * 58 + DIGITS.index(sign)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8)
