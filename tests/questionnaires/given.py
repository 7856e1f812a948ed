"""Questions and facts to test with: a small call that is nobody's."""

from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from gabare.questionnaires.facts import Choice, Facts, StoredFile
from gabare.questionnaires.kinds import REGISTRY
from gabare.questionnaires.specs import QuestionSpec

NOW = datetime(2024, 6, 1, 12, 0, tzinfo=UTC)
DAY = date(2024, 6, 1)

COMMUNES = [
    Choice("44109", {"fr": "Nantes"}),
    Choice("44143", {"fr": "Rezé"}),
    Choice("44162", {"fr": "Saint-Herblain"}),
]
CRITERIA = [
    Choice("safety", {"fr": "Sûreté", "en": "Safety"}, number="1", colour="#0f5f8c"),
    Choice("law", {"fr": "Droit"}, {"fr": "National et européen"}, number="2", colour="#5b4a9e"),
    Choice("biometrics", {"fr": "Biométrie"}, number="2.1", colour=""),
]
THEMES = [Choice("health", {"fr": "Santé"}), Choice("school", {"fr": "École"})]
FILE = StoredFile("bcdfghjkmn", "plan <b>.pdf", 120_000, "application/pdf", "/fichiers/bcdfghjkmn/")


def facts(**changes: Any) -> Facts:
    values: dict[str, Any] = {
        "axis": "events",
        "role": "carrier",
        "day": DAY,
        "language": "fr",
        "choices": {
            "communes": COMMUNES,
            "criteria": CRITERIA,
            "themes": THEMES,
            "audiences": THEMES,
        },
        "files": {FILE.public_id: FILE},
    }
    return Facts(**{**values, **changes})


OPTIONS: dict[str, dict[str, Any]] = {
    "single_choice": {
        "choices": [
            {"value": "free", "label": {"fr": "Gratuit"}},
            {"value": "paid", "label": {"fr": "Payant"}, "hint": {"fr": "Même un peu"}},
        ],
        "other": True,
    },
    "multiple_choice": {"source": "themes", "other": True},
    "explanation": {"text": {"fr": "**Bonjour** <script>alert(1)</script>"}},
    "commune": {"outside": True},
    "place": {"outside": True},
    "criteria": {"explain": True},
    "file": {"max": 3},
    "whole_number": {"min": -5, "max": 1_000_000, "unit": {"fr": "personnes"}},
    "long_text": {"min": 3, "max": 2000},
    "short_text": {"max": 120, "autocomplete": "name"},
}

# A canonical value of each kind, as a version keeps it.
VALUES: dict[str, Any] = {
    "short_text": "L’IA à l’école",
    "long_text": "Un jour.\n\nDeux jours.",
    "single_choice": {"other": "prix libre"},
    "multiple_choice": ["health", {"other": "danse"}],
    "yes_no": False,
    "whole_number": 12000,
    "date": "2024-09-18",
    "date_range": {"start": "2024-04-01", "end": "2024-04-30"},
    "link": "https://exemple.fr/agenda",
    "email": "nom@exemple.fr",
    "phone": "02 40 00 00 00",
    "file": [FILE.public_id],
    "commune": "44109",
    "place": {"name": "Halle", "address": "1 quai", "commune": "44109"},
    "organisation": {
        "name": "Les Ateliers",
        "kind": "association",
        "website": "https://exemple.fr",
        "register_number": "W442001234",
    },
    "criteria": {"safety": "Par un jeu.", "law": ""},
}


def question(kind: str, key: str = "", **changes: Any) -> QuestionSpec:
    values = {"step": "one", "label": {"fr": f"Question {kind}"}, "options": OPTIONS.get(kind, {})}
    return QuestionSpec(key=key or kind, kind=kind, **{**values, **changes})


def one_of_each() -> list[QuestionSpec]:
    return [question(kind) for kind in REGISTRY]


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")


PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def picture(encoding: str = "JPEG", *, size: tuple[int, int] = (40, 20), **options: Any) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", size, "#0f5f8c").save(drawn, encoding, **options)
    return drawn.getvalue()
