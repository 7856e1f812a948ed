"""The form of a label's number: `2024-017`."""

import re

NUMBER = re.compile(r"20\d\d-\d{3,6}")


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def number_of(year: int, rank: int) -> str:
    return f"{year}-{rank:03d}"
