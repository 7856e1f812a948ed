"""Web addresses as people paste them."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused, one_line

MAX = 500
_valid = URLValidator(schemes=["http", "https"])
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(?![0-9]+(?:/|$))")


def web_address(raw: Raw) -> str:
    """An http(s) address, `https://` added where no scheme was typed; else `Refused`."""
    text = one_line(raw, highest=MAX)
    if text.startswith("//"):
        text = f"https:{text}"
    scheme = _SCHEME.match(text)
    if scheme is None:
        text = f"https://{text}"
    elif scheme[1].lower() not in {"http", "https"}:
        raise Refused(
            _("Cette adresse ne s’ouvre pas dans un navigateur. Elle doit commencer par https://")
        )
    return _checked(text)


def _checked(text: str) -> str:
    wrong = _("Cette adresse n’est pas complète. Par exemple : https://www.exemple.fr/agenda")
    try:
        _valid(text)
    except ValidationError:
        raise Refused(wrong) from None
    host = text.split("://", 1)[1].split("/", maxsplit=1)[0]
    if "@" in host:
        raise Refused(_("Cette adresse contient un identifiant. Retirez ce qui précède le « @ »."))
    if "." not in host or len(text) > MAX:
        raise Refused(wrong)
    return text


def without_scheme(address: str) -> str:
    """`www.exemple.fr/agenda`: what a reader needs of a link."""
    return texts.line(address).split("://", 1)[-1].removesuffix("/")
