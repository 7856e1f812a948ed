"""Texts in several languages: `{"fr": "…", "en": "…"}`, the call's own language first."""

from collections.abc import Mapping


def pick(text: Mapping[str, str] | str, language: str) -> str:
    """The text in `language` (`fr`, `en-gb`…), else in the language it was first written in."""
    if isinstance(text, str):
        return text
    return (
        text.get(language)
        or text.get(language.split("-", maxsplit=1)[0])
        or next(iter(text.values()), "")
    )
