"""A letter of the outbox as an e-mail, ready for the wire."""

from email.message import EmailMessage
from email.utils import format_datetime

from django.conf import settings

from gabare.mail.models import Letter
from gabare.mail.operations import message_id


def message_of(letter: Letter) -> EmailMessage:
    """Plain text first, HTML beside it, no remote image and no tracked link.

    `Auto-Submitted` keeps out-of-office answers away (RFC 3834).
    """
    message = EmailMessage()
    message["Message-ID"] = message_id(letter.public_id)
    message["Date"] = format_datetime(letter.created_at)
    message["From"] = settings.MAIL_FROM or letter.sender or settings.DEFAULT_FROM_EMAIL
    if settings.MAIL_FROM and letter.sender:
        message["Reply-To"] = letter.sender  # answers go to the call, whoever carries the mail
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = letter.language
    for name, value in letter.headers.items():
        if name not in message:
            message[name] = value
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for attached in letter.attachments.all():
        maintype, _, subtype = attached.media_type.partition("/")
        message.add_attachment(
            bytes(attached.content), maintype=maintype, subtype=subtype, filename=attached.name
        )
    return message
