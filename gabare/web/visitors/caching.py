"""One answer for everybody, kept compressed until something public changes.

A page is kept under the generation, the day in the call's time zone, and its address. Publishing
changes the generation, midnight changes the day: nothing is ever stale and nothing is ever purged.
The middleware stands first, so that an answer that is kept costs one short query.

What is kept: the `200` answers of this audience's views to a reader without a session. What read
the session, set a cookie, holds a CSRF token or says how it wants to be cached is never kept.
"""

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import brotli
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.connection import ConnectionProxy

import gabare
from gabare.agenda.gathering import current_moment
from gabare.agenda.operations import bump_generation
from gabare.foundation import clock

AUDIENCE = "gabare.web.visitors."
pages = ConnectionProxy(caches, "pages")
PROBES = frozenset({"/healthz", "/readyz"})  # they answer without the database too
A_WEEK = 7 * 24 * 3600
BIGGEST = 16 * 1024 * 1024  # bytes before compression; more is answered but not kept
OURS = frozenset({"etag", "vary", "cache-control", "content-length", "content-encoding", "date"})


@dataclass(frozen=True)
class Kept:
    headers: dict[str, tuple[str, str]]  # as Django holds them: lower-case name → (name, value)
    digest: str
    bodies: dict[str, bytes]  # by encoding: br, gzip

    def answer(self, request: HttpRequest) -> HttpResponse:
        encoding = best_encoding(request.META.get("HTTP_ACCEPT_ENCODING", ""))
        etag = f'"{self.digest}{"-" if encoding else ""}{encoding}"'
        if etag in request.META.get("HTTP_IF_NONE_MATCH", ""):
            response = HttpResponse(status=304)
            del response.headers["Content-Type"]
        else:
            body = self.bodies[encoding] if encoding else gzip.decompress(self.bodies["gzip"])
            response = HttpResponse(b"" if request.method == "HEAD" else body)
            response.headers["Content-Length"] = str(len(body))
            if encoding:
                response.headers["Content-Encoding"] = encoding
            # Checked when they were first set: setting them again one by one would cost a third.
            response.headers._store.update(self.headers)  # noqa: SLF001
        response.headers["ETag"] = etag
        response.headers["Vary"] = "Accept-Encoding, Cookie"
        response.headers["Cache-Control"] = "no-cache"  # may be kept, must be asked again
        return response


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
        headers = {n.lower(): (n, v) for n, v in response.items() if n.lower() not in OURS}
        bodies = {name: b"".join(parts) for name, parts in self._parts.items()}
        return Kept(headers, self._digest.hexdigest(), bodies)


class PublicCache:
    """Middleware; the first of all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        kept = pages.get(key)
        if kept is not None:
            answer: HttpResponse = kept.answer(request)
            return answer
        response = self.get_response(request)
        if request.method != "GET" or not may_be_kept(request, response):
            return response
        press = Press()
        if isinstance(response, StreamingHttpResponse):
            chunks: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]
            response.streaming_content = passing(response, chunks, press, key)
            return response
        press.add(response.content)  # type: ignore[attr-defined]
        if press.size > BIGGEST:
            return response
        kept = press.kept(response)
        pages.set(key, kept, A_WEEK)
        return kept.answer(request)


def passing(
    response: StreamingHttpResponse, chunks: Iterable[bytes], press: Press, key: str
) -> Iterator[bytes]:
    """The stream itself; kept when it was read to its end."""
    for chunk in chunks:
        press.add(chunk)
        yield chunk
    if press.size <= BIGGEST:
        pages.set(key, press.kept(response), A_WEEK)


def key_of(request: HttpRequest) -> str | None:
    """Where an answer to this request is kept; None when it is this reader's own."""
    if request.method not in {"GET", "HEAD"} or request.path in PROBES:
        return None
    if settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES:
        return None
    moment = current_moment()
    if moment is None:
        return None
    generation, zone = moment
    asked = ("HTTP_X_FORWARDED_PROTO", "HTTP_HOST", "QUERY_STRING")
    address = [request.path, *(request.META.get(name, "") for name in asked)]
    # `repr` keeps the parts apart: `/a%3Fb` is not `/a?b`.
    named = repr((release(), generation, str(clock.today(zone or None)), address))
    return "public:" + hashlib.blake2b(named.encode(), digest_size=20).hexdigest()


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    match = request.resolver_match
    return (
        response.status_code == 200
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


def editorial_pages_changed(**_signal: object) -> None:
    """An editorial page was published, moved or removed (a cache is the one use of signals)."""
    bump_generation(listings=False)
