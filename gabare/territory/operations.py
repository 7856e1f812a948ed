from collections.abc import Iterable

from django.db import transaction

from gabare.territory.models import Commune, Perimeter


@transaction.atomic
def replace_perimeter(
    *, key: str, name: str, source: str, communes: Iterable[Commune], licence: str = ""
) -> Perimeter:
    """Make the perimeter hold exactly these communes (unsaved ones are fine).

    A commune may belong to several perimeters and to past answers: it is updated, never deleted.
    """
    rows = list(communes)
    perimeter, _created = Perimeter.objects.update_or_create(
        key=key, defaults={"name": name, "source": source, "licence": licence}
    )
    Commune.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "postcodes", "lon", "lat"],
    )
    perimeter.communes.set(Commune.objects.filter(code__in=[row.code for row in rows]))
    return perimeter
