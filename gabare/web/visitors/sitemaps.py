"""What search engines may read, in both languages, each page with its translation."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max
from django.urls import reverse

from gabare.agenda.models import Edition, Listing
from gabare.calls.queries import compass_in_force, current_call
from gabare.web.visitors.editorial_texts import TITLES


class _InEachLanguage(Sitemap[Any]):
    i18n = True
    alternates = True
    limit = 5000


class Pages(_InEachLanguage):
    def items(self) -> Sequence[tuple[str, ...]]:
        names = ["home", "call", "agenda", "editions", "compass", "site-map"]
        call = current_call()
        criteria = compass_in_force(call).criteria.all() if call else []
        return [
            *((name,) for name in names),
            *(("criterion", c.key) for c in criteria if c.parent_id is None),
            *(("editorial", key) for key in TITLES),
        ]

    def location(self, item: tuple[str, ...]) -> str:
        return reverse(f"visitors:{item[0]}", args=item[1:])


class Editions(_InEachLanguage):
    def items(self) -> Any:
        return Edition.objects.order_by("key")

    def location(self, item: Edition) -> str:
        return reverse("visitors:edition", args=[item.key])

    def lastmod(self, item: Edition) -> datetime:
        return item.published_at


class Initiatives(_InEachLanguage):
    def items(self) -> Any:
        rows = Listing.objects.values("slug").annotate(last=Max("updated_at"))
        return rows.order_by("slug").values_list("slug", "last")

    def location(self, item: tuple[str, datetime]) -> str:
        return reverse("visitors:initiative", args=[item[0]])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        return item[1]


SITEMAPS = {"pages": Pages, "editions": Editions, "initiatives": Initiatives}
