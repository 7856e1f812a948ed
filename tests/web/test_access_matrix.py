"""Role × address: who may open what. The addresses are those of the site, all of them.

An address that is not in TABLE fails: whoever adds one says here who it is for.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from gabare.initiatives.operations import claim_draft
from gabare.journeys.deposit_initiative import send_draft
from gabare.journeys.publish_edition import publish_edition
from gabare.labels.models import Label
from gabare.mail.models import Letter
from gabare.people.enums import TeamRole
from gabare.questionnaires.operations import keep_file
from gabare.review.models import Dossier, Round
from gabare.review.operations import decide
from gabare.web.visitors.sitemaps import SITEMAPS
from tests.factories import PersonFactory, TeamMemberFactory
from tests.initiatives.given import IN_JUNE, a_draft, the_call

pytestmark = pytest.mark.django_db
ROLES = [
    "anonymous",
    "stranger",
    "carrier",
    "reviewer",
    "editor",
    "lead",
    "other_lead",
    "superuser",
]
IN_JULY = datetime(2024, 7, 3, 8, 0, tzinfo=UTC)


def who(anonymous: str, *opened: str) -> dict[str, str]:
    """What `anonymous` meets, who finds it open; everybody else is refused."""
    return {
        role: anonymous if role == "anonymous" else "open" if role in opened else "refused"
        for role in ROLES
    }


SIGNED_IN = [role for role in ROLES if role != "anonymous"]
OPEN = who("open", *SIGNED_IN)
NEVER = who("refused")
SIGNED = who("sign-in", *SIGNED_IN)
ITS_CARRIER = who("sign-in", "carrier")
ITS_DRAFT = who("refused", "carrier")
ITS_FILE = who("refused", "carrier", "reviewer", "editor", "lead", "superuser")
TEAM = who("sign-in", "reviewer", "editor", "lead", "superuser")
DECIDERS = who("sign-in", "reviewer", "lead", "superuser")
LEADS = who("sign-in", "lead", "superuser")

LABEL_FILES = ["visitors:label-badge-svg", "visitors:label-badge-png", "visitors:label-code-svg",
               "visitors:label-code-png", "visitors:label-attestation"]  # fmt: skip
TABLE = {
    "healthz": OPEN, "readyz": OPEN, "robots": OPEN, "icon": OPEN, "security": OPEN,
    "sitemap": OPEN, "sitemap-section": OPEN, "card": OPEN,
    "did": OPEN, "status-list": OPEN, "credential-jwt": OPEN, "credential-json": OPEN,
    "account_login": OPEN, "account_confirm_login_code": SIGNED,  # the address is asked first
    "account_logout": OPEN,
    "account_inactive": NEVER,  # a page that says no
    "account_home": SIGNED, "account_reauthenticate": SIGNED, "account_reauthenticate_code": SIGNED,
    "mfa_list_webauthn": SIGNED, "mfa_add_webauthn": SIGNED, "mfa_remove_webauthn": SIGNED,
    "mfa_login_webauthn": OPEN,
    "carriers:choose-axis": OPEN,
    "carriers:resume": OPEN,  # the secret in the address is the key
    "carriers:another-axis": ITS_DRAFT, "carriers:letter": ITS_DRAFT, "carriers:preview": ITS_DRAFT,
    "carriers:identify": ITS_DRAFT, "carriers:send": ITS_DRAFT, "carriers:sent": ITS_DRAFT,
    "carriers:step": ITS_DRAFT, "carriers:save": ITS_DRAFT,
    "carriers:mine": SIGNED,
    "carriers:reopen": ITS_CARRIER, "carriers:withdraw": ITS_CARRIER,
    "carriers:version": ITS_CARRIER, "carriers:dates": ITS_CARRIER, "carriers:kit": ITS_CARRIER,
    "carriers:attachment": ITS_FILE,
    "desk:queue": TEAM, "desk:dossier": TEAM, "desk:editions": TEAM, "desk:letters": TEAM,
    "desk:labels": TEAM, "desk:label": TEAM, "desk:letter": TEAM,
    "desk:decide": DECIDERS, "desk:undo": DECIDERS,
    "desk:advise": DECIDERS, "desk:recuse": DECIDERS, "desk:recusals": LEADS,
    "desk:label-move": DECIDERS, "desk:label-dates": DECIDERS,
    "desk:publish": LEADS, "desk:trace": LEADS, "desk:trace-export": LEADS,
    "desk:demo-entry": NEVER,  # only in a demonstration
    "visitors:home": OPEN, "visitors:call": OPEN, "visitors:agenda": OPEN,
    "visitors:agenda-ics": OPEN, "visitors:agenda-atom": OPEN, "visitors:agenda-json": OPEN,
    "visitors:initiative": OPEN, "visitors:initiative-ics": OPEN, "visitors:editions": OPEN,
    "visitors:edition": OPEN, "visitors:compass": OPEN, "visitors:criterion": OPEN,
    "visitors:label": OPEN, "visitors:verifier": OPEN, "visitors:site-map": OPEN,
    "visitors:editorial": OPEN, **dict.fromkeys(LABEL_FILES, OPEN),
    "visitors:gallery": NEVER,  # only in a demonstration
    "wagtaildocs_serve": who("sign-in"), "wagtaildocs_authenticate_with_password": who("sign-in"),
}  # fmt: skip
POSTED = {
    "account_reauthenticate_code", "carriers:letter", "carriers:identify", "carriers:save",
    "carriers:reopen", "desk:decide", "desk:undo", "desk:advise", "desk:recuse", "desk:label-move",
    "desk:trace-export",
}  # fmt: skip


def addresses(resolver=None, start="", namespace="") -> Iterator[tuple[str, str, URLPattern]]:
    """(name, path, pattern) of everything that the URL configuration serves."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = start + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield namespace + (pattern.name or path), path, pattern
        else:
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from addresses(pattern, path, namespace + inner)


