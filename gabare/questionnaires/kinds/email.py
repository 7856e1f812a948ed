from urllib.parse import quote

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires.answers import Raw, Refused, one_line
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Kind

MAX = 254  # RFC 5321


class Email(Kind):
    key = "email"
    name = gettext_lazy("Adresse électronique")

    def clean(self, _question: Asked, raw: Raw, _facts: Facts) -> str:
        address = one_line(raw, highest=MAX)
        try:
            validate_email(address)
        except ValidationError:
            raise Refused(
                _("Cette adresse électronique n’est pas complète. Par exemple : nom@exemple.fr")
            ) from None
        local, domain = address.rsplit("@", 1)
        return f"{local}@{domain.lower()}"

    def format_hint(self, _question: Asked, _facts: Facts) -> str:
        return _("Par exemple nom@exemple.fr")

    def html(self, _question: Asked, value: str, _facts: Facts) -> SafeString:
        return format_html('<a href="mailto:{}">{}</a>', quote(value, safe="@+"), value)
