"""Settings come from the environment, through one door, and are documented."""

import re

from config import environment
from tests.architecture import house

OPERATING = house.ROOT / "docs" / "operating.md"


def test_every_setting_is_documented_with_its_default():
    text = OPERATING.read_text(encoding="utf-8")
    for key, (default, _meaning) in environment.SETTINGS.items():
        line = re.search(rf"^\|.*`GABARE_{key}`.*$", text, re.M)
        assert line, f"GABARE_{key} is not in docs/operating.md"
        assert not default or f"`{default}`" in line[0], f"GABARE_{key}: its default is `{default}`"


def test_no_setting_is_documented_that_does_not_exist():
    documented = set(re.findall(r"^\|[^|]*`GABARE_([A-Z_]+)`", OPERATING.read_text("utf-8"), re.M))
    assert documented <= set(environment.SETTINGS)


def test_the_environment_is_read_in_one_place():
    readers = [
        house.name(path)
        for path in house.python_files()
        if re.search(r"os\.(environ|getenv)", path.read_text(encoding="utf-8"))
        and (house.GABARE in path.parents or house.ROOT / "config" in path.parents)
    ]
    # cli.py and wsgi.py only name the settings module.
    assert set(readers) <= {"config/environment.py", "config/cli.py", "config/wsgi.py"}


def test_every_setting_is_used():
    sources = "".join(
        path.read_text(encoding="utf-8")
        for path in house.python_files()
        if "tests" not in path.parts
    )
    unused = [
        key
        for key in environment.SETTINGS
        if not re.search(rf"(read|flag|day)\(\s*[\"']{key}[\"']", sources)
    ]
    assert not unused
