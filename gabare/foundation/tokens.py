"""Names that give nothing away, and secrets that are kept only as digests."""

import hashlib
import secrets

# No vowels and no look-alikes: a public id never spells a word and survives being read aloud.
ALPHABET = "bcdfghjkmnpqrstvwxz23456789"


def new_public_id() -> str:
    """Ten characters, about 47 bits: unguessable enough for a name, not for a secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def new_secret() -> str:
    """A bearer secret for a link or a cookie, 256 bits. Store only its `digest`."""
    return secrets.token_urlsafe(32)


def new_stamp() -> int:
    """Names a state of something. At random, not counted: a restored backup, a change rolled back
    must never meet what was kept under the same number."""
    return secrets.randbits(60)


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
