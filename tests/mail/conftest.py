"""A real mail server on a free port of this machine."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from socket import socket

import pytest
from aiosmtpd.controller import Controller

from gabare.mail import placeholders
from gabare.mail.models import LetterText
from gabare.mail.placeholders import Placeholder, register


class Postman:
    """Keeps what it is given; refuses what a test asks it to refuse."""

    def __init__(self):
        self.received, self.refusals, self.at_data = [], {}, ""

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if self.refusals.get(address):
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.at_data:
            return self.at_data
        content = envelope.content.replace(b"\r\n", b"\n")
        self.received.append(message_from_bytes(content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def postman(settings) -> Iterator[Postman]:
    handler = Postman()
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    settings.SMTP_URL = f"smtp://127.0.0.1:{port}"
    yield handler
    controller.stop()


@pytest.fixture(autouse=True)
def promised_for_the_test_alone(monkeypatch):
    """A call package must hold every letter that is promised: those of a test end with it."""
    monkeypatch.setattr(placeholders, "_registry", dict(placeholders._registry))


@pytest.fixture
def words():
    """The words of a letter `bonjour` of `essai`, in French and in English."""
    register(
        "bonjour",
        [
            Placeholder("title", "titre", trusted=False, sample="Un titre"),
            Placeholder("link", "adresse", trusted=True, sample="https://exemple.org/"),
        ],
    )
    for language, subject in (("fr", "Reçu : {title}"), ("en", "Received: {title}")):
        LetterText.objects.create(
            owner="essai",
            key="bonjour",
            language=language,
            subject=subject,
            body="{title}\n\n{link}",
        )
