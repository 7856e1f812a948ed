"""Days as people write them. A day is never guessed: two-digit years are sent back."""

import re
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gabare.questionnaires import texts
from gabare.questionnaires.answers import Raw, Refused
from gabare.ui.dates import long_date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv january jan",
            "fevrier fevr fev february feb",
            "mars march mar",
            "avril avr april apr",
            "mai may",
            "juin june jun",
            "juillet juil july jul",
            "aout august aug",
            "septembre sept september sep",
            "octobre oct october",
            "novembre nov november",
            "decembre dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_SLASHED = re.compile(r"([0-9]{1,2})[/. -]([0-9]{1,2})[/. -]([0-9]{4})")
_WORDS = re.compile(
    r"(?:[a-z]+,? )?([0-9]{1,2})(?:er|st|nd|rd|th)? (?:of )?([a-z]+)\.?,? ([0-9]{4})"
)
_MONTH_FIRST = re.compile(r"(?:[a-z]+,? )?([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})")
FIRST_YEAR, LAST_YEAR = 1900, 2200


def read_day(raw: Raw) -> date:
    """`18/09/2024`, `2024-09-18`, `18 septembre 2024`, `1er juin 2024`; else `Refused`."""
    text = texts.line(raw)
    parts = _parts(text)
    if parts is None:
        raise Refused(_("Cette date n’est pas lisible. Écrivez-la ainsi : 18/09/2024"))
    year, month, day = parts
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(_("L’année de cette date semble fausse. Écrivez-la ainsi : 18/09/2024"))
    try:
        return date(year, month, day)
    except ValueError:
        raise Refused(
            _("Cette date n’existe pas dans le calendrier : vérifiez le jour et le mois.")
        ) from None


def _parts(text: str) -> tuple[int, int, int] | None:
    """Year, month, day; nothing when the text is no date."""
    if found := _ISO.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _SLASHED.fullmatch(text):
        return int(found[3]), int(found[2]), int(found[1])
    # Not `texts.fold`: it would take the hyphens and the digits of other scripts away.
    folded = texts.fold(text)
    if (found := _WORDS.fullmatch(folded)) and found[2] in MONTHS:
        return int(found[3]), MONTHS[found[2]], int(found[1])
    if (found := _MONTH_FIRST.fullmatch(folded)) and found[1] in MONTHS:
        return int(found[3]), MONTHS[found[1]], int(found[2])
    return None


def within(day: date, earliest: str | None, latest: str | None) -> None:
    """Refuses a day outside the options `min` and `max`."""
    language = get_language() or "fr"
    if earliest and day < date.fromisoformat(earliest):
        first = long_date(date.fromisoformat(earliest), language)
        raise Refused(_("Cette date est trop tôt : à partir du %(day)s.") % {"day": first})
    if latest and day > date.fromisoformat(latest):
        last = long_date(date.fromisoformat(latest), language)
        raise Refused(_("Cette date est trop tard : jusqu’au %(day)s.") % {"day": last})


def as_typed(raw: Raw) -> str:
    """A canonical day as people write it; anything else as it was typed."""
    text = texts.typed(raw)
    found = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    return f"{found[3]}/{found[2]}/{found[1]}" if found else text
