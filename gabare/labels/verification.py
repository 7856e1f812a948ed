"""Verifying what somebody brings: each rule in its turn, with what it found, in plain words.

Only labels of this site are vouched for. Nothing is fetched from anywhere: an address is read as
text, the status lists are our own.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from gabare.initiatives.models import Carrier
from gabare.labels.credentials import reading, securing, shape, status_list
from gabare.labels.credentials.did import key_named
from gabare.labels.credentials.issuing import carrier_named, list_document, our_did
from gabare.labels.credentials.keys import Public
from gabare.labels.enums import LabelState
from gabare.labels.models import Label
from gabare.labels.queries import label_by_number, signing_key_named
from gabare.labels.rules import state_on
from gabare.labels.validators import is_number


class Answer(TextChoices):
    """The four answers of a label, then what is no label of ours."""

    VALID = "valid", _("Ce label est valide.")
    SUSPENDED = "suspended", _("Ce label est suspendu.")
    ENDED = "ended", _("Ce label est terminé.")
    REVOKED = "revoked", _("Ce label a été retiré.")
    EARLY = "early", _("Ce label ne vaut pas encore.")
    CARRIER = "carrier", _("Ce label n’est pas celui de cette organisation.")
    UNKNOWN = "unknown", _("Ce numéro n’est celui d’aucun label.")
    TAMPERED = "tampered", _("Ce fichier a été modifié\u00a0: ne vous y fiez pas.")
    FOREIGN = "foreign", _("Ce fichier ne vient pas d’ici\u00a0: nous ne pouvons rien en dire.")
    OVERSIZED = "oversized", _("Ce fichier est trop lourd pour être l’un des nôtres.")
    UNREADABLE = "unreadable", _("Nous ne savons pas lire ce que vous avez déposé.")
    STALE = "stale", _("L’état de ce label n’a pas pu être lu. Réessayez plus tard.")


class Rule(TextChoices):
    SIZE = "size", _("Taille")
    FORM = "form", _("Écriture")
    ISSUER = "issuer", _("Émetteur")
    SIGNATURE = "signature", _("Signature")
    NUMBER = "number", _("Numéro")
    CARRIER = "carrier", _("Porteur")
    PERIOD = "period", _("Période")
    STATUS = "status", _("État")


WHAT_IS_CHECKED = {
    Rule.SIZE: _("Une preuve signée tient en 64\u00a0Ko, une image qui la porte en 2\u00a0Mo."),
    Rule.FORM: _("Un fichier JSON ou JWT, un SVG ou un PNG qui le contient, et nul champ inconnu."),
    Rule.ISSUER: _("L’émetteur est ce site\u00a0: nous ne répondons que de nos propres labels."),
    Rule.SIGNATURE: _("Pas un mot n’a changé depuis que nous l’avons signé."),
    Rule.NUMBER: _("Le numéro est celui d’un label que nous avons donné."),
    Rule.CARRIER: _("L’organisation nommée porte bien l’initiative."),
    Rule.PERIOD: _("Nous sommes aujourd’hui dans la période du label."),
    Rule.STATUS: _("Le label n’est ni suspendu ni retiré, selon nos listes du jour."),
}


@dataclass(frozen=True)
class Checked:
    rule: Rule
    held: bool | None  # None: it was not reached, or there was nothing to check

    @property
    def checks(self) -> str:
        return str(WHAT_IS_CHECKED[self.rule])


@dataclass
class Verified:
    answer: Answer = Answer.VALID
    label: Label | None = None
    carrier: Carrier | None = None
    found: dict[Rule, bool] = field(default_factory=dict)

    @property
    def rules(self) -> list[Checked]:
        return [Checked(rule, self.found.get(rule)) for rule in Rule]


class _Stop(Exception):
    """The first rule that does not hold, when nothing further can be said."""

    def __init__(self, rule: Rule, answer: Answer) -> None:
        super().__init__(answer)
        self.rule, self.answer = rule, answer


def verify(content: bytes, *, now: datetime) -> Verified:
    said = Verified()
    try:
        brought = _read(content, said)
        if isinstance(brought, reading.Signed):
            _check_signed(brought, said)
        number, slug, public_id = _named(brought)
        _find(said, number, slug, public_id)
        _check_today(said, brought, now)
    except _Stop as stop:
        said.found[stop.rule], said.answer = False, stop.answer
    return said


def _read(content: bytes, said: Verified) -> reading.Signed | reading.Words:
    try:
        brought = reading.read(content)
        if isinstance(brought, reading.Signed):
            _check_issuer_is_said(brought.document)
    except reading.Oversized as error:
        raise _Stop(Rule.SIZE, Answer.OVERSIZED) from error
    except reading.Unreadable as error:
        said.found[Rule.SIZE] = True
        raise _Stop(Rule.FORM, Answer.UNREADABLE) from error
    said.found[Rule.SIZE] = said.found[Rule.FORM] = True
    return brought


def _check_issuer_is_said(document: dict[str, Any]) -> None:
    """A JSON of anything else is not a credential at all."""
    if "issuer" not in document or "credentialSubject" not in document:
        raise reading.Unreadable


def _check_signed(brought: reading.Signed, said: Verified) -> None:
    document, did = brought.document, our_did()
    issuer = document["issuer"]
    if (issuer.get("id") if isinstance(issuer, dict) else issuer) != did:
        raise _Stop(Rule.ISSUER, Answer.FOREIGN)
    said.found[Rule.ISSUER] = True
    try:
        shape.check(document, shape.WITH_CLAIMS if brought.token else shape.WITH_PROOF)
        shape.check_sense(document)
        if brought.token:
            shape.check(brought.header, shape.HEADER)
            method = (brought.header or {})["kid"]
        else:
            method = document["proof"]["verificationMethod"]
    except shape.Shapeless as error:  # it says that it is ours: what we never write was added
        raise _Stop(Rule.FORM, Answer.TAMPERED) from error
    key = signing_key_named(key_named(method, did))
    if key is None:
        raise _Stop(Rule.SIGNATURE, Answer.TAMPERED)
    public = Public.of_jwk(key.public_jwk)
    try:
        if brought.token:
            securing.check_jwt(brought.token, public)
        else:
            securing.check_data_integrity(document, public)
    except securing.Tampered as error:
        raise _Stop(Rule.SIGNATURE, Answer.TAMPERED) from error
    said.found[Rule.SIGNATURE] = True


def _named(brought: reading.Signed | reading.Words) -> tuple[str, str, str]:
    """The number, then the carrier: by its name in an address, by its public id once signed."""
    if isinstance(brought, reading.Signed):
        subject = brought.document["credentialSubject"]
        number, _slug = _of_address(brought.document["id"])
        return number, "", subject["identifier"][0]["identityHash"]
    if is_number(brought.text):
        return brought.text, "", ""
    if "/" in brought.text:
        whole = "://" in brought.text or brought.text.startswith("/")
        return (*_of_address(brought.text if whole else f"//{brought.text}"), "")
    raise _Stop(Rule.FORM, Answer.UNREADABLE)


def _of_address(text: str) -> tuple[str, str]:
    """The number and the carrier that an address of this site names. It is read, never followed."""
    try:
        address, ours = urlsplit(text), urlsplit(settings.PUBLIC_URL)
    except ValueError as error:
        raise _Stop(Rule.FORM, Answer.UNREADABLE) from error
    if address.netloc and address.netloc.lower() != ours.netloc.lower():
        raise _Stop(Rule.ISSUER, Answer.FOREIGN)
    parts = [unquote(part) for part in address.path.split("/") if part]
    if "label" not in parts[:2] or len(parts) < 2:
        raise _Stop(Rule.FORM, Answer.UNREADABLE)
    number = parts[parts.index("label") + 1 :][:1]
    return "".join(number), parse_qs(address.query).get("porteur", [""])[0]


def _find(said: Verified, number: str, slug: str, public_id: str) -> None:
    said.label = label_by_number(number)
    if said.label is None:
        raise _Stop(Rule.NUMBER, Answer.UNKNOWN)
    said.found[Rule.NUMBER] = True
    if not slug and not public_id:
        return
    carriers = said.label.initiative.carriers.all()
    said.carrier = (
        next((c for c in carriers if c.organisation.public_id == public_id), None)
        if public_id
        else carrier_named(said.label, slug)
    )
    if said.carrier is None:
        raise _Stop(Rule.CARRIER, Answer.CARRIER)
    said.found[Rule.CARRIER] = True


def _check_today(said: Verified, brought: reading.Signed | reading.Words, now: datetime) -> None:
    """Both are looked at: a label that was withdrawn is said so, even after its period."""
    label: Label = said.label  # type: ignore[assignment]  # _find stopped otherwise
    day = now.astimezone(ZoneInfo(label.initiative.call.time_zone)).date()
    state = state_on(label, day)
    begun, over = day >= label.starts_on, day > label.ends_on
    if isinstance(brought, reading.Signed):
        today = int(now.timestamp())
        begun = begun and today >= securing.seconds(brought.document["validFrom"])
        over = over or today > securing.seconds(brought.document["validUntil"])
    said.found[Rule.PERIOD] = begun and not over
    revoked, suspended = _listed(label, now)
    said.found[Rule.STATUS] = not (revoked or suspended)
    if revoked:
        said.answer = Answer.ENDED if state == LabelState.ENDED else Answer.REVOKED
    elif suspended:
        said.answer = Answer.SUSPENDED
    elif over or state == LabelState.ENDED:
        said.answer = Answer.ENDED
    elif not begun:
        said.answer = Answer.EARLY


def _listed(label: Label, now: datetime) -> tuple[bool, bool]:
    """Revoked, suspended: read from the very lists that other verifiers are given."""
    place = label.place
    try:
        revoked, suspended = (
            status_list.is_set(list_document(purpose, place.list_number, now), place.index, now)
            for purpose in status_list.PURPOSES
        )
    except status_list.Stale as error:
        raise _Stop(Rule.STATUS, Answer.STALE) from error
    return revoked, suspended