def is_workshop(name: str, path: str) -> bool:
    """Wagtail's admin, but for the documents that it serves."""
    return path.startswith("gestion/") and name not in TABLE


@pytest.fixture
def world(settings):
    """A call in its first wave: one draft, one initiative in reading, one published."""
    settings.GABARE_TODAY = date(2024, 6, 10)
    call, carrier = the_call(), PersonFactory()
    published = sent(call, carrier)
    decide(
        dossier_id=published.pk, person=PersonFactory(), outcome="label", criteria=["usager"],
        scope="La soirée", now=IN_JUNE,
    )  # fmt: skip
    publish_edition(round_id=Round.objects.get().pk, person=PersonFactory(), now=IN_JULY)
    draft, secret = a_draft(call, title="Brouillon")
    claim_draft(draft_id=draft.pk, person=carrier)
    reading = sent(call, carrier, title="En lecture")
    upload = SimpleUploadedFile("notes.txt", b"Des notes.")
    owner = f"initiative:{reading.initiative.public_id}"
    attachment = keep_file(upload=upload, owner=owner, now=IN_JUNE)
    return SimpleNamespace(
        call=call, carrier=carrier, draft=draft, secret=secret, reading=reading,
        published=published.initiative, attachment=attachment, label=Label.objects.get(),
        letter=Letter.objects.filter(about__startswith="initiative:").first(),
    )  # fmt: skip


def sent(call, carrier, **changes) -> Dossier:
    draft, _secret = a_draft(call, **changes)
    send_draft(draft_id=draft.pk, person=carrier, now=IN_JUNE)
    return Dossier.objects.get(initiative=draft.initiative)


