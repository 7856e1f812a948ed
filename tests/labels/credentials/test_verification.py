"""Our own verifier: four answers, and one clear sentence for each thing that is no label."""

import base64
import json
import socket
from datetime import timedelta

import pytest
from django.conf import settings as django_settings

from gabare.labels.credentials import keys, reading, securing, shape, status_list
from gabare.labels.credentials.issuing import our_did
from gabare.labels.enums import LabelState
from gabare.labels.models import SigningKey
from gabare.labels.operations import rotate_signing_key
from gabare.labels.verification import Answer, Rule, verify
from tests.labels.signed import SITE, a_label, json_of, jwt_of, now

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public(settings):
    settings.PUBLIC_URL = SITE


@pytest.fixture
def label():
    return a_label()


def answer_to(content: object, at=None) -> Answer:
    raw = content if isinstance(content, bytes) else written(content)
    return verify(raw, now=at or now()).answer


def written(content: object) -> bytes:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return text.encode()


def both(label) -> list[bytes]:
    return [written(jwt_of(label)), written(json_of(label))]


@pytest.mark.parametrize(
    ("state", "answer"),
    [(LabelState.VALID, Answer.VALID), (LabelState.SUSPENDED, Answer.SUSPENDED),
     (LabelState.ENDED, Answer.ENDED), (LabelState.REVOKED, Answer.REVOKED)],
)  # fmt: skip
def test_one_answer_of_four_for_each_form(label, state, answer):
    forms = both(label)  # signed before: a credential does not know what becomes of its label
    label.state = state
    label.save()
    assert [answer_to(form) for form in [*forms, label.number.encode()]] == [answer] * 3


def test_every_rule_is_said_with_what_it_found(label):
    said = verify(written(jwt_of(label)), now=now())
    assert [(each.rule, each.held) for each in said.rules] == [(rule, True) for rule in Rule]
    assert (said.label, said.carrier.organisation.slug) == (label, "médiathèque-a")
    by_number = verify(label.number.encode(), now=now())
    assert by_number.found == {
        Rule.SIZE: True, Rule.FORM: True, Rule.NUMBER: True, Rule.PERIOD: True, Rule.STATUS: True
    }  # fmt: skip


def test_an_expired_credential_is_a_label_that_ended(label):
    later = now() + timedelta(days=60)
    assert [answer_to(form, later) for form in both(label)] == [Answer.ENDED] * 2
    label.state = LabelState.REVOKED
    label.save()
    assert answer_to(jwt_of(label), later) == Answer.REVOKED  # worse than ended, said first


def test_a_label_that_has_not_begun(label):
    assert answer_to(jwt_of(label), now() - timedelta(days=10)) == Answer.EARLY


def test_a_key_that_no_longer_signs_still_verifies(label):
    before = both(label)
    former = SigningKey.objects.get()
    current = rotate_signing_key(now=now())
    assert former.public_id != current.public_id
    after = both(label)
    assert before != after
    assert {answer_to(form) for form in before + after} == {Answer.VALID}
    former.delete()
    assert {answer_to(form) for form in before} == {Answer.TAMPERED}


def paths(value, path=()):
    """Every place of a document, the inner ones and the leaves."""
    if path:
        yield path
    if isinstance(value, dict | list):
        inner = value.items() if isinstance(value, dict) else enumerate(value)
        for name, each in inner:
            yield from paths(each, (*path, name))


def changed(value, path, change):
    """A copy, with what stands at the path changed."""
    copy = json.loads(json.dumps(value))
    holder = copy
    for name in path[:-1]:
        holder = holder[name]
    change(holder, path[-1])
    return copy


def another(holder, name):
    value = holder[name]
    if isinstance(value, bool):
        holder[name] = not value
    elif isinstance(value, str):
        holder[name] = value[:-1] + ("a" if value[-1:] != "a" else "b")
    elif isinstance(value, int):
        holder[name] = value + 1
    elif isinstance(value, list):
        holder[name] = [*value, value[0]]
    else:
        holder[name] = {**value, "ajout": "x"}


def removed(holder, name):
    del holder[name]


def emptied(holder, name):
    holder[name] = None


def wrapped(holder, name):
    """The same to many readers, not what was signed."""
    holder[name] = [holder[name]]


