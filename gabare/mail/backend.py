"""Django's e-mail, whoever writes it, goes through the outbox."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.translation import get_language

from gabare.foundation import clock
from gabare.mail.models import Letter
from gabare.mail.operations import AttachedFile, queue_message
from gabare.mail.rendering import html_of, one_line

LETTER_KEY = "X-Gabare-Letter"  # how a sender names its letter; it never leaves


class OutboxBackend(BaseEmailBackend):
    """One letter a recipient, so that nobody reads another's address. Raises `NoTransaction`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        now = clock.now()
        for message in email_messages:
            for recipient in message.recipients():
                queue_message(self._letter(message, recipient, now), attachments=_files(message))
        return len(email_messages)

    def _letter(self, message: EmailMessage, recipient: str, now: datetime) -> Letter:
        headers = dict(message.extra_headers)
        if message.reply_to:
            headers["Reply-To"] = ", ".join(message.reply_to)
        language = get_language() or "fr"
        return Letter(
            key=headers.pop(LETTER_KEY, "system"),
            recipient=parseaddr(recipient)[1],
            sender=message.from_email,
            language=language,
            subject=one_line(str(message.subject)),
            text=str(message.body),
            html=_html(message) or html_of(str(message.body), language),
            headers=headers,
            created_at=now,
        )


def _html(message: EmailMessage) -> str:
    if not isinstance(message, EmailMultiAlternatives):
        return ""
    html = (content for content, media_type in message.alternatives if media_type == "text/html")
    return next((str(content) for content in html), "")


def _files(message: EmailMessage) -> list[AttachedFile]:
    files = []
    for attached in message.attachments:
        if isinstance(attached, tuple):
            name, content, media_type = attached
            content = content.encode() if isinstance(content, str) else bytes(content)
            files.append(
                AttachedFile(name or "", media_type or "application/octet-stream", content)
            )
    return files