def address_of(world, name: str) -> str:
    """The address of this name, filled from the world."""
    draft, reading = {"public_id": world.draft.initiative.public_id}, world.reading
    mine = {"public_id": reading.initiative.public_id}
    step, dossier = {**draft, "step": "presentation"}, {"dossier_id": reading.pk}
    label = {"number": world.label.number}
    filled = {
        "sitemap-section": {"section": next(iter(SITEMAPS))},
        "mfa_remove_webauthn": {"pk": 1},
        "carriers:resume": {"secret": world.secret},
        "carriers:another-axis": draft, "carriers:letter": draft, "carriers:preview": draft,
        "carriers:identify": draft, "carriers:send": draft,
        "carriers:step": step, "carriers:save": step,
        "carriers:sent": mine, "carriers:reopen": mine, "carriers:withdraw": mine,
        "carriers:version": {**mine, "number": 1},
        "carriers:attachment": {"public_id": world.attachment.public_id},
        "desk:dossier": dossier, "desk:decide": dossier, "desk:undo": dossier,
        "desk:advise": dossier, "desk:recuse": dossier,
        "desk:label": label, "desk:label-move": label, "desk:label-dates": label,
        "carriers:dates": {"public_id": world.published.public_id},
        "desk:letter": {"public_id": world.letter.public_id},
        "desk:demo-entry": {"token": "x"},
        "visitors:initiative": {"slug": world.published.slug},
        "visitors:initiative-ics": {"slug": world.published.slug},
        "visitors:edition": {"key": "2024-06"},
        "visitors:criterion": {"key": "usager"},
        "visitors:label": label, **dict.fromkeys(LABEL_FILES, label),
        "credential-jwt": label, "credential-json": label,
        "status-list": {"purpose": "retrait", "number": 1},
        "carriers:kit": {"public_id": world.published.public_id},
        "visitors:editorial": {"slug": "mentions-legales"},
        "wagtaildocs_serve": [1, "x.pdf"],
        "wagtaildocs_authenticate_with_password": {"restriction_id": 1},
    }.get(name, {})  # fmt: skip
    if isinstance(filled, list):
        return reverse(name, args=filled)
    return reverse(name, kwargs=filled)


def person_in(role: str, world):
    if role in {"reviewer", "editor", "lead"}:
        return TeamMemberFactory(team=world.call.team, role=TeamRole(role)).person
    if role == "other_lead":
        return TeamMemberFactory(role=TeamRole.LEAD).person
    if role == "carrier":
        return world.carrier
    return PersonFactory(is_superuser=role == "superuser")


def answer(client: Client, name: str, address: str) -> str:
    """Opened, sent to sign-in, or refused; whatever it changed is undone."""
    with transaction.atomic():
        response = client.post(address) if name in POSTED else client.get(address)
        b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    assert response.status_code < 500, address
    if response.status_code == 302 and "/compte/entrer/" in response["Location"]:
        return "sign-in"
    return "refused" if response.status_code in {403, 404, 410} else "open"


def met_by(role: str, world) -> dict[str, str]:
    met = {}
    person = None if role == "anonymous" else person_in(role, world)
    for name in sorted(TABLE):
        client = Client(raise_request_exception=True)
        if person is not None:
            client.force_login(person)
        met[name] = answer(client, name, address_of(world, name))
    return met


def test_every_address_says_who_it_is_for():
    named = {name for name, path, _ in addresses() if not is_workshop(name, path)}
    assert named == set(TABLE)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_meets_what_the_table_says(role, world):
    expected = {name: row[role] for name, row in TABLE.items()}
    assert met_by(role, world) == expected


@pytest.mark.parametrize("role", ["anonymous", "stranger", "lead"])
def test_the_english_addresses_are_closed_the_same(role, world):
    expected = {name: row[role] for name, row in TABLE.items()}
    with translation.override("en"):
        assert met_by(role, world) == expected


@pytest.mark.parametrize("role", ["anonymous", "stranger", "carrier", "reviewer"])
def test_the_whole_workshop_is_closed_to_who_may_not_edit(role, world, rf):
    request = rf.get("/gestion/")
    request.user = AnonymousUser() if role == "anonymous" else person_in(role, world)
    doors = [pattern for name, path, pattern in addresses() if is_workshop(name, path)]
    assert len(doors) > 100
    for door in doors:
        with pytest.raises(PermissionDenied):
            door.callback(request)


def test_no_page_asks_for_a_password():
    served = {name for name, path, _ in addresses() if not is_workshop(name, path)}
    allowed = {"wagtaildocs_authenticate_with_password"}  # of a document, closed above
    assert not [name for name in served - allowed if "password" in name or "signup" in name]


@pytest.mark.parametrize(
    "path",
    ["password/reset/", "password/change/", "password/set/", "signup/", "email/", "login/", "2fa/"],
)
def test_the_addresses_of_passwords_lead_nowhere(path, client):
    client.force_login(PersonFactory())
    assert client.get(f"/compte/{path}").status_code == 404


def test_public_pages_set_no_cookie(world):
    for name, row in TABLE.items():
        if row is OPEN and name.startswith(
            ("visitors:", "health", "ready", "robots", "sitemap", "did", "status", "credential")
        ):
            client = Client()
            client.get(address_of(world, name))
            assert not client.cookies, name
