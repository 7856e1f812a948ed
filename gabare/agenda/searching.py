"""Full-text search: which listings hold every word of a question.

The index is modelsearch's, its tables are asked directly: its own compiler ranks each result by a
full-text subquery of its own on SQLite, which is quadratic, and its ranks differ from one engine to
the other. Here both engines only say which rows match; the order is ours and can be explained:
titles first, then dates.
"""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from gabare.agenda import stemming
from gabare.agenda.models import Listing

# The words first, then the kind: CROSS JOIN keeps SQLite from asking the words of every entry.
_SQLITE = """
    SELECT entry.object_id FROM modelsearch_indexentry_fts
    CROSS JOIN modelsearch_indexentry AS entry ON entry.id = modelsearch_indexentry_fts.rowid
    WHERE modelsearch_indexentry_fts MATCH %s AND entry.content_type_id = %s
"""
_POSTGRESQL = {
    "title": """
        SELECT object_id FROM modelsearch_indexentry
        WHERE title @@ to_tsquery('simple', %s) AND content_type_id = %s
    """,
    "body": """
        SELECT object_id FROM modelsearch_indexentry
        WHERE body @@ to_tsquery('simple', %s) AND content_type_id = %s
    """,
}


@dataclass(frozen=True)
class Found:
    everywhere: list[int]  # ids of listings
    in_title: list[int]


def find(question: str) -> Found | None:
    """`None` when the question holds no word at all (only signs): it asks nothing."""
    words = stemming.asked(question)
    if not words:
        return None
    return Found(everywhere=_ids(words, "body"), in_title=_ids(words, "title"))


def _ids(words: list[str], column: str) -> list[int]:
    """Stems are plain ASCII letters and digits: quoting them leaves no operator to escape."""
    kind = ContentType.objects.get_for_model(Listing).pk  # kept by Django in memory
    if connection.vendor == "postgresql":
        sql, question = _POSTGRESQL[column], " & ".join(f"'{word}'" for word in words)
    else:
        quoted = " AND ".join(f'"{word}"' for word in words)
        sql, question = _SQLITE, f"{column} : ({quoted})"
    with connection.cursor() as cursor:
        cursor.execute(sql, [question, kind])
        return [int(pk) for (pk,) in cursor.fetchall()]
