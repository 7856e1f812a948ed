"""What is kept of the public pages: under which name, in which form, and until when.

A page is kept compressed under the generation, the day in the call's time zone, and its address.
Publishing changes the generation, midnight changes the day: nothing is ever stale and nothing is
ever purged, the pages nobody asks for any more leave by themselves.
"""

import gzip
import hashlib
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import brotli
from cachetools import LRUCache
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

import gabare
from gabare.agenda.gathering import current_moment
from gabare.foundation import clock

A_WEEK = 7 * 24 * 3600
BIGGEST = 16 * 1024 * 1024  # bytes before compression; more is answered but not kept
IN_THIS_PROCESS = 64 * 1024 * 1024  # bytes, compressed
AUDIENCE = "gabare.web.visitors."
PROBES = frozenset({"/healthz", "/readyz"})  # they answer without the database too
OURS = frozenset({"etag", "vary", "cache-control", "content-length", "content-encoding", "date"})

Environ = Mapping[str, Any]  # of a request, as WSGI gives it
Name = tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A kept page in one encoding: what is sent to every reader who accepts it."""

    etag: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def unchanged(self) -> list[tuple[str, str]]:
        """The headers of a 304: the reader has the rest."""
        return [(n, v) for n, v in self.headers if n in {"ETag", "Vary", "Cache-Control"}]


@dataclass(frozen=True)
class Kept:
    answers: dict[str, Answer]  # by encoding: br, gzip

    @property
    def size(self) -> int:
        return sum(len(answer.body) for answer in self.answers.values())

    def for_reader(self, environ: Environ) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body, in the best encoding that this reader accepts."""
        encoding = best_encoding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        answer = self.answers[encoding] if encoding else self._plain()
        if answer.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            return "304 Not Modified", answer.unchanged, b""
        body = b"" if environ["REQUEST_METHOD"] == "HEAD" else answer.body
        return "200 OK", answer.headers, body

    def _plain(self) -> Answer:
        """Few readers accept no compression: it is not kept for them."""
        zipped = self.answers["gzip"]
        headers = {name: value for name, value in zipped.headers if name != "Content-Encoding"}
        etag = zipped.etag.replace("-gzip", "")
        return _answer(etag, headers, "", gzip.decompress(zipped.body))

    def response(self, request: HttpRequest) -> HttpResponse:
        status, headers, body = self.for_reader(request.META)
        response = HttpResponse(body, status=int(status.split()[0]))
        del response.headers["Content-Type"]
        for name, value in headers:
            response.headers[name] = value
        return response


def _answer(etag: str, headers: Mapping[str, str], encoding: str, body: bytes) -> Answer:
    ours = {
        "ETag": etag,
        "Vary": "Accept-Encoding, Cookie",
        "Cache-Control": "no-cache",  # may be kept, must be asked again
        "Content-Length": str(len(body)),
        **({"Content-Encoding": encoding} if encoding else {}),
    }
    return Answer(etag, [*{**headers, **ours}.items()], body)


class Press:
    """Compresses an answer as it goes by, in both encodings, and takes its digest."""

    def __init__(self) -> None:
        self.size = 0
        self._digest = hashlib.blake2b(digest_size=12)
        self._brotli, self._gzip = brotli.Compressor(quality=5), zlib.compressobj(6, wbits=31)
        self._parts: dict[str, list[bytes]] = {"br": [], "gzip": []}

    def add(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size <= BIGGEST:
            self._digest.update(chunk)
            self._parts["br"].append(self._brotli.process(chunk))
            self._parts["gzip"].append(self._gzip.compress(chunk))

    def kept(self, response: HttpResponseBase) -> Kept:
        self._parts["br"].append(self._brotli.finish())
        self._parts["gzip"].append(self._gzip.flush())
        headers = {name: value for name, value in response.items() if name.lower() not in OURS}
        digest = self._digest.hexdigest()
        return Kept(
            {
                encoding: _answer(f'"{digest}-{encoding}"', headers, encoding, b"".join(parts))
                for encoding, parts in self._parts.items()
            }
        )


class Shelf:
    """Kept pages: ready to be sent here, and behind, in the cache that processes share."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._here: LRUCache[Name, Kept] = LRUCache(IN_THIS_PROCESS, getsizeof=lambda k: k.size)

    def get(self, name: Name) -> Kept | None:
        with self._lock:
            kept = self._here.get(name)
        if kept is None:
            kept = caches["pages"].get(shared(name))
            if kept is not None:
                self._put_here(name, kept)
        return kept

    def put(self, name: Name, kept: Kept) -> None:
        self._put_here(name, kept)
        caches["pages"].set(shared(name), kept, A_WEEK)

    def _put_here(self, name: Name, kept: Kept) -> None:
        with self._lock:
            if kept.size <= self._here.maxsize:
                self._here[name] = kept

    def clear(self) -> None:
        with self._lock:
            self._here.clear()
        caches["pages"].clear()


shelf = Shelf()


def shared(name: Name) -> str:
    """`repr` keeps the parts apart: `/a%3Fb` is not `/a?b`."""
    return "public:" + hashlib.blake2b(repr(name).encode(), digest_size=20).hexdigest()


def name_of(environ: Environ) -> Name | None:
    """Under which name an answer to this request is kept; None when it is this reader's own."""
    path = environ.get("PATH_INFO", "")
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or path in PROBES:
        return None
    if path.startswith(settings.STATIC_URL) or private()(environ.get("HTTP_COOKIE", "")):
        return None
    moment = current_moment()
    if moment is None:
        return None
    generation, zone = moment
    return (
        release(), str(generation), str(clock.today(zone or None)), path,
        environ.get("QUERY_STRING", ""), environ.get("HTTP_HOST", ""),
        environ.get("HTTP_X_FORWARDED_PROTO", ""),
    )  # fmt: skip


@lru_cache(maxsize=1)
def private() -> Any:
    """Finds a session or a message to show in a cookie header; a doubt is somebody."""
    return re.compile(rf"\b({re.escape(settings.SESSION_COOKIE_NAME)}|messages)=").search


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return (
        request.method == "GET"
        and response.status_code == 200
        and match is not None
        and getattr(match.func, "__module__", "").startswith(AUDIENCE)
        and not response.cookies
        and "Cache-Control" not in response
        and "cookie" not in response.get("Vary", "").lower()  # the session was read
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
    )


@lru_cache(maxsize=256)
def best_encoding(accepted: str) -> str:
    """The best of what the reader accepts: `br`, `gzip`, or "" for none."""
    names = {}
    for part in accepted.lower().split(","):
        name, _, weight = part.partition(";")
        names[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in ("br", "gzip") if names.get(name)), "")


@lru_cache(maxsize=1)
def release() -> str:
    """The code that runs: a shared cache outlives a deployment, its pages must not."""
    files = Path(gabare.__file__).parent.rglob("*.*")
    return str(max(int(file.stat().st_mtime) for file in files if file.suffix != ".pyc"))
