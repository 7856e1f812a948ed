"""Nothing in the tree knows the machine it was made on, nor where its packages came from."""

import json
import re

from tests.architecture import house

BINARY = (".png", ".woff2", ".mo", ".ico", ".jpg", ".webp", ".pdf", ".zip", ".docx", ".odt")
# An address of a package registry, or a path of somebody's machine.
ADDRESSES = re.compile(
    r"pypi\.(?:org|python)|files\.python"
    r"hosted|registry\.npm"
    r"js|/(?:home|Users)/\w+/|/ro"
    r"ot/|/wo"
    r"rk/(?!\*)|index-url|--find-links"
)
ALLOWED = {"Makefile"}  # `--no-emit-index-url`, which is how none is written


def test_no_registry_and_no_machine_is_named():
    named = []
    for path in house.files():
        if path.suffix in BINARY or house.name(path) in ALLOWED or path.name == "test_tree.py":
            continue
        for number, line in enumerate(path.read_text("utf-8", "surrogateescape").splitlines(), 1):
            if ADDRESSES.search(line):
                named.append(f"{house.name(path)}:{number}")
    assert not named


def test_python_locks_pin_and_hash_everything():
    for lock in ["base", "test"]:
        text = (house.ROOT / f"requirements/{lock}.txt").read_text()
        assert "://" not in text
        pins = re.split(r"\n(?=\w)", text.replace("\\\n", " ").strip())
        for pin in pins:
            assert re.match(r"[\w.\-\[\]]+==[\w.+!]+(\s*;[^-]+)?\s+--hash=sha256:[0-9a-f]{64}", pin)


def test_the_test_lock_holds_the_base_lock():
    def pins(lock: str) -> set[str]:
        text = (house.ROOT / f"requirements/{lock}.txt").read_text()
        return set(re.findall(r"^[\w.\-\[\]]+==[\w.+!]+", text, re.M))

    assert pins("base") <= pins("test")


def test_locks_hold_every_requirement():
    for lock in ["base", "test"]:
        wanted = (house.ROOT / f"requirements/{lock}.in").read_text()
        locked = (house.ROOT / f"requirements/{lock}.txt").read_text().lower()
        for line in re.findall(r"^([A-Za-z][\w.\-]*)", wanted, re.M):
            assert re.search(
                rf"^{re.escape(re.sub('[-_.]+', '-', line.lower()))}==", locked, re.M
            ), line


def test_node_lock_records_no_address():
    lock = json.loads((house.ROOT / "tests/browser/package-lock.json").read_text())
    packages = {key: package for key, package in lock["packages"].items() if key}
    assert packages
    for package in packages.values():
        assert "resolved" not in package
        assert package["integrity"].startswith("sha512-")
    declared = json.loads((house.ROOT / "tests/browser/package.json").read_text())
    assert all(re.fullmatch(r"[\d.]+", v) for v in declared["devDependencies"].values())


def test_relative_imports_are_banned():
    relative = [
        house.name(path)
        for path in house.python_files()
        if re.search(r"^\s*from \.", path.read_text(encoding="utf-8"), re.M)
    ]
    assert not relative
