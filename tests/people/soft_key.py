"""A passkey in software: signs as a phone would, for tests without a browser."""

import hashlib
import json
import os
import struct
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class SoftKey:
    origin: str = "http://testserver"
    site: str = "testserver"
    identifier: bytes = field(default_factory=lambda: os.urandom(16))
    owner: str = ""
    uses: int = 0

    def __post_init__(self):
        self._secret = ec.generate_private_key(ec.SECP256R1())

    def create(self, options: dict) -> str:
        """What `navigator.credentials.create` would answer to these options."""
        options = options["publicKey"]
        self.owner = options["user"]["id"]
        public = cbor.encode(ES256.from_cryptography_key(self._secret.public_key()))
        attested = bytes(16) + struct.pack(">H", len(self.identifier)) + self.identifier + public
        data = self._data(PRESENT | VERIFIED | ATTESTED) + attested
        attestation = cbor.encode({"fmt": "none", "authData": data, "attStmt": {}})
        client = self._client("webauthn.create", options["challenge"])
        return self._answer(
            {"attestationObject": attestation, "clientDataJSON": client},
            {"credProps": {"rk": True}},
        )

    def get(self, options: dict) -> str:
        """What `navigator.credentials.get` would answer to these options."""
        self.uses += 1
        data = self._data(PRESENT | VERIFIED)
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        signed = data + hashlib.sha256(client).digest()
        signature = self._secret.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {"authenticatorData": data, "clientDataJSON": client, "signature": signature},
            {},
            userHandle=self.owner,
        )

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.site.encode()).digest() + struct.pack(">BI", flags, self.uses)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, bytes], extensions: dict, **more: str) -> str:
        encoded = {name: websafe_encode(value) for name, value in response.items()}
        identifier = websafe_encode(self.identifier)
        return json.dumps(
            {
                "id": identifier, "rawId": identifier, "type": "public-key",
                "response": {**encoded, **more}, "clientExtensionResults": extensions,
            }
        )  # fmt: skip
