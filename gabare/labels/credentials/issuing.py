"""Credentials and status lists of this installation, signed with its current key."""

from datetime import datetime, time
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gabare.calls.models import Call
from gabare.calls.queries import petals
from gabare.calls.rules import end_of_day
from gabare.foundation.localised import pick
from gabare.initiatives.enums import CarrierRole
from gabare.initiatives.models import Carrier
from gabare.initiatives.queries import public_record
from gabare.labels.credentials import document, keys, securing, status_list
from gabare.labels.credentials.did import did_document, did_of
from gabare.labels.models import Label, SigningKey
from gabare.labels.queries import indices_set, signing_keys


def address(name: str, *args: object) -> str:
    """Of a page, the same whatever the language of the reader."""
    with translation.override(settings.LANGUAGE_CODE):
        return f"{settings.PUBLIC_URL}{reverse(name, args=args)}"


def our_did() -> str:
    return did_of(settings.PUBLIC_URL)


def our_did_document() -> dict[str, object]:
    published = ((key.public_id, keys.Public.of_jwk(key.public_jwk)) for key in signing_keys())
    return did_document(our_did(), published)


def signer_of(key: SigningKey) -> keys.Signer:
    """Raises `keys.Unreadable` when GABARE_SECRET_KEY is not the one that sealed it."""
    return keys.Signer(our_did(), key.public_id, keys.unseal(key.sealed, settings.SECRET_KEY))


def carrier_named(label: Label, slug: str = "") -> Carrier | None:
    """The carrier of this name; the lead when none is named."""
    carriers = label.initiative.carriers.all()
    if not slug:
        return next((c for c in carriers if c.role == CarrierRole.LEAD), next(iter(carriers), None))
    return next((c for c in carriers if c.organisation.slug == slug), None)


def credential_jwt(label: Label, carrier: Carrier, key: SigningKey) -> str:
    return securing.as_jwt(credential_document(label, carrier), signer_of(key))


def credential_json(label: Label, carrier: Carrier, key: SigningKey) -> securing.Document:
    """Signed as of the day the label was granted: the same words give the same bytes."""
    content = credential_document(label, carrier)
    return securing.as_data_integrity(content, signer_of(key), label.granted_at)


def credential_document(label: Label, carrier: Carrier) -> securing.Document:
    """In the call's first language, whoever asks."""
    call = label.initiative.call
    with translation.override(call.language):
        return document.credential(
            issuer=document.Issuer(our_did(), settings.PUBLIC_URL, call.organiser),
            subject=document.Subject(
                f"{address('visitors:agenda')}?quand=tout&porteur={quote(carrier.organisation.slug)}",
                carrier.organisation.public_id,
                carrier.organisation.name,
            ),
            achievement=_achievement(call),
            granted=_granted(label, carrier),
        )


def _achievement(call: Call) -> document.Achievement:
    title = pick(call.title, call.language)
    criteria = "\n".join(f"- {p.number} {p.name}" for p in petals(call, [], call.language))
    return document.Achievement(
        address=f"{address('visitors:call')}#label-{call.key}",
        name=_("Label %(call)s") % {"call": title},
        description=_(
            "Donné par %(organiser)s à une initiative qui contribue au débat, dans une portée et "
            "pour une période décrites. Il ne certifie ni un produit, ni une organisation, ni la "
            "conformité d’un système d’IA."
        )
        % {"organiser": call.organiser},
        criteria=_(
            "L’initiative répond à l’appel et éclaire au moins un critère de la boussole\u00a0:"
        )
        + f"\n\n{criteria}",
    )


def _granted(label: Label, carrier: Carrier) -> document.Granted:
    call = label.initiative.call
    title = public_record(label.version).title
    page = address("visitors:label", label.number)
    lit = [f"{p.number} {p.name}" for p in petals(call, label.criteria, call.language) if p.lit]
    place = label.place
    begins = datetime.combine(label.starts_on, time.min, tzinfo=ZoneInfo(call.time_zone))
    return document.Granted(
        id=f"{page}?porteur={quote(carrier.organisation.slug)}",
        page=page,
        name=_("Label %(number)s\u00a0: %(title)s") % {"number": label.number, "title": title},
        title=title,
        scope=label.scope,
        sheds_light_on=_("Éclaire\u00a0: %(criteria)s") % {"criteria": ", ".join(lit)},
        starts_at=begins,
        ends_at=end_of_day(label.ends_on, call.time_zone),
        lists=[(purpose, list_address(purpose, place.list_number)) for purpose in LISTS],
        index=place.index,
    )


# What a list is called in its address.
LISTS = {status_list.REVOCATION: "retrait", status_list.SUSPENSION: "suspension"}


def list_address(purpose: str, number: int) -> str:
    return address("status-list", LISTS[purpose], number)


def list_document(purpose: str, number: int, now: datetime) -> securing.Document:
    return status_list.status_list(
        did=our_did(), address=list_address(purpose, number), purpose=purpose,
        indices=indices_set(purpose, number), now=now,
    )  # fmt: skip
