import unicodedata

LONGEST_NAME = 160


def folded_name(name: str) -> str:
    """What two spellings of one organisation share: no accent, case, space or punctuation mark.

    « L’Atelier – Nantes » and « l'atelier nantes » fold to the same. A name made of signs alone
    folds to itself, so that it never collides with another.
    """
    base = unicodedata.normalize("NFKD", name).casefold()
    kept = [char if char.isalnum() else " " for char in base if not unicodedata.combining(char)]
    return (" ".join("".join(kept).split()) or name.strip())[:LONGEST_NAME]


def tidy_name(name: str) -> str:
    """A name on one line, without the spaces that a paste brings along."""
    return " ".join(name.split())[:LONGEST_NAME]
