import pytest

pytestmark = pytest.mark.django_db


def test_an_open_page_reads_no_session(client):
    assert "cookie" not in client.get("/robots.txt").headers.get("Vary", "").lower()


def test_a_closed_page_asks_who_is_there(client):
    answer = client.get("/compte/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/compte/entrer/")
