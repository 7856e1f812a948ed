"""What Gabare asks of allauth: codes and passkeys, no password, letters through the outbox."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from gabare.foundation import clock
from gabare.people.models import Person
from gabare.people.operations import record_sign_in


def signed_in_recently(request: HttpRequest) -> bool:
    """Whether the person proved who they are in the last quarter of an hour."""
    records = get_authentication_records(request, request.user)  # type: ignore[arg-type]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


class AccountAdapter(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        """A code *or* a passkey. A passkey is never a second step: losing it would lock out."""
        return ["allauth.account.stages.LoginByCodeStage"]

    @transaction.atomic
    def login(self, request: HttpRequest, user: Any) -> None:
        """Every way in ends here, with a code or a passkey."""
        super().login(request, user)
        record_sign_in(person=user, now=clock.now())

    def is_safe_url(self, url: str | None) -> bool:
        """Where to go on: an address of this site alone, never one of another host that we serve
        (`ALLOWED_HOSTS` holds the visitor's own machine)."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:  # noqa: ARG002
        return not signed_in_recently(self.request)

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The letter is its own change: the code it carries lives in the session."""
        super().send_mail(template_prefix, email, context)

    def render_mail(
        self, template_prefix: str, email: Any, context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        key = template_prefix.rpartition("/")[2].replace("_", "-")
        site = settings.PUBLIC_URL.partition("://")[2]
        return super().render_mail(
            template_prefix,
            email,
            {**context, "site": site},
            headers={**(headers or {}), "X-Gabare-Letter": key},
        )

    def format_email_subject(self, subject: str) -> str:
        return subject

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: Any = None, email: str | None = None
    ) -> None:
        person: Person = user
        super().send_notification_mail(template_prefix, user, context, email or person.email)


class PasskeyAdapter(DefaultMFAAdapter):
    def _get_site_name(self) -> str:
        return str(settings.PUBLIC_URL.partition("://")[2])
