"""What somebody brings to be verified: a file, a picture that holds one, a link, a number.

Read with bounds and without trust. No address is ever fetched.
"""

import base64
import binascii
import json
import re
import struct
import zlib
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

PICTURE, CREDENTIAL = 2 * 1024 * 1024, 64 * 1024  # bytes at most
PNG = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadgecredential"
SVG_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
JWT = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")
DEEPEST = 12


class Unreadable(Exception):
    """Nothing that we know how to read."""


class Oversized(Exception):
    """Larger than anything that we ever gave."""


@dataclass(frozen=True)
class Signed:
    """A credential: its token when it is a JWT, its document in both cases."""

    document: dict[str, Any]
    token: str = ""
    header: dict[str, Any] | None = None


@dataclass(frozen=True)
class Words:
    """A number or a link, to be looked up here."""

    text: str


def read(content: bytes) -> Signed | Words:
    """Raises `Unreadable` or `Oversized`."""
    if len(content) > PICTURE:
        raise Oversized
    if content.startswith(PNG):
        return _signed(_inside_png(content))
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise Unreadable from error
    if text.startswith("<"):
        return _signed(_inside_svg(text))
    if text.startswith("{") or JWT.fullmatch(text):
        return _signed(text)
    if not text or len(text) > 500 or "\n" in text:
        raise Unreadable
    return Words(text)


def _signed(text: str) -> Signed:
    text = text.strip()
    if len(text.encode()) > CREDENTIAL:
        raise Oversized
    if text.startswith("{"):
        return Signed(_object(text))
    if not JWT.fullmatch(text):
        raise Unreadable
    header, payload, _signature = text.split(".")
    return Signed(_object(_decoded(payload)), text, _object(_decoded(header)))


def _decoded(part: str) -> str:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unreadable from error


def _object(text: str) -> dict[str, Any]:
    """One JSON object where no name comes twice: which of the two was signed would be a guess."""
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(found, ensure_ascii=False).encode()  # a lone surrogate is no text
        deep = _depth(found) > DEEPEST
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if not isinstance(found, dict) or deep:
        raise Unreadable
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name comes twice")
    return dict(pairs)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(each) for each in inner), default=0)


def _inside_svg(text: str) -> str:
    """The credential of a baked SVG: an attribute for a JWT, the element's text for JSON."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:  # a bomb of entities, or files of this machine
        raise Unreadable
    try:
        drawing = ET.fromstring(text)  # noqa: S314 - no entity is left to expand
    except (ET.ParseError, ValueError) as error:
        raise Unreadable from error
    held = drawing.find(f".//{{{SVG_NAMESPACE}}}credential")
    if held is None:
        raise Unreadable
    return held.get("verify") or held.text or ""


def _inside_png(content: bytes) -> str:
    """The credential of a baked PNG: an `iTXt` chunk under its keyword."""
    place = len(PNG)
    while place + 12 <= len(content):
        length, kind = struct.unpack(">I4s", content[place : place + 8])
        data = content[place + 8 : place + 8 + length]
        if kind == b"iTXt" and data.startswith(KEYWORD + b"\0"):
            return _chunk_text(data[len(KEYWORD) + 1 :])
        place += length + 12
    raise Unreadable


def _chunk_text(data: bytes) -> str:
    """After the keyword: compression flag and method, language, translated keyword, text."""
    fields = data[2:].split(b"\0", 2)
    if len(data) < 2 or len(fields) != 3:
        raise Unreadable
    text = fields[2]
    try:
        if data[0]:
            inflater = zlib.decompressobj()
            text = inflater.decompress(text, CREDENTIAL + 1)
        return text.decode()
    except (zlib.error, UnicodeDecodeError) as error:
        raise Unreadable from error
