"""docs/package-format.md says everything that a package may hold, and nothing that it may not."""

import re
from dataclasses import fields, is_dataclass

import pytest
from django.conf import settings

from gabare.calls.packages import shapes
from gabare.mail.placeholders import letter_keys
from gabare.questionnaires.kinds import REGISTRY

TEXT = (settings.BASE_DIR / "docs" / "package-format.md").read_text()
WRITTEN = set(re.findall(r"[a-z_]+", " ".join(re.findall(r"`([^`\n]+)`", TEXT))))
SHAPES = [
    shape
    for shape in vars(shapes).values()
    if is_dataclass(shape) and shape not in {shapes.Package, shapes.Page, shapes.Commune}
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_key_is_documented(shape):
    wanted = {part.name for part in fields(shape) if part.metadata}
    lists = {"steps", "themes", "audiences", "promises", "reasons"}
    assert wanted - WRITTEN - lists == set()


@pytest.mark.parametrize("kind", REGISTRY.values(), ids=lambda kind: kind.key)
def test_every_kind_is_documented_with_its_options(kind):
    rows = [
        line for line in TEXT.splitlines() if line.startswith("| `") and f"`{kind.key}`" in line
    ]
    documented = {*re.findall(r"`([a-z_]+)`", rows[-1].split("|")[2])}
    assert documented == {option.name for option in kind.options}


def test_every_letter_and_file_is_documented():
    assert [key for key in letter_keys() if f"`{key}`" not in TEXT] == []
    assert [name for name in shapes.FILES if f"`{name}`" not in TEXT] == []
