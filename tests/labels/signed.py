"""A granted label, its carriers, and what signs it."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from gabare.labels.credentials.issuing import carrier_named, credential_json, credential_jwt
from gabare.labels.models import Label
from gabare.labels.operations import ensure_signing_key, grant_label
from gabare.labels.queries import label_by_number
from tests.agenda.given import a_call, an_initiative

SITE = "https://appel.example.org"
DID = "did:web:appel.example.org"


def now() -> datetime:
    """The real hour: verifiers of others look at the machine's clock."""
    return timezone.now().astimezone(UTC)


def a_label(*, days: int = 30, begun: int = 2, call=None, **values) -> Label:
    """Granted two days ago, for a month."""
    version = an_initiative(
        call or a_call(), "Atelier « démonter »", carriers=["Médiathèque A", "Association B"],
        **values,
    )  # fmt: skip
    starts_on = (now() - timedelta(days=begun)).date()
    label = grant_label(
        initiative=version.initiative, version=version, edition_key="2024-04",
        scope="L’atelier du 18 juin", criteria=["droit"], starts_on=starts_on,
        ends_on=starts_on + timedelta(days=days), now=now(),
    )  # fmt: skip
    return label_by_number(label.number)


def jwt_of(label: Label, slug: str = "") -> str:
    return credential_jwt(label, carrier_named(label, slug), ensure_signing_key(now=now()))


def json_of(label: Label, slug: str = "") -> dict:
    return credential_json(label, carrier_named(label, slug), ensure_signing_key(now=now()))
