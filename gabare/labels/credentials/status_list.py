"""Bitstring status lists: one bit a label, one list a purpose, read before it is too old."""

import base64
import gzip
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from gabare.labels.credentials.keys import unpadded
from gabare.labels.credentials.securing import instant
from gabare.labels.credentials.vocabulary import VC

ENTRIES = 131_072  # the least that the specification allows: one label hides among many
REVOCATION, SUSPENSION = "revocation", "suspension"
PURPOSES = (REVOCATION, SUSPENSION)
LASTS = timedelta(days=1)
KEPT_FOR = timedelta(minutes=5)  # by a verifier, before asking again


class Stale(Exception):
    """A list read outside its own validity: it says nothing of today."""


def entry(address: str, purpose: str, index: int) -> dict[str, Any]:
    """What a credential says of its place in a list."""
    return {
        "id": f"{address}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": address,
    }


def status_list(
    *, did: str, address: str, purpose: str, indices: Iterable[int], now: datetime
) -> dict[str, Any]:
    """The list to sign. Dated from the hour: within it, the same list is the same bytes."""
    begun = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    return {
        "@context": [VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did,
        "validFrom": instant(begun),
        "validUntil": instant(begun + LASTS),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded(indices),
            "ttl": int(KEPT_FOR.total_seconds() * 1000),
        },
    }


def encoded(indices: Iterable[int]) -> str:
    bits = bytearray(ENTRIES // 8)
    for index in indices:
        bits[index // 8] |= 0x80 >> index % 8
    return "u" + unpadded(gzip.compress(bytes(bits), mtime=0))


def is_set(document: dict[str, Any], index: int, now: datetime) -> bool:
    """Whether the list says so of this index. Raises `Stale`."""
    if not document["validFrom"] <= instant(now.astimezone(UTC)) <= document["validUntil"]:
        raise Stale
    text = document["credentialSubject"]["encodedList"].removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[index // 8] & 0x80 >> index % 8)
