"""The QR code of a label's page: read by any telephone, from a poster or a sheet of paper."""

from io import BytesIO

import segno

CORRECTION = "m"  # a seventh of it may be torn or stained
QUIET = 4  # modules of white around, as the standard asks
PIXELS = 20  # for a module of the PNG: sharp on paper up to 7 cm


def qr_svg(address: str, title: str) -> str:
    """On its own white, so that it is read on any ground. `title` is its alternative text."""
    out = BytesIO()
    _code(address).save(
        out, kind="svg", border=QUIET, scale=4, light="#ffffff", title=title, xmldecl=False,
        svgclass=None, lineclass=None, nl=False,
    )  # fmt: skip
    return out.getvalue().decode()


def qr_png(address: str) -> bytes:
    out = BytesIO()
    _code(address).save(out, kind="png", border=QUIET, scale=PIXELS)
    return out.getvalue()


def _code(address: str) -> segno.QRCode:
    return segno.make_qr(address, error=CORRECTION)
