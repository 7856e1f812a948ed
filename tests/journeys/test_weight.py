"""Public pages against their budgets, as a first visit weighs them."""

import gzip
import re
import urllib.request

import brotli
import pytest
from playwright.sync_api import Request

from tests.journeys import ecoindex
from tests.journeys.paths import ALL, WEIGHED

FIRST_ROUND_TRIP = 14_600  # ten segments of 1,460 bytes
WHOLE_PAGE = 60_000
REQUESTS = 6
ELEMENTS = "() => document.querySelectorAll('*').length - document.querySelectorAll('svg *').length"


def sent(url: str) -> tuple[int, bytes]:
    """How many bytes travel for this address, and what they say."""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        body, coding = answer.read(), answer.headers.get("Content-Encoding", "")
    assert coding == "br", f"{url} travels as {coding or 'it is'}"
    return len(body), brotli.decompress(body) if coding == "br" else gzip.decompress(body)


@pytest.mark.parametrize("name", WEIGHED)
def test_html_and_style_arrive_in_the_first_round_trip(paths, site, name):
    weight, html = sent(site.url + paths.address(name))
    for style in re.findall(r'<link[^>]+rel="stylesheet"[^>]+href="([^"]+)"', html.decode()):
        weight += sent(site.url + style)[0]
    assert weight <= FIRST_ROUND_TRIP


@pytest.mark.parametrize("name", WEIGHED)
def test_whole_page_is_light(paths, someone, name):
    page = someone()
    asked = []

    def count(request: Request) -> None:
        asked.append(request)

    page.on("requestfinished", count)
    page.goto(paths.address(name), wait_until="networkidle")
    sizes = [request.sizes() for request in asked]
    weight = sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes)
    elements = page.evaluate(ELEMENTS)
    score = ecoindex.score(elements=elements, requests=len(asked), kilobytes=weight / 1000)
    assert len(asked) <= REQUESTS, [request.url for request in asked]
    assert weight <= WHOLE_PAGE
    assert score >= ALL[name].ecoindex, f"{elements} elements, {len(asked)} requests, {weight} B"
