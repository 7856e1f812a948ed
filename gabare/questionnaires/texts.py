"""Text as people type it: kept, cleaned of what a database or a page cannot hold, never trusted."""

import re
import unicodedata

LIMIT = 100_000  # characters; nothing typed is kept beyond, whatever the question
NARROW_SPACE = "\u202f"

# Controls but tab and newline, lone surrogates, the byte order mark, and the two overrides that
# make a text read backwards. Joiners and direction marks stay: scripts and emoji need them.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff\u202d\u202e]")
_BLANKS = re.compile(r"[ \t\n]+")
_BLANK_LINES = re.compile(r"\n{4,}")


def typed(value: object) -> str:
    """What was typed, as it may be stored in a draft.

    One character more than `LIMIT` is kept: cleaning still sees that it was too long, and says so.
    """
    if not isinstance(value, str):
        return ""
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return _UNWANTED.sub("", text)[: LIMIT + 1]


def line(value: object) -> str:
    """One line in NFC: runs of blanks become one space; no-break spaces are kept."""
    text = unicodedata.normalize("NFC", typed(value))
    return _BLANKS.sub(" ", text).strip()


def block(value: object) -> str:
    """Several lines in NFC, without blanks at line ends nor more than two empty lines."""
    text = unicodedata.normalize("NFC", typed(value))
    # Not a pattern such as `[ ]+\n`: on a hundred thousand spaces it would take minutes.
    text = "\n".join(each.rstrip(" \t") for each in text.split("\n"))
    return _BLANK_LINES.sub("\n\n\n", text).strip()


def fold(text: str) -> str:
    """For comparing names: no case, no accent, straight apostrophes, single spaces."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text.replace("’", "'"))
        if not unicodedata.combining(letter)
    )
    return " ".join(plain.casefold().replace("-", " ").split())


def spaced(number: int) -> str:
    """`12 000`, with the narrow no-break space of French typography."""
    return f"{number:,}".replace(",", NARROW_SPACE)
