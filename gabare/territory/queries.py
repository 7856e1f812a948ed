from gabare.territory.models import Commune, Perimeter


def communes_of(perimeter: Perimeter) -> list[Commune]:
    return list(perimeter.communes.order_by("name"))


def is_inside(code: str, perimeter: Perimeter) -> bool:
    return perimeter.communes.filter(code=code).exists()
