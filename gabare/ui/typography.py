"""French spacing and apostrophes for texts that people type."""

import re

NARROW = "\u202f"
NBSP = "\u00a0"
_CONTROL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"\.\.\.(?!\.)"), "…"),
    (re.compile(r"(?<=\S)[ \u00a0]+(?=[;!?»](?:[\s»)\]*_,.]|$))"), NARROW),
    (re.compile(r"«[ \u00a0]*(?=\S)"), f"«{NARROW}"),
    (re.compile(r"(?<=[^\s«])[ \u202f]+(?=:(?:\s|$))"), NBSP),
    (re.compile(r"\b(\d{1,2}) h (?=\d{2}\b)"), rf"\1{NBSP}h{NBSP}"),
    (re.compile(r"\b(\d{1,2}) h\b"), rf"\1{NBSP}h"),
)


def typography(text: str, language: str) -> str:
    """French texts get their no-break spaces; others, and anything without spaces, stay as typed.

    Only spaces that are already there are replaced: an address or a line of code is never cut.
    Applying it twice changes nothing more.
    """
    if not _is_french(language):
        return text
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


def inside_quotes(text: str, language: str) -> str:
    """The text as it stands between quotation marks: its own « » become inner ones."""
    opening, closing = ("“", "”") if _is_french(language) else ("‘", "’")
    return re.sub(r"\s*»", closing, re.sub(r"«\s*", opening, text))


def quoted(text: str, language: str) -> str:
    """The text between quotation marks: « Atelier “jouer” »."""
    inner = inside_quotes(typography(text, language), language)
    return f"«{NARROW}{inner}{NARROW}»" if _is_french(language) else f"“{inner}”"


def _is_french(language: str) -> bool:
    return language.partition("-")[0] == "fr"


def printable(text: str) -> str:
    """Without the control signs that calendars, XML and PDF refuse; lines and tabs stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
