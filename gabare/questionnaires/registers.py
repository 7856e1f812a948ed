"""Numbers that French registers give to organisations: SIREN, SIRET, RNA."""

import re

from django.utils.translation import gettext as _

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused, one_line

LA_POSTE = (
    "356000000"  # its establishments do not follow Luhn: the digits add up to a multiple of 5
)


def register_number(raw: Raw) -> str:
    """`35600000000048`, `W442001234`, or nothing; `Refused` when a digit must be wrong."""
    number = re.sub(r"[\s.-]", "", one_line(raw, highest=40)).upper()
    if not number:
        return ""
    if re.fullmatch(r"W[0-9][0-9A-Z][0-9]{7}", number):
        return number
    if re.fullmatch(r"[0-9]{9}|[0-9]{14}", number):
        if _adds_up(number):
            return number
        raise Refused(_("Ce numéro Siret contient une erreur : vérifiez chaque chiffre."))
    raise Refused(
        _(
            "Ce numéro n’est ni un Siret (14 chiffres), ni un Siren (9 chiffres), "
            "ni un numéro RNA (W et 9 chiffres). Corrigez-le ou laissez-le vide."
        )
    )


def _adds_up(number: str) -> bool:
    digits = [int(digit) for digit in reversed(number)]
    if number.startswith(LA_POSTE) and len(number) == 14 and sum(digits) % 5 == 0:
        return True
    doubled = [digit * 2 if index % 2 else digit for index, digit in enumerate(digits)]
    return any(digits) and sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0


def grouped(number: str) -> str:
    """`123 456 789 00012`, for reading."""
    if not number.isdigit():
        return number
    head = texts.NARROW_SPACE.join((number[:3], number[3:6], number[6:9]))
    return f"{head}{texts.NARROW_SPACE}{number[9:]}" if len(number) == 14 else head
