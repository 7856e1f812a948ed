import re
import stat
from pathlib import Path

import pytest

from config import environment

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| `GABARE_([A-Z_]+)` \|([^|]*)\|([^|]+)\|$", re.MULTILINE)


def test_every_setting_is_documented_with_its_default_and_no_other_is():
    rows = ROW.findall((ROOT / "docs/operating.md").read_text())
    documented = {name: default.strip("` ") for name, default, _meaning in rows}
    declared = {name: default for name, (default, _meaning) in environment.SETTINGS.items()}
    assert documented == declared


def test_settings_read_nothing_that_is_not_declared():
    source = (ROOT / "config/settings.py").read_text()
    used = set(re.findall(r"environment\.(?:read|flag|day)\(['\"](\w+)['\"]\)", source))
    assert used == set(environment.SETTINGS)


def test_a_setting_comes_from_its_variable_else_from_its_default(monkeypatch):
    monkeypatch.delenv("GABARE_PORT", raising=False)
    monkeypatch.delenv("PORT", raising=False)
    assert environment.read("PORT") == "8000"
    monkeypatch.setenv("PORT", "8001")
    assert environment.read("PORT") == "8001"
    monkeypatch.setenv("GABARE_PORT", "8002")
    assert environment.read("PORT") == "8002"


@pytest.mark.parametrize(
    ("text", "expected"), [("1", True), ("true", True), ("0", False), ("", False)]
)
def test_a_flag_is_on_or_off(monkeypatch, text, expected):
    monkeypatch.setenv("GABARE_DEMO", text)
    assert environment.flag("DEMO") is expected


def test_a_day_that_is_none_is_refused(monkeypatch):
    monkeypatch.setenv("GABARE_TODAY", "demain")
    with pytest.raises(ValueError, match="demain"):
        environment.day("TODAY")


def test_a_secret_is_made_once_and_kept_for_its_owner(tmp_path):
    path = tmp_path / "var" / "secret-key"
    assert environment.kept_secret(path, lambda: "premier") == "premier"
    assert environment.kept_secret(path, lambda: "second") == "premier"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [each.name for each in path.parent.iterdir()] == ["secret-key"]
