"""How a letter leaves: by SMTP where `GABARE_SMTP_URL` is set, else as a file in DATA_DIR/mail."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings

TIMEOUT = 30
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class Refused(Exception):
    """The other side will never take this letter: trying again would be the same."""


class NotSent(Exception):
    """It did not leave this time; another try may do."""


def send(message: EmailMessage) -> None:
    """Hand the message over. Raises `Refused` or `NotSent`, each saying why."""
    try:
        if settings.SMTP_URL:
            _send_by_smtp(message, settings.SMTP_URL)
        else:
            _write_file(message, Path(settings.MAIL_DIR))
    except smtplib.SMTPRecipientsRefused as refusal:
        code, reason = next(iter(refusal.recipients.values()))
        raise (Refused if code >= 500 else NotSent)(_said(code, reason)) from refusal
    except smtplib.SMTPDataError as refusal:
        kind = Refused if refusal.smtp_code >= 500 else NotSent
        raise kind(_said(refusal.smtp_code, refusal.smtp_error)) from refusal
    except smtplib.SMTPResponseException as refusal:  # sign-in, sender: ours to repair, so wait
        raise NotSent(_said(refusal.smtp_code, refusal.smtp_error)) from refusal
    except (OSError, smtplib.SMTPException, UnicodeError) as error:
        raise NotSent(f"{type(error).__name__}: {error}") from error


def open_smtp(url: str) -> smtplib.SMTP:
    """A connection ready to send, encrypted wherever the server offers it.

    A password is never given in clear to another machine. `smtps://` is encrypted from the start.
    """
    address: SplitResult = urlsplit(url)
    host = address.hostname or "localhost"
    context = ssl.create_default_context()
    server: smtplib.SMTP
    if address.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, address.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, address.port or 25, timeout=TIMEOUT)
    try:
        server.ehlo()
        encrypted = address.scheme == "smtps"
        if not encrypted and host not in LOOPBACK and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
            encrypted = True
        if address.username:
            if not encrypted and host not in LOOPBACK:
                raise smtplib.SMTPNotSupportedError("no encryption: the password is kept here")
            server.login(unquote(address.username), unquote(address.password or ""))
    except BaseException:
        server.close()
        raise
    return server


def _send_by_smtp(message: EmailMessage, url: str) -> None:
    with open_smtp(url) as server:
        server.send_message(message, parseaddr(message["From"])[1], [message["To"]])


def _write_file(message: EmailMessage, folder: Path) -> None:
    """One file a letter, whole or absent; the same name at each try."""
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").partition("@")[0]
    unfinished = folder / f".{name}.part"
    unfinished.write_bytes(message.as_bytes())
    unfinished.replace(folder / f"{name}.eml")


def _said(code: int, reason: bytes | str) -> str:
    words = reason.decode("utf-8", "replace") if isinstance(reason, bytes) else reason
    return f"{code} {words}"
