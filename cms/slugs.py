"""Addresses made of words."""

from collections.abc import Callable

from django.utils.text import slugify


def free_slug(words: str, is_taken: Callable[[str], bool], *, fallback: str, max_length: int = 80) -> str:
    """Return a slug of the words, cut at a word, with a number if ``is_taken`` says that it is in use.

    ``fallback`` is used for words without a Latin letter or digit.
    """
    slug = slugify(words.replace("’", "").replace("'", ""))[: max_length + 1]
    if len(slug) > max_length:
        slug = slug.rpartition("-")[0] or slug[:max_length]
    slug = slug.strip("-_").replace("_", "-") or fallback
    candidate, number = slug, 2
    while is_taken(candidate):
        candidate, number = f"{slug}-{number}", number + 1
    return candidate
