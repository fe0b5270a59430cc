"""How large and how deep a body may be. Pure."""

import re
from collections import Counter

LONGEST = 2_500_000
"""Characters of HTML: some two hundred times a long article."""
DEEPEST = 5_000
"""Elements within elements: nh3 takes time by the square of the depth, some 0.2 s for this one; texts need ten."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^>]*>")
# Elements that have no content, or that the next one of their kind closes: many of them are not deep.
_FLAT = set(
    "area base br col embed hr img input link meta source track wbr p li dt dd option tr td th".split()
)


def require_length(html: str) -> str:
    """Return `html` unchanged, or raise ValueError that says how long it is and may be."""
    if len(html) > LONGEST:
        raise ValueError(
            f"the text has {len(html):,} characters with its markup, and may have {LONGEST:,}: make two articles of it"
        )
    return html


def require_depth(html: str) -> str:
    """Return `html` unchanged, or raise ValueError if its elements stand too deep within each other."""
    if html.count("<") <= DEEPEST:
        return html
    open_tags: Counter[str] = Counter()
    depth = 0
    for found in _TAG.finditer(html):
        closing, name = found.groups()
        tag = name.lower()
        if tag in _FLAT:
            continue
        if not closing:
            open_tags[tag] += 1
            depth += 1
        elif open_tags[tag]:
            open_tags[tag] -= 1
            depth -= 1
        if depth > DEEPEST:
            raise ValueError(
                f"elements stand more than {DEEPEST:,} deep within each other: paste the text without its markup"
            )
    return html
