"""Signing in with a code sent by e-mail, whether the address is known or not.

The same page, the same letter and the same work for every address: nobody learns who has an
account. An account is made when the code comes back, never before.
"""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest, HttpResponse

from gabare.foundation import clock
from gabare.people.operations import find_or_add_person
from gabare.people.queries import person_at


class TooManyCodes(Exception):
    """Too many letters asked for this address, or from this place, in a short time."""


class SignInCode(LoginCodeVerificationProcess):
    """A code on its way: sent, waited for, confirmed. It lives in the visitor's session."""

    @property
    def email(self) -> str:
        return str(self.state["email"])

    @property
    def attempts_left(self) -> int:
        return max(0, self.max_attempts - int(self.state["failed_attempts"]))

    @property
    def is_expired(self) -> bool:
        return not self.is_valid()

    def accepts(self, typed: str) -> bool:
        """Whether this is the code, typed with or without its dash, in any case."""
        if self.is_expired or not self.attempts_left:
            return False
        if compare_user_code(actual=typed, expected=self.code):
            return True
        self.state["failed_attempts"] += 1
        self.persist()
        return False

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002 - allauth's signature
        context = {"code": self.generate_code(), "minutes": self.timeout // 60}
        get_adapter().send_mail("account/email/login_code", email, context)

    def send_again(self) -> None:
        """A new code to the same address; the earlier one is void. Raises `TooManyCodes`."""
        send_code(self.request, email=self.email, name=self.state["name"])

    def sign_in(self, next_url: str | None) -> HttpResponse:
        person = find_or_add_person(email=self.email, name=self.state["name"], now=clock.now())
        self._user = self.stage.login.user = person
        response: HttpResponse = self.finish(next_url)
        return response


def send_code(request: HttpRequest, *, email: str, name: str = "") -> None:
    """Send a code to the address; `/compte/code/` confirms it. Raises `TooManyCodes`.

    `name` becomes the person's when they had none and the code comes back.
    """
    address = email.strip().lower()
    if not ratelimit.consume(request, action="request_login_code", key=address):
        raise TooManyCodes
    person = person_at(address)
    login = Login(user=person, email=address)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(SignInCode.initial_state(user=person, email=address))
    stage.state.update({"initiated_by_user": True, "name": name})
    code = SignInCode(stage)
    code.send()
    code.persist()


def pending_code(request: HttpRequest) -> SignInCode | None:
    """The code that this visitor was sent, even expired; nothing when none was asked."""
    stage: Any = LoginStageController.enter(request, LoginByCodeStage.key)
    return SignInCode(stage) if stage and "email" in stage.state else None
