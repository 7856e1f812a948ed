"""What a credential says: the label of one initiative, given to one of its carriers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from gabare.labels.credentials import status_list
from gabare.labels.credentials.securing import instant
from gabare.labels.credentials.vocabulary import CONTEXTS


@dataclass(frozen=True)
class Issuer:
    did: str
    site: str
    name: str


@dataclass(frozen=True)
class Subject:
    """An organisation, never a person: its public page, its public id, its name."""

    page: str
    public_id: str
    name: str


@dataclass(frozen=True)
class Achievement:
    """What the label is, whoever has it."""

    address: str
    name: str
    description: str
    criteria: str


@dataclass(frozen=True)
class Granted:
    """What this label was granted to."""

    id: str
    page: str
    name: str
    title: str
    scope: str
    sheds_light_on: str
    starts_at: datetime
    ends_at: datetime
    lists: Sequence[tuple[str, str]]  # purpose, address
    index: int


def credential(
    *, issuer: Issuer, subject: Subject, achievement: Achievement, granted: Granted
) -> dict[str, Any]:
    return {
        "@context": list(CONTEXTS),
        "id": granted.id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": granted.name,
        "issuer": {
            "id": issuer.did, "type": ["Profile"], "name": issuer.name, "url": issuer.site,
        },
        "validFrom": instant(granted.starts_at.astimezone(UTC)),
        "validUntil": instant(granted.ends_at.astimezone(UTC)),
        "credentialSubject": _subject(subject, achievement),
        "evidence": [
            {
                "id": granted.page,
                "type": ["Evidence"],
                "name": granted.title,
                "narrative": granted.scope,
                "description": granted.sheds_light_on,
            }
        ],
        "credentialStatus": [
            status_list.entry(address, purpose, granted.index)
            for purpose, address in granted.lists
        ],
    }  # fmt: skip


def _subject(subject: Subject, achievement: Achievement) -> dict[str, Any]:
    return {
        "id": subject.page,
        "type": ["AchievementSubject"],
        "identifier": [
            _identity("systemId", subject.public_id), _identity("name", subject.name),
        ],
        "achievement": {
            "id": achievement.address,
            "type": ["Achievement"],
            "achievementType": "Badge",
            "name": achievement.name,
            "description": achievement.description,
            "criteria": {"narrative": achievement.criteria},
        },
    }  # fmt: skip


def _identity(kind: str, value: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}
