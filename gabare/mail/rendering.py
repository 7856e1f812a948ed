"""A letter's words, with its values, as plain text and as sober HTML.

The words may hold paragraphs, `- ` lists, `**strong**`, `[label](address)` and bare addresses.
Values are put in last, in one pass: nothing in them is ever read as markup or as a placeholder.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from gabare.mail.placeholders import LINK, NAME, Placeholder, UnknownPlaceholder

SUBJECT_LENGTH = 250
STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
ADDRESS = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)»]")
# Marks that reverse or isolate the reading order: a title could make a sentence lie.
REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def render(
    *,
    subject: str,
    body: str,
    placeholders: Mapping[str, Placeholder],
    values: Mapping[str, object],
    language: str,
) -> Rendered:
    """The letter with its values.

    Raises `UnknownPlaceholder` for a name that is not promised or not given, and for a link whose
    address would come from someone else.
    """
    said = {}
    for name in NAME.findall(f"{subject}\n{body}"):
        if name not in placeholders or name not in values:
            raise UnknownPlaceholder(f"{{{name}}} is not a placeholder of this letter")
        said[name] = plain(values[name])
    body = _without_empty_lines(body, said)
    return Rendered(
        subject=one_line(NAME.sub(lambda found: said[found[1]], subject)),
        text=NAME.sub(lambda found: said[found[1]], _as_text(body)).strip() + "\n",
        html=page(_with_values(_as_html(body), said, placeholders), language),
    )


def plain(value: object) -> str:
    """A value in words: lists one item a line; no control or reordering character survives."""
    if isinstance(value, list | tuple):
        return "\n".join(plain(item) for item in value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in text
        if character in "\n\t"
        or (unicodedata.category(character) != "Cc" and character not in REORDERING)
    ).strip()


def one_line(text: str) -> str:
    """A header's text: no line break, no second header, no more than a subject's length."""
    return " ".join(plain(text).split())[:SUBJECT_LENGTH]


def html_of(text: str, language: str) -> str:
    """Plain text, as edited by a person or written by another program, as HTML without links."""
    blocks = [block for block in plain(text).split("\n\n") if block.strip()]
    return page("\n".join(f"<p>{_lines(block.strip())}</p>" for block in blocks), language)


def page(content: str, language: str) -> str:
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<meta charset="utf-8">\n'
        '<body style="font: 1em/1.5 sans-serif; max-width: 38em">\n'
        f"{content}\n</body>\n</html>\n"
    )


def _without_empty_lines(body: str, said: Mapping[str, str]) -> str:
    """A line that holds one placeholder alone goes away with its value when that is empty."""
    kept = []
    for line in body.replace("\r\n", "\n").split("\n"):
        alone = NAME.fullmatch(line.strip())
        if not (alone and not said[alone[1]]):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _as_text(body: str) -> str:
    body = STRONG.sub(r"\1", body)
    return LINK.sub(lambda link: f"{link[1]} <{link[2]}>", body)


def _as_html(body: str) -> str:
    return "\n".join(_block(block) for block in body.split("\n\n") if block.strip())


def _block(block: str) -> str:
    lines = block.strip().split("\n")
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_inline(line[2:])}</li>" for line in lines)
        return f"<ul>{items}</ul>"
    return f"<p>{'<br>'.join(_inline(line) for line in lines)}</p>"


def _inline(line: str) -> str:
    """One line: links first, so that nothing is read twice inside an address."""
    pieces, end = [], 0
    for link in LINK.finditer(line):
        pieces += [_bare(line[end : link.start()])]
        pieces += [f'<a href="{escape(link[2])}">{_strong(link[1])}</a>']
        end = link.end()
    return "".join([*pieces, _bare(line[end:])])


def _bare(words: str) -> str:
    pieces, end = [], 0
    for address in ADDRESS.finditer(words):
        pieces += [_strong(words[end : address.start()]), _anchor(address[0])]
        end = address.end()
    return "".join([*pieces, _strong(words[end:])])


def _strong(words: str) -> str:
    return STRONG.sub(r"<strong>\1</strong>", escape(words))


def _anchor(address: str) -> str:
    return f'<a href="{escape(address)}">{escape(address)}</a>'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _with_values(
    html: str, said: Mapping[str, str], placeholders: Mapping[str, Placeholder]
) -> str:
    def shown(found: re.Match[str]) -> str:
        in_link, name = found[1], found[2]
        value, trusted = said[name], placeholders[name].trusted
        is_address = trusted and ADDRESS.fullmatch(value) is not None
        if in_link:
            if not is_address:
                raise UnknownPlaceholder(f"{{{name}}} cannot be the address of a link")
            return in_link + escape(value)
        return _anchor(value) if is_address else _lines(value)

    return re.sub(r'(href=")?' + NAME.pattern, shown, html)
