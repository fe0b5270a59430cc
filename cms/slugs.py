"""Addresses made of words."""

import unicodedata
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.text import slugify

# Letters of other scripts that are drawn as a Latin one, after Unicode Technical Standard 39 (confusables.txt).
_LOOKS_LIKE = str.maketrans(
    "аеорсухѕіјһԁԛԝѵӏүыьбвгкмнтАВЕКМНОРСТХУІЈЅαοιυνρκτχγηωεβϲϳΑΒΕΖΗΙΚΜΝΟΡΤΥΧօսհոցքԱՏՕıɑɡɩʋɪꞌ",
    "aeopcyxsijhdqwvlyblbvrkmhtABEKMHOPCTXYIJSaoiuvpktxynwebcjABEZHIKMNOPTYXouhngpUSOiagivi'",
)
_HYPHENS = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－˗", "-"))


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


def validate_slug(slug: str) -> None:
    """Raise ValidationError for anything but small Latin letters, digits and single hyphens between them.

    The sentence names the first letter of another script, invisible or accented character by its place and its name
    in Unicode, says what it looks like, and what the address would be without.
    """
    for place, character in enumerate(slug, 1):
        if not character.isascii():
            raise ValidationError(_refusal(character, place) + _suggestion(slug), code="lookalike")
    if slug != _plain(slug):
        raise ValidationError(
            "Small letters, digits and single hyphens only: some-words." + _suggestion(slug), code="invalid"
        )


def _refusal(character: str, place: int) -> str:
    name = unicodedata.name(character, f"U+{ord(character):04X}")
    noun = "letter" if character.isalpha() else "character"
    said = f"The {_ordinal(place)} {noun} is {name}"
    if unicodedata.category(character) in ("Cf", "Zs", "Zl", "Zp", "Cc"):
        return f"{said}, which cannot be seen in an address."
    twin = _twin(character)
    if twin and twin.isascii():
        return f"{said}, which only looks like {twin}."
    return f"{said}: an address has Latin letters only."


def _twin(character: str) -> str:
    """Return the plain letters that a character looks like, "" if it looks like none."""
    folded = character.translate(_LOOKS_LIKE).translate(_HYPHENS)
    decomposed = unicodedata.normalize("NFKD", folded)
    bare = "".join(part for part in decomposed if unicodedata.category(part) not in ("Mn", "Cf"))
    return bare.translate(_LOOKS_LIKE)


def _plain(slug: str) -> str:
    return slugify("".join(_twin(character) for character in slug)).replace("_", "-").strip("-")


def _suggestion(slug: str) -> str:
    words = _plain(slug)
    return f" Perhaps you mean {words}." if words else ""


def _ordinal(number: int) -> str:
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
