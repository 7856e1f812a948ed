"""Who a letter comes from, and where an answer to it goes."""

from datetime import UTC, datetime

import pytest

from gabare.mail.envelopes import message_of
from gabare.mail.models import Letter

pytestmark = pytest.mark.django_db

CALL = "=?utf-8?q?L=E2=80=99appel?= <appel@example.org>"


def a_letter(**fields: object) -> Letter:
    return Letter.objects.create(
        key="labelled", recipient="contact@example.org", subject="Objet", text="Texte",
        created_at=datetime(2024, 5, 7, tzinfo=UTC), **fields,
    )  # fmt: skip


def test_a_letter_comes_from_its_call(settings):
    settings.MAIL_FROM = ""
    message = message_of(a_letter(sender=CALL))
    assert message["From"] == "L’appel <appel@example.org>"
    assert message["Reply-To"] is None


def test_the_installation_may_send_for_the_call_that_still_gets_the_answers(settings):
    settings.MAIL_FROM = "Gabare <gabare@example.net>"
    message = message_of(a_letter(sender=CALL))
    assert message["From"] == "Gabare <gabare@example.net>"
    assert message["Reply-To"] == "L’appel <appel@example.org>"


def test_a_letter_of_the_site_comes_from_the_site(settings):
    settings.MAIL_FROM = ""
    settings.DEFAULT_FROM_EMAIL = "gabare@localhost"
    message = message_of(a_letter())
    assert message["From"] == "gabare@localhost"
    assert message["Reply-To"] is None
