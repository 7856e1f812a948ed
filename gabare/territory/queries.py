import unicodedata

from gabare.territory.models import Commune, Perimeter


def communes_of(perimeter: Perimeter) -> list[Commune]:
    """In the order of a dictionary, accents aside: engines do not agree on one."""
    return sorted(perimeter.communes.all(), key=lambda commune: alphabetical(commune.name))


def alphabetical(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
