"""The configuration of PostgreSQL's full text search, one for columns and queries.

The dictionary is English. Words of other alphabets pass through it unchanged, so they are found as they stand
or, as `prefixes` does, by how they begin; names in any writing are found by their trigrams.
"""

import re

from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db.models import GeneratedField
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Left

CONFIG = "english"
LONGEST_QUERY = 200
"""Characters of a query that are looked at; readers do not type more, and hostile ones gain nothing by it."""
LONGEST_FIELD = 100_000
"""Characters of a field that are searched: PostgreSQL refuses a tsvector above 1 MB, whatever the text is."""

# Hangul, kana and Chinese characters: writings without spaces, or with particles written onto the word.
_GLUED = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


def document(*fields: str) -> GeneratedField:
    """Return a stored column with the words of up to four fields of the row, the most telling first."""
    vectors = [
        SearchVector(Left(field, LONGEST_FIELD), weight=weight, config=CONFIG)
        for field, weight in zip(fields, "ABCD", strict=False)
    ]
    expression: SearchVector | CombinedExpression = vectors[0]
    for vector in vectors[1:]:
        expression = expression + vector
    return GeneratedField(
        expression=expression, output_field=SearchVectorField(), db_persist=True, editable=False
    )


def tidy(query: str) -> str:
    """Return what a reader typed on one line, without control characters, cut at `LONGEST_QUERY`."""
    return " ".join(_CONTROL.sub(" ", query).split())[:LONGEST_QUERY].strip()


def parsed(query: str) -> SearchQuery:
    """Return a tidy query as PostgreSQL reads it: words, "phrases", or, -without; no text is an error."""
    return SearchQuery(query, config=CONFIG, search_type="websearch")


def prefixes(query: str) -> SearchQuery | None:
    """Return a query for words that begin with the Korean, Japanese or Chinese ones of a tidy query, if any.

    Their particles are written onto the word, so that the word itself is only a beginning.
    """
    words = _GLUED.findall(query)
    return (
        SearchQuery(" & ".join(f"{word}:*" for word in words), config=CONFIG, search_type="raw")
        if words
        else None
    )
