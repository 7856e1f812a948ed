import gzip
from datetime import date

import brotli
import pytest
from django.core.cache import cache
from django.core.signals import request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory

from config.wsgi import application
from gabare.agenda.operations import bump_generation
from gabare.web.visitors.kept_pages import best_encoding, name_of, shared, shelf
from tests.agenda.given import a_call, listed
from tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
BR = {"HTTP_ACCEPT_ENCODING": "gzip, br"}


@pytest.fixture
def agenda():
    return listed(a_call(), "Atelier", "2024-06-20")


def test_the_second_answer_costs_one_query_and_is_the_same(
    client, agenda, django_assert_num_queries
):
    first = client.get("/agenda/", **BR)
    with django_assert_num_queries(1):
        second = client.get("/agenda/", **BR)
    assert second.content == first.content
    assert second["Content-Security-Policy"]
    assert second["Content-Encoding"] == "br"
    assert "Atelier" in brotli.decompress(second.content).decode()
    assert "Accept-Encoding" in second["Vary"]
    assert not second.cookies
    assert "csrf" not in brotli.decompress(second.content).decode()


def test_each_reader_gets_an_encoding_it_reads(client, agenda):
    plain = client.get("/agenda/").content
    zipped = client.get("/agenda/", HTTP_ACCEPT_ENCODING="gzip")
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain
    assert "Content-Encoding" not in client.get("/agenda/")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", ""), ("br", "br"), ("gzip, deflate", "gzip"), ("br;q=0, gzip", "gzip"),
        ("identity", ""), ("GZIP;q=0.5, BR;q=1.0", "br"), ("*", ""), (";;,,q", ""),
    ],
)  # fmt: skip
def test_accepted_encodings(accepted, encoding):
    assert best_encoding(accepted) == encoding


def test_a_fresh_reader_gets_304_until_something_changes(client, agenda):
    etag = client.get("/agenda/", **BR)["ETag"]
    assert not etag.startswith("W/")
    same = client.get("/agenda/", HTTP_IF_NONE_MATCH=f'"other", {etag}', **BR)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", etag)
    listed(agenda[0].initiative.call, "Nouveau", "2024-06-21")
    changed = client.get("/agenda/", HTTP_IF_NONE_MATCH=etag, **BR)
    assert changed.status_code == 200
    assert "Nouveau" in brotli.decompress(changed.content).decode()


def test_each_encoding_has_its_own_etag(client, agenda):
    etags = {client.get("/agenda/", HTTP_ACCEPT_ENCODING=a)["ETag"] for a in ("br", "gzip", "")}
    assert len(etags) == 3


def test_midnight_makes_another_answer(client, agenda, settings):
    assert "Atelier" in client.get("/agenda/").content.decode()
    settings.GABARE_TODAY = date(2024, 6, 21)
    assert "Atelier" not in client.get("/agenda/").content.decode()


def test_a_language_is_another_address(client, agenda):
    assert client.get("/agenda/").content != client.get("/en/agenda/").content


def test_a_question_mark_in_a_path_is_not_a_query(rf, agenda):
    addresses = ("/a%3Fb?c", "/a?b?c", "/a%3Fb%3Fc")
    names = [name_of(rf.get(address).META) for address in addresses]
    assert len({shared(name) for name in names}) == 3


def test_reading_pages_pushes_out_nothing_else(client, agenda):
    """What counts the codes sent to an address is in the same process, not in the same store."""
    cache.set("codes", 3)
    client.get("/agenda/")
    shelf.clear()
    assert cache.get("codes") == 3


def test_a_head_answers_like_a_get_without_its_body(client, agenda):
    client.get("/agenda/")
    head = client.head("/agenda/")
    assert (head.status_code, head.content) == (200, b"")
    assert int(head["Content-Length"]) > 1000


def test_who_has_a_session_is_never_served_from_the_cache(
    client, agenda, django_assert_num_queries
):
    client.get("/agenda/")
    client.force_login(PersonFactory())
    response = client.get("/agenda/", **BR)
    assert "ETag" not in response
    assert "Content-Encoding" not in response


def test_a_page_with_a_form_or_an_error_is_not_kept(client, agenda):
    assert "ETag" not in client.get("/compte/entrer/")
    assert "ETag" not in client.get("/initiatives/inconnue/")


def test_before_anything_is_public_nothing_is_kept(client):
    assert "ETag" not in client.get("/agenda/")


def test_a_stream_is_kept_once_read_to_its_end(client, agenda, django_assert_num_queries):
    half = client.get("/agenda.ics")
    next(iter(half.streaming_content))
    half._iterator.close()  # the reader left; `half.close()` would end the test's own connection
    whole = client.get("/agenda.ics")
    assert whole.streaming
    body = b"".join(whole.streaming_content)
    with django_assert_num_queries(1):
        kept = client.get("/agenda.ics")
    assert not kept.streaming
    assert kept.content == body
    assert kept["Content-Type"] == "text/calendar; charset=utf-8"


def test_words_alone_make_every_answer_new(client, agenda, django_assert_max_num_queries):
    client.get("/agenda/")
    bump_generation(listings=False)
    with django_assert_max_num_queries(4) as queries:
        client.get("/agenda/")
    assert len(queries) > 1


def at_the_door(path="/agenda/", **environ):
    """Ask the application that granian runs; returns the status, the headers, the body."""
    request = RequestFactory().get(path, **environ).environ
    answer = {}

    def start(status, headers, _error=None):
        answer.update(status=status, headers=dict(headers))

    request_started.disconnect(close_old_connections)  # as the test client does
    try:
        body = b"".join(application(request, start))
    finally:
        request_started.connect(close_old_connections)
    return answer["status"], answer["headers"], body


def test_the_door_answers_as_django_does(client, agenda, django_assert_num_queries):
    made = client.get("/agenda/", **BR)
    with django_assert_num_queries(1):
        status, headers, body = at_the_door(**BR)
    assert (status, body) == ("200 OK", made.content)
    assert headers == dict(made.items())
    assert at_the_door(HTTP_IF_NONE_MATCH=headers["ETag"], **BR)[0] == "304 Not Modified"
    plain = at_the_door()
    assert "Atelier" in plain[2].decode()
    assert "Content-Encoding" not in plain[1]
    bump_generation()
    assert at_the_door(**BR)[1]["ETag"] == headers["ETag"]  # made again, the same


def test_the_door_keeps_what_django_makes(agenda, django_assert_num_queries):
    first = at_the_door(**BR)
    with django_assert_num_queries(1):
        assert at_the_door(**BR)[2] == first[2]


def test_the_door_leaves_people_and_missing_pages_to_django(client, agenda):
    client.get("/agenda/")
    client.force_login(PersonFactory())
    cookie = f"sessionid={client.cookies['sessionid'].value}"
    assert "ETag" not in at_the_door(HTTP_COOKIE=cookie)[1]
    assert at_the_door("/rien-ici/")[0] == "404 Not Found"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="there is no connection to lose")
@pytest.mark.django_db(transaction=True)
def test_the_door_survives_a_connection_that_was_cut(client, agenda):
    """As when PostgreSQL starts again under a site that runs."""
    client.get("/agenda/")
    connection.ensure_connection()
    connection.connection.close()
    status, _headers, body = at_the_door()
    assert status == "200 OK"
    assert "Atelier" in body.decode()
