"""Full-text search: which listings hold every word of a question.

The index is modelsearch's, its tables are asked directly: its own compiler ranks each result by a
full-text subquery of its own on SQLite, which is quadratic, and its ranks differ from one engine to
the other. Here both engines only say which rows match; the order is ours and can be explained:
titles first, then dates.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from modelsearch.models import IndexEntry

from gabare.agenda import stemming
from gabare.agenda.models import Listing

_SQLITE = """
    SELECT rowid FROM modelsearch_indexentry_fts WHERE modelsearch_indexentry_fts MATCH %s
"""
_POSTGRESQL = {
    column: f"SELECT id FROM modelsearch_indexentry WHERE {column} @@ to_tsquery('simple', %s)"  # noqa: S608
    for column in ("title", "body")
}


@dataclass(frozen=True)
class Found:
    """Entries of the index, whatever they are about: `entries` says which are listings."""

    everywhere: list[int]
    in_title: list[int]


def find(question: str) -> Found | None:
    """`None` when the question holds no word at all (only signs): it asks nothing."""
    words = stemming.asked(question)
    if not words:
        return None
    return Found(everywhere=_matching(words, "body"), in_title=_matching(words, "title"))


def entries() -> dict[int, int]:
    """Listing → its entry. Read once for all: joined to each search, it would double its time."""
    kind = ContentType.objects.get_for_model(Listing)  # kept by Django in memory
    found = IndexEntry.objects.filter(content_type=kind).values_list("object_id", "id")
    return {int(pk): entry for pk, entry in found.iterator(chunk_size=5000)}


def _matching(words: list[str], column: str) -> list[int]:
    """Stems are plain ASCII letters and digits: quoting them leaves no operator to escape."""
    if connection.vendor == "postgresql":
        sql, question = _POSTGRESQL[column], " & ".join(f"'{word}'" for word in words)
    else:
        quoted = " AND ".join(f'"{word}"' for word in words)
        sql, question = _SQLITE, f"{column} : ({quoted})"
    with connection.cursor() as cursor:
        cursor.execute(sql, [question])
        return [entry for (entry,) in cursor.fetchall()]
