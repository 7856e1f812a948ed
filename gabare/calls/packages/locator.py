"""Where each key of a TOML text stands. `tomllib` says what a file holds, never on which line."""

import re
from bisect import bisect_right
from contextlib import suppress

Path = tuple[str | int, ...]

BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
SCALAR = re.compile(r"[^,\]}\n#]*")
STRINGS = [
    re.compile(r'"""(?:\\.|[^\\])*?"""(?:"{0,2})', re.DOTALL),
    re.compile(r"'''.*?'''(?:'{0,2})", re.DOTALL),
    re.compile(r'"(?:\\.|[^"\\\n])*"'),
    re.compile(r"'[^'\n]*'"),
]
KEY = re.compile(r'[ \t]*(?:([A-Za-z0-9_-]+)|"((?:\\.|[^"\\\n])*)"|\'([^\'\n]*)\')[ \t]*')


def lines_of(source: str) -> dict[Path, int]:
    """Path of each table, key and list item → its line. For a text that `tomllib` has accepted."""
    scanner = Scanner(source.replace("\r\n", "\n"))
    with suppress(RecursionError):  # nested beyond reason: the lines found so far will do
        scanner.document()
    return scanner.lines


def line_at(lines: dict[Path, int], path: Path) -> int:
    """The line of `path`, else of what holds it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.lines: dict[Path, int] = {(): 1}
        self.counts: dict[Path, int] = {}  # array of tables → how many tables so far
        self.ends = [match.end() for match in re.finditer("\n", text)]

    def document(self) -> None:
        table: Path = ()
        while self.blank() < len(self.text):
            before = self.at
            if self.text.startswith("[", self.at):
                table = self.header()
            else:
                self.pair(table)
            self.at = max(self.at, before + 1)

    def blank(self) -> int:
        found = BLANK.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return self.at

    def mark(self, path: Path) -> None:
        self.lines.setdefault(path, bisect_right(self.ends, self.at) + 1)

    def keys(self) -> list[str]:
        """A dotted key: `a.b."c d"`."""
        found: list[str] = []
        while match := KEY.match(self.text, self.at):
            found.append(next(part for part in match.groups() if part is not None))
            self.at = match.end()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
        return found

    def header(self) -> Path:
        start, repeated = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if repeated else 1
        *holders, last = self.keys() or [""]
        path: Path = ()
        for key in holders:
            path = self.latest((*path, key))
        path = (*path, last)
        if repeated:
            self.counts[path] = self.counts.get(path, 0) + 1
        end, self.at = self.at, start
        self.mark(path)
        path = self.latest(path)
        self.mark(path)
        self.at = end + (2 if repeated else 1)
        return path

    def latest(self, path: Path) -> Path:
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def pair(self, table: Path) -> None:
        start, path = self.at, table
        for key in self.keys():
            path = (*path, key)
            end, self.at = self.at, start
            self.mark(path)
            self.at = end
        self.at += self.text.startswith("=", self.at)
        self.value(path)

    def value(self, path: Path) -> None:
        self.blank()
        self.mark(path)
        if self.text.startswith("[", self.at):
            self.items(path)
        elif self.text.startswith("{", self.at):
            self.members(path)
        else:
            found = next(
                (m for pattern in [*STRINGS, SCALAR] if (m := pattern.match(self.text, self.at))),
                None,
            )
            self.at = found.end() if found else self.at + 1

    def items(self, path: Path) -> None:
        self.at += 1
        index = 0
        while self.blank() < len(self.text) and self.text[self.at] != "]":
            before = self.at
            self.value((*path, index))
            index += 1
            self.blank()
            self.at += self.text.startswith(",", self.at)
            self.at = max(self.at, before + 1)
        self.at += 1

    def members(self, path: Path) -> None:
        self.at += 1
        while self.blank() < len(self.text) and self.text[self.at] != "}":
            before = self.at
            self.pair(path)
            self.blank()
            self.at += self.text.startswith(",", self.at)
            self.at = max(self.at, before + 1)
        self.at += 1
