"""Numbers in addresses and forms. Pure."""

import re

_NUMBER = re.compile(r"[0-9]{1,9}")


def number_of(words: str | None) -> int:
    """Return the number that was sent as words, 0 if it is none or has more than nine digits, as no row here has."""
    return int(words) if words and _NUMBER.fullmatch(words) else 0
