"""One answer for everybody, kept compressed until something public changes (decision 4).

What is kept: the `200` answers of this audience's views to a reader without a session. What read
the session, set a cookie, holds a CSRF token or says how it wants to be cached is never kept.

`at_the_door` stands before Django: an answer that is kept costs one short query and none of
Django's own work. `PublicCache`, the first middleware, keeps what is made, and answers the same
where no door stands (the test client, `runserver`).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import Error, connection
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from gabare.agenda.operations import bump_generation
from gabare.web.visitors.kept_pages import BIGGEST, Name, Press, may_be_kept, name_of, shelf

ASKED = "gabare.page"  # in the request's environ: its name, once the door has looked for it
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def at_the_door(application: Application) -> Application:
    """The same WSGI application, that answers by itself what is kept."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        try:
            environ[ASKED] = name = name_of(environ)
        except Error:  # a database that went away: Django opens it again, or says so
            connection.close()
            return application(environ, start_response)
        kept = shelf.get(name) if name else None
        if kept is None:
            return application(environ, start_response)
        status, headers, body = kept.for_reader(environ)
        start_response(status, headers)
        return [body]

    return answer


class PublicCache:
    """Middleware; the first of all."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if ASKED in request.META:
            name = request.META[ASKED]
        else:
            name = name_of(request.META)
            kept = shelf.get(name) if name else None
            if kept is not None:
                return kept.response(request)
        response = self.get_response(request)
        if name is None or not may_be_kept(request, response):
            return response
        press = Press()
        if isinstance(response, StreamingHttpResponse):
            chunks: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]
            response.streaming_content = passing(response, chunks, press, name)
            return response
        press.add(response.content)  # type: ignore[attr-defined]
        if press.size > BIGGEST:
            return response
        made = press.kept(response)
        shelf.put(name, made)
        return made.response(request)


def passing(
    response: StreamingHttpResponse, chunks: Iterable[bytes], press: Press, name: Name
) -> Iterator[bytes]:
    """The stream itself; kept when it was read to its end."""
    for chunk in chunks:
        press.add(chunk)
        yield chunk
    if press.size <= BIGGEST:
        shelf.put(name, press.kept(response))


def editorial_pages_changed(**_signal: object) -> None:
    """An editorial page was published, moved or removed (a cache is the one use of signals)."""
    bump_generation(listings=False)
