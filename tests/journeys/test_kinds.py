"""No kind of page is forgotten: the list follows the URL configuration."""

from collections.abc import Iterator

from django.urls import URLResolver, get_resolver

from tests.journeys.kinds import KINDS, NO_PAGE, NOT_OURS


def names(resolver: URLResolver, namespace: str = "", before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        address = before + str(pattern.pattern)
        if address.startswith(NOT_OURS):
            continue
        if isinstance(pattern, URLResolver):
            inside = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern, inside, address)
        else:
            yield f"{namespace}{pattern.name}"


def test_every_address_is_a_kind_of_page_or_says_why_not():
    assert set(names(get_resolver())) == set(KINDS) | set(NO_PAGE)
    assert not set(KINDS) & set(NO_PAGE)
