"""Whom the names in a text may mean, where a speaker is described and not identified."""

from collections.abc import Collection

from articles.models import Mention

LOOKED_AT = 300
"""Unresolved names of the quoted texts that are looked at."""


def candidates(descriptions: Collection[str], revisions: Collection[int]) -> dict[str, list[str]]:
    """Return by description the slugs of the actors whom an unresolved name in it may mean. At most one query.

    ``revisions`` are the keys of the quoted texts.
    """
    if not descriptions:
        return {}
    names = Mention.objects.filter(revision__in=revisions, actor=None).exclude(candidates=[])
    rows = list(names.order_by("pk").values_list("text", "candidates")[:LOOKED_AT])
    return {
        words: list(
            dict.fromkeys(
                slug for text, may_be in rows if text.casefold() in words.casefold() for slug in may_be
            )
        )
        for words in descriptions
    }
