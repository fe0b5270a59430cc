"""Numbers within what was said: their bounds, and what they count."""

import re
from decimal import Decimal, InvalidOperation

from assertions.suggestions.clauses import Piece
from assertions.suggestions.shapes import FoundQuantity, Span
from assertions.suggestions.tree import Tree

_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | {word: 10 * (n + 3) for n, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split())}
_SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_SCALED = {"k": 10**3, "m": 10**6, "bn": 10**9, "mn": 10**6}
_FIGURE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|bn|mn)?", re.IGNORECASE)
_MONTHS = frozenset(
    "january february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec".split()
)
_CURRENCIES = frozenset({"$", "US$", "£", "€", "¥", "₩", "C$", "A$"})
# Bounds in words right before a number; the longest first.
_LEADS: tuple[tuple[tuple[str, ...], str], ...] = (
    (("no", "more", "than"), "most"),
    (("no", "fewer", "than"), "least"),
    (("no", "less", "than"), "least"),
    (("not", "more", "than"), "most"),
    (("at", "least"), "least"),
    (("at", "most"), "most"),
    (("as", "many", "as"), "most"),
    (("as", "much", "as"), "most"),
    (("up", "to"), "most"),
    (("more", "than"), "above"),
    (("greater", "than"), "above"),
    (("fewer", "than"), "below"),
    (("less", "than"), "below"),
    (("close", "to"), "about"),
    (("over",), "above"),
    (("above",), "above"),
    (("exceeding",), "above"),
    (("under",), "below"),
    (("below",), "below"),
    (("nearly",), "about"),
    (("almost",), "about"),
    (("about",), "about"),
    (("around",), "about"),
    (("roughly",), "about"),
    (("approximately",), "about"),
    (("some",), "about"),
    (("an", "estimated"), "about"),
)
_MOST = Decimal(10) ** 15
_LONGEST_UNIT = 50
_LAST_DAY = 31
_DIGITS_OF_A_YEAR = 4
_MOST_A_CONTENT = 40


def quantities_in(tree: Tree, piece: Piece) -> tuple[FoundQuantity, ...]:
    """Return the quantities between two tokens, in order; years, days of the month and ages are none."""
    found: list[FoundQuantity] = []
    token = piece[0]
    while token <= piece[1] and len(found) < _MOST_A_CONTENT:
        value, after = _number(tree, token, piece[1])
        if value is None or _is_date(tree, token, after):
            token += 1
            continue
        other, end = _second(tree, after, piece[1], value)
        quantity = _quantity(tree, piece, token, end, value, other)
        if quantity is not None:
            found.append(quantity)
        token = end
    return tuple(found)


def _number(tree: Tree, token: int, last: int) -> tuple[Decimal | None, int]:
    """Return the number that begins at a token, and the token after it."""
    word = tree.lower[token]
    match = _FIGURE.fullmatch(word)
    value: Decimal | None = None
    if match:
        try:
            value = Decimal(match[1].replace(",", "") + (match[2] or ""))
        except InvalidOperation:
            return None, token + 1
        value *= _SCALED.get((match[3] or "").lower(), 1)
    elif word in _WORDS and tree.tags[token] == "CD":
        value = Decimal(_WORDS[word])
    elif word in _SCALES and token and tree.lower[token - 1] == "a":
        value = Decimal(_SCALES[word])
    token += 1
    while value is not None and token <= last and tree.lower[token] in _SCALES:
        value *= _SCALES[tree.lower[token]]
        token += 1
    return (None, token) if value is None or value >= _MOST else (value, token)


