"""Four eyes: who proposes a claim does not accept it, and who gave a suggestion another meaning proposes it too."""

import re
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from rapidfuzz.distance import Indel

from assertions.drafting.proposed import Kept, as_proposed, led_on, speakers_as_json
from assertions.models import Amendment, Assertion, Meaning, Speaker
from cms.models import User
from cms.texts import in_a_row

SAME_WORDS = 0.8
"""How alike two wordings are, at least, of which one is the other in other words: 1 less their share of edits."""
_WORD = re.compile(r"\w+(?:[.,]\d+)*(?:['’]\w+)?")
_NOT = frozenset(
    ("no", "not", "never", "none", "nobody", "nothing", "nowhere", "neither", "nor", "without", "cannot")
)
_NUMBERS = frozenset(
    (
        *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("dozen", "dozens", "hundred", "hundreds", "thousand", "thousands", "million", "millions"),
        *("half", "all", "some"),
    )
)
