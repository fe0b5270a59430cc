"""How long a text is, and how long it takes to read. Pure."""

WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert 2019, Journal of Memory and Language 109, 104047."""


def word_count(text: str) -> int:
    """Return the number of words of a plain text, parted by white space."""
    return len(text.split())


def reading_minutes(text: str) -> int:
    """Return how many minutes a plain text takes to read: at least one, rounded to the nearest."""
    return max(1, round(word_count(text) / WORDS_A_MINUTE))
