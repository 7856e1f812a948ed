from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, send_mail
from django.db import IntegrityError, transaction

from gabare.mail import placeholders
from gabare.mail.enums import LetterState
from gabare.mail.models import Letter, LetterText
from gabare.mail.operations import NoTransaction, queue_letter
from gabare.mail.placeholders import UnknownPlaceholder
from gabare.mail.queries import NoLetterText

NOW = datetime(2024, 4, 2, 8, tzinfo=UTC)


def write(**more):
    fields = {
        "owner": "essai", "key": "bonjour", "language": "fr", "recipient": "ada@example.org",
        "values": {"title": "Café", "link": "https://exemple.org/"}, "now": NOW,
    }  # fmt: skip
    return queue_letter(**{**fields, **more})


@pytest.mark.django_db(transaction=True)
def test_a_letter_is_refused_outside_a_transaction(words):
    with pytest.raises(NoTransaction):
        write()
    with pytest.raises(NoTransaction):
        send_mail("Objet", "Texte", "a@example.org", ["b@example.org"])
    assert not Letter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_django_writes_goes_when_its_change_goes(words):
    with transaction.atomic():
        send_mail("Objet", "Texte", "a@example.org", ["b@example.org"])
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    with transaction.atomic():
        send_mail("Objet", "Texte", "a@example.org", ["b@example.org"])
    assert Letter.objects.get().state == LetterState.WAITING


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "subject"),
    [("fr", "Reçu : Café"), ("en", "Received: Café"), ("en-gb", "Received: Café"),
     ("de", "Reçu : Café")],
)  # fmt: skip
def test_words_are_in_the_language_asked_or_the_first_written(words, language, subject):
    assert write(language=language).subject == subject


@pytest.mark.django_db
def test_a_letter_that_nobody_wrote_is_refused(words):
    with pytest.raises(NoLetterText):
        write(owner="autre")


@pytest.mark.django_db
def test_a_placeholder_not_given_is_refused_and_nothing_is_kept(words):
    with pytest.raises(UnknownPlaceholder):
        write(values={"title": "Café"})
    assert not Letter.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("recipient", ["", "ada", "ada@example.org\nBcc: b@example.org"])
def test_a_recipient_is_an_address(words, recipient):
    with pytest.raises(ValidationError):
        write(recipient=recipient)


@pytest.mark.django_db
def test_one_letter_a_recipient_so_that_nobody_reads_the_others():
    message = EmailMultiAlternatives(
        "Objet", "Texte", "a@example.org", ["Ada <b@example.org>"], bcc=["c@example.org"]
    )
    message.attach_alternative("<p>Texte</p>", "text/html")
    message.attach("x.txt", "contenu", "text/plain")
    message.send()
    assert set(Letter.objects.values_list("recipient", flat=True)) == {
        "b@example.org",
        "c@example.org",
    }
    letter = Letter.objects.first()
    assert letter.html == "<p>Texte</p>"
    assert bytes(letter.attachments.get().content) == b"contenu"


@pytest.mark.django_db
def test_the_database_holds_what_a_sent_letter_is(words):
    letter = write()
    letter.state = LetterState.SENT
    with pytest.raises(IntegrityError):
        letter.save()


@pytest.mark.django_db
def test_one_text_for_a_letter_in_a_language(words):
    with pytest.raises(IntegrityError):
        LetterText.objects.create(
            owner="essai", key="bonjour", language="fr", subject="x", body="y"
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("Bonjour {title}", "{link} et [la page]({link}) et [nous](https://exemple.org/)", []),
        ("", "x", ["vide"]),
        ("a\nb", "x", ["une ligne"]),
        ("x", "{inconnu}", ["{inconnu}"]),
        ("x", "[ici]({title})", ["{title}"]),
        ("x", "[ici](javascript:x)", ["javascript:x"]),
    ],
)
def test_what_is_wrong_with_the_words_of_a_letter_is_said(words, subject, body, said):
    problems = placeholders.check("bonjour", subject, body)
    assert len(problems) == len(said)
    assert all(part in problem for part, problem in zip(said, problems, strict=True))


def test_a_placeholder_is_not_both_trusted_and_not():
    one = placeholders.Placeholder("x", "x", trusted=True, sample="x")
    placeholders.register("double", [one])
    placeholders.register("double", [one])
    other = placeholders.Placeholder("x", "x", trusted=False, sample="x")
    with pytest.raises(ValueError, match="trusted"):
        placeholders.register("double", [other])