def _is_date(tree: Tree, token: int, after: int) -> bool:
    word = tree.lower[token]
    near = [tree.lower[t].rstrip(".") for t in (token - 1, after, token - 2) if 0 <= t < len(tree)]
    is_day = not word.isdigit() or int(word) <= _LAST_DAY or len(word) == _DIGITS_OF_A_YEAR
    if (is_day and any(name in _MONTHS for name in near[:2])) or (
        len(near) > 2 and near[2] in _MONTHS and len(word) == 4
    ):
        return True
    if after < len(tree) and (tree.tags[after] == "HYPH" or tree.words[after] in {":", "-", "'s"}):
        return not (tree.words[after] == "-" and after + 1 < len(tree) and tree.tags[after + 1] == "CD")
    if token and (tree.words[token - 1] in {"-", "/", "No.", "#"} or tree.tags[token - 1] == "HYPH"):
        return True
    return len(word) == 4 and word.isdigit() and 1800 <= int(word) <= 2100 and _counted(tree, token) is None


def _second(tree: Tree, after: int, last: int, first: Decimal) -> tuple[Decimal | None, int]:
    """Return the upper end of "10 to 12" or "between 10 and 12", and the token after it."""
    if after + 1 > last or tree.lower[after] not in {"to", "and", "–", "-", "or"}:
        return None, after
    before = after - 1
    while before and tree.tags[before - 1] == "CD":
        before -= 1
    if tree.lower[after] == "and" and not (
        before >= 1 and "between" in tree.lower[max(0, before - 2) : before + 1]
    ):
        return None, after
    value, end = _number(tree, after + 1, last)
    return (value, end) if value is not None and value > first else (None, after)


def _quantity(
    tree: Tree, piece: Piece, token: int, end: int, value: Decimal, other: Decimal | None
) -> FoundQuantity | None:
    unit, last = _unit(tree, token, end, piece[1])
    if not unit:
        return None
    kind, first = _lead(tree, token, piece[0])
    low: Decimal | None = value
    high: Decimal | None = value if other is None else other
    if kind in {"least", "above"} and other is None:
        high = None
    elif kind in {"most", "below"} and other is None:
        low = None
    start, stop = tree.starts[first], tree.ends[last]
    return FoundQuantity(
        span=Span(start, stop, tree.text[start:stop]),
        low=low,
        high=high,
        low_open=kind == "above" and low is not None,
        high_open=kind == "below" and high is not None,
        is_approximate=kind == "about",
        unit=unit,
    )


def _lead(tree: Tree, token: int, begin: int) -> tuple[str, int]:
    before = token
    if before > begin and tree.words[before - 1] in _CURRENCIES | {"a"}:
        before -= 1
    for words, kind in _LEADS:
        first = before - len(words)
        if first >= begin and tuple(tree.lower[first:before]) == words:
            return kind, first
    return "exact", before


def _unit(tree: Tree, token: int, end: int, last: int) -> tuple[str, int]:
    """Return what is counted, and its last token."""
    if token and tree.words[token - 1] in _CURRENCIES:
        return tree.words[token - 1], end - 1
    if end <= last and tree.lower[end] in {"%", "percent", "per"}:
        if tree.lower[end] == "per" and not (end < last and tree.lower[end + 1] == "cent"):
            return "", end
        return "%", end + (tree.lower[end] == "per")
    noun = _counted(tree, token)
    if noun is None or not end <= noun <= last:
        return "", end
    if any(tree.tags[token] == "CD" for token in range(end, noun)):
        # "152 mm or 500,000 rounds": the parser took two numbers for one.
        noun = next((token for token in range(end, noun) if tree.tags[token].startswith("NN")), noun)
    words = tree.text[tree.starts[end] : tree.ends[noun]]
    return (words if len(words) <= _LONGEST_UNIT and "\n" not in words else tree.words[noun]), noun


def _counted(tree: Tree, token: int) -> int | None:
    """Return the noun that a number counts."""
    head = token
    for _ in range(4):
        if tree.deps[head] not in {"nummod", "compound", "quantmod", "nmod"}:
            break
        head = tree.heads[head]
    # A name in the singular is numbered, not counted: "10 Market Street".
    is_name = tree.tags[head] == "NNP" and tree.words[head][0].isupper()
    return head if head > token and tree.tags[head].startswith("NN") and not is_name else None
