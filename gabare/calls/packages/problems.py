from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """What is wrong in a package, where, and what to do about it."""

    file: str
    line: int
    message: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} → {self.remedy}"


class PackageProblems(Exception):
    """A package that cannot be read as it is. Nothing of it is used."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: (p.file, p.line, p.message))
        super().__init__("\n".join(str(problem) for problem in self.problems))
