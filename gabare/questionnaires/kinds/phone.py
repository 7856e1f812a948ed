import re

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gabare.questionnaires.answers import Raw, Refused, one_line
from gabare.questionnaires.asked import Asked
from gabare.questionnaires.facts import Facts
from gabare.questionnaires.kinds.base import Kind

MAX = 40
_SEPARATORS = re.compile(r"[\s./()-]")
_FRENCH = re.compile(r"0[1-9][0-9]{8}")
_FRENCH_SHORT = re.compile(r"[13][0-9]{3}|1[0-9]{2}")
_FROM_ABROAD = re.compile(r"\+33[1-9][0-9]{8}")
_INTERNATIONAL = re.compile(r"\+(?!33)[1-9][0-9]{6,14}")  # ITU E.164: fifteen digits at most


class Phone(Kind):
    """Kept as typed: a number is written the way its owner says it."""

    key = "phone"
    name = gettext_lazy("Téléphone")

    def clean(self, _question: Asked, raw: Raw, _facts: Facts) -> str:
        text = one_line(raw, highest=MAX)
        forms = (_FRENCH, _FRENCH_SHORT, _FROM_ABROAD, _INTERNATIONAL)
        if not any(form.fullmatch(dialled(text)) for form in forms):
            raise Refused(
                _(
                    "Ce numéro n’a pas le bon nombre de chiffres. "
                    "Par exemple : 02 40 00 00 00, ou +33 2 40 00 00 00"
                )
            )
        return text

    def format_hint(self, _question: Asked, _facts: Facts) -> str:
        return _("Par exemple 02 40 00 00 00, ou +33 2 40 00 00 00.")

    def html(self, _question: Asked, value: str, _facts: Facts) -> SafeString:
        return format_html('<a href="tel:{}">{}</a>', dialled(value), value)


def dialled(text: str) -> str:
    """The digits to dial: `+33 (0)2 40…` → `+33240…`, `0033…` → `+33…`."""
    digits = _SEPARATORS.sub("", text.replace("(0)", ""))
    return f"+{digits[2:]}" if digits.startswith("00") else digits