def resigned_by_nobody(token: str, payload: dict) -> str:
    header, _payload, signature = token.split(".")
    body = base64.urlsafe_b64encode(written(payload)).rstrip(b"=").decode()
    return f"{header}.{body}.{signature}"


@pytest.mark.parametrize("change", [another, removed, emptied, wrapped])
@pytest.mark.parametrize("form", ["jwt", "json"])
def test_no_field_can_be_changed(label, form, change):
    token = jwt_of(label)
    document = reading.read(token.encode()).document if form == "jwt" else json_of(label)
    places = list(paths(document))
    assert len(places) > 55
    for path in places:
        other = changed(document, path, change)
        content = resigned_by_nobody(token, other) if form == "jwt" else other
        said = answer_to(content)
        if path[0] == "issuer" and (len(path) == 1 or path[1] == "id"):
            assert said in {Answer.FOREIGN, Answer.UNREADABLE, Answer.TAMPERED}, path
        elif path == ("credentialSubject",):
            assert said in {Answer.UNREADABLE, Answer.TAMPERED}, path
        else:
            assert said == Answer.TAMPERED, path


def added(holder, name):
    if isinstance(holder[name], dict):
        holder[name]["description_ajoutee"] = "Certifié conforme"


@pytest.mark.parametrize("form", ["jwt", "json"])
def test_no_field_can_be_added(label, form):
    """Most of all one that the vocabularies ignore: the signature would not see it."""
    token = jwt_of(label)
    document = reading.read(token.encode()).document if form == "jwt" else json_of(label)
    tried = 0
    for path in paths(document):
        other = changed(document, path, added)
        if other != document:
            content = resigned_by_nobody(token, other) if form == "jwt" else other
            assert answer_to(content) == Answer.TAMPERED, path
            tried += 1
    assert tried >= 9
    other = {**document, "ajout": "x"}
    content = resigned_by_nobody(token, other) if form == "jwt" else other
    assert answer_to(content) == Answer.TAMPERED


@pytest.mark.parametrize("part", [0, 2])
def test_neither_header_nor_signature_can_be_changed(label, part):
    parts = jwt_of(label).split(".")
    for place in range(0, len(parts[part]) - 1, 7):
        letters = parts[part]
        other = letters[:place] + ("A" if letters[place] != "A" else "B") + letters[place + 1 :]
        token = ".".join([*parts[:part], other, *parts[part + 1 :]])
        assert answer_to(token) in {Answer.TAMPERED, Answer.UNREADABLE}, place


def headed(token: str, **header) -> str:
    _header, payload, signature = token.split(".")
    head = base64.urlsafe_b64encode(written(header)).rstrip(b"=").decode()
    return f"{head}.{payload}.{signature}"


def test_a_token_does_not_choose_how_it_is_verified(label):
    token, kid = jwt_of(label), f"{our_did()}#{SigningKey.objects.get().public_id}-jwk"
    for header in (
        {"alg": "none", "typ": "JWT", "kid": kid},
        {"alg": "HS256", "typ": "JWT", "kid": kid},
        {"alg": "EdDSA", "typ": "JWT", "kid": "did:web:ailleurs.example.org#x-jwk"},
        {"alg": "EdDSA", "typ": "JWT", "kid": kid, "jwk": {}},
        {"alg": "EdDSA", "typ": "JWT", "kid": f"{our_did()}#\0-jwk"},
        {"alg": "EdDSA", "typ": "JWT"},
    ):
        assert answer_to(headed(token, **header)) == Answer.TAMPERED, header


def test_the_key_of_somebody_else_signs_nothing_of_ours(label):
    content = {k: v for k, v in json_of(label).items() if k != "proof"}
    ours = SigningKey.objects.get().public_id
    stranger = keys.Signer(our_did(), ours, keys.new_private())
    forged = [
        securing.as_jwt(content, stranger),
        securing.as_data_integrity(content, stranger, now()),
    ]
    assert [answer_to(each) for each in forged] == [Answer.TAMPERED] * 2


def test_a_credential_of_elsewhere_is_said_foreign(label, settings):
    settings.PUBLIC_URL = "https://ailleurs.example.org"
    forms = both(label)
    settings.PUBLIC_URL = SITE
    assert [answer_to(form) for form in forms] == [Answer.FOREIGN] * 2
    assert answer_to("https://ailleurs.example.org/label/2024-001/") == Answer.FOREIGN


