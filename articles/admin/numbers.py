"""Numbers in addresses and forms."""


def number_of(words: str | None) -> int:
    """Return the number that was sent as words, 0 if it is none."""
    return int(words) if words and words.isdecimal() else 0
