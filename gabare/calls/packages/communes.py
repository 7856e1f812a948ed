"""The communes of a package: a table that any spreadsheet opens."""

import csv
import io
import math
import re

from django.utils.translation import gettext as _

from gabare.calls.packages.kinds import FORBIDDEN
from gabare.calls.packages.shapes import Commune
from gabare.calls.packages.sources import Report

FILE = "territory/communes.csv"
COLUMNS = ["code", "name", "postcodes", "lon", "lat"]
CODE = re.compile(r"[0-9A-Z]{2,5}")


def read_communes(text: str, report: Report) -> tuple[Commune, ...]:
    reader = csv.reader(io.StringIO(text))
    found: list[Commune] = []
    try:
        header = next(reader, [])
        if header != COLUMNS:
            expected = {"columns": ",".join(COLUMNS)}
            report.add(
                FILE, 1, _("les colonnes ne sont pas celles attendues"),
                _("écrire en première ligne : %(columns)s") % expected,
            )  # fmt: skip
            return ()
        for row in filter(None, reader):
            try:
                commune = read_row(row)
                if commune.key in {other.key for other in found}:
                    raise ValueError(_("le code « %(code)s » est déjà pris") % {"code": row[0]})
                found.append(commune)
            except ValueError as error:
                report.add(FILE, reader.line_num, str(error), _("corriger cette ligne"))
    except csv.Error:
        report.add(FILE, reader.line_num + 1, _("ce n’est pas du CSV"), _("corriger cette ligne"))
    if not found:
        report.add(FILE, 1, _("aucune commune n’est dite"), _("en écrire une par ligne"))
    return tuple(found)


def read_row(row: list[str]) -> Commune:
    """One commune, or `ValueError` with what is wrong, as a sentence."""
    if len(row) != len(COLUMNS):
        raise ValueError(_("la ligne n’a pas %(count)s cases") % {"count": len(COLUMNS)})
    code, name, postcodes, lon, lat = (cell.strip() for cell in row)
    if not CODE.fullmatch(code):
        raise ValueError(_("« %(code)s » n’est pas un code de commune") % {"code": code[:20]})
    if not name or len(name) > 80 or FORBIDDEN.search(name):
        raise ValueError(_("le nom manque ou ne convient pas"))
    if len(postcodes) > 120 or FORBIDDEN.search(postcodes):
        raise ValueError(_("les codes postaux ne conviennent pas"))
    return Commune(
        key=code, name=name, postcodes=postcodes, lon=degrees(lon, 180), lat=degrees(lat, 90)
    )


def degrees(cell: str, limit: int) -> float | None:
    if not cell:
        return None
    try:
        number = float(cell)
    except ValueError:
        number = math.nan
    if not abs(number) <= limit:
        raise ValueError(_("« %(cell)s » n’est pas une coordonnée") % {"cell": cell[:20]})
    return number


def written(communes: tuple[Commune, ...]) -> str:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(COLUMNS)
    for c in communes:
        writer.writerow([c.key, c.name, c.postcodes, shown(c.lon), shown(c.lat)])
    return target.getvalue()


def shown(number: float | None) -> str:
    return "" if number is None else repr(number)