@pytest.mark.parametrize(
    "address",
    ["{site}/label/{number}/", "{site}/label/{number}/credential.json", "/label/{number}/",
     "{site}/en/label/{number}/?porteur=association-b", "appel.example.org/label/{number}"],
)  # fmt: skip
def test_a_link_of_ours_is_read_as_its_number(label, address):
    assert answer_to(address.format(site=SITE, number=label.number)) == Answer.VALID


def test_nothing_is_fetched(label, monkeypatch):
    """Whatever the address: no socket is opened, not even towards ourselves."""

    def refused(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refused)
    for address in (
        "http://169.254.169.254/label/2024-001/",
        "https://[::1]/label/x",
        "file:///x/y",
    ):
        assert answer_to(address) in {Answer.FOREIGN, Answer.UNREADABLE}
    other = changed(
        json_of(label), ("@context", 0), lambda h, n: h.__setitem__(n, "http://127.0.0.1/")
    )
    assert answer_to(other) == Answer.TAMPERED


def test_the_carrier_is_one_of_the_label(label):
    page = f"{SITE}/label/{label.number}/"
    assert answer_to(f"{page}?porteur=association-b") == Answer.VALID
    assert answer_to(f"{page}?porteur=inconnue") == Answer.CARRIER
    theirs = jwt_of(label, "association-b")
    label.initiative.carriers.get(organisation__slug="association-b").delete()
    assert answer_to(theirs) == Answer.CARRIER


def test_a_number_that_no_label_has(label):
    assert answer_to("2024-999") == Answer.UNKNOWN
    assert answer_to(f"{SITE}/label/2024-999/") == Answer.UNKNOWN


@pytest.mark.parametrize(
    "content",
    [b"", b"bonjour", b"\xff\xfe\x00", b"{", b"[]", b"{}", b"a.b.c", b"<svg/>", b"<svg",
     b'{"issuer": 1, "issuer": 2, "credentialSubject": 3}', b'{"issuer": NaN}',
     b"\x89PNG\r\n\x1a\n\x00\x00", b"x" * 1000, b'{"a":' * 5000,
     *(b'{"a":' * deep + b"1" + b"}" * deep for deep in (20, 400, 700, 950)),
     b"<a>" * 300_000, b"<a>" * 200_000 + b"</a>" * 200_000,
     b"http://[/label/x",
     b'{"issuer": "\\ud800", "credentialSubject": {}}',
     b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="x">&a;</svg>'],
)  # fmt: skip
def test_what_cannot_be_read_is_said_so(content):
    assert answer_to(content) == Answer.UNREADABLE


def test_what_is_too_heavy_is_said_so(label):
    heavy = {**json_of(label), "name": "x" * reading.CREDENTIAL}
    assert answer_to(heavy) == Answer.OVERSIZED
    assert answer_to(b"x" * (reading.PICTURE + 1)) == Answer.OVERSIZED


def test_a_list_older_than_its_validity_says_nothing():
    listed = status_list.status_list(
        did="did:web:x", address="https://x/l", purpose="revocation", indices=[12], now=now()
    )
    assert status_list.is_set(listed, 12, now())
    assert not status_list.is_set(listed, 13, now())
    for moment in (now() + timedelta(days=2), now() - timedelta(days=1)):
        with pytest.raises(status_list.Stale):
            status_list.is_set(listed, 12, moment)


def test_a_sealed_key_needs_its_secret(settings):
    private = keys.new_private()
    sealed = keys.seal(private, django_settings.SECRET_KEY)
    assert keys.unseal(sealed, django_settings.SECRET_KEY) == private
    assert keys.unpadded(private) not in sealed
    with pytest.raises(keys.Unreadable):
        keys.unseal(sealed, "autre")


def test_the_shape_is_that_of_what_we_write(label):
    shape.check(json_of(label), shape.WITH_PROOF)
    shape.check(reading.read(jwt_of(label).encode()).document, shape.WITH_CLAIMS)
    assert [keys.from_base58(keys.base58(raw)) for raw in (b"", b"\0\0a", b"\xff" * 40)] == [
        b"", b"\0\0a", b"\xff" * 40
    ]  # fmt: skip
