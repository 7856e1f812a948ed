"""What a label's files cost, in memory and without a database: `python -m bench.printing`."""

import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from gabare.labels.attestation import SOURCE  # noqa: E402
from gabare.labels.codes import qr_svg  # noqa: E402
from gabare.ui.mark import Mark, mark_svg  # noqa: E402
from gabare.ui.mark_image import HEIGHTS  # noqa: E402
from gabare.ui.printing import accessible_pdf, picture_of  # noqa: E402
from gabare.ui.rose import Petal  # noqa: E402

TIMES = 20
COLOURS = ["#0f5f8c", "#5b4a9e", "#b0413e", "#b86b00", "#3d7a35", "#00756f", "#8a3d78"]
ADDRESS = "https://appel.exemple.fr/label/2024-017/"


def a_mark() -> Mark:
    petals = [Petal(str(n), f"Critère {n}", c, n % 2 == 0) for n, c in enumerate(COLOURS, 1)]
    return Mark(tuple(petals), "Initiative labellisée", "Nantes Débat de l’IA", "N° 2024-017",
                "Label 2024-017", "Une soirée.")  # fmt: skip


def an_attestation() -> bytes:
    mark = a_mark()
    parts = [{"title": f"Partie {n}", "lines": ["Des mots. " * 12], "items": []} for n in range(6)]
    data = {
        "language": "fr", "title": "Attestation de label", "number": mark.number,
        "organiser": "La métropole", "sentence": "La métropole atteste. " * 6, "warning": "",
        "demo": "", "mark": mark_svg(mark), "mark_words": mark.title, "parts": parts, "logo": "",
        "check": {"title": "Vérifier", "words": "Sa page le dit.", "address": ADDRESS},
        "code": qr_svg(ADDRESS, ""), "code_words": ADDRESS, "issued": "Établi ce jour.",
        "email": "appel@exemple.fr",
    }  # fmt: skip
    return accessible_pdf(SOURCE, data, at=0)


def measured(name: str, make: Callable[[], object]) -> str:
    make()  # fonts are read once
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        make()
        taken.append((time.perf_counter() - begun) * 1000)
    return f"{name}: médiane {statistics.median(taken):.0f} ms, pire {max(taken):.0f} ms"


def main() -> None:
    mark = a_mark()
    svg = mark_svg(mark, "print")
    print(measured("attestation", an_attestation))
    print(measured("marque, SVG", lambda: mark_svg(mark)))
    print(measured("marque, PNG d’impression", lambda: picture_of(svg, height=HEIGHTS["print"])))


if __name__ == "__main__":
    main()
