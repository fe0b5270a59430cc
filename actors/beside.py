"""What stands right beside a name in its line, and what that makes of it: a part of a longer name, an address,
another person's name, a place.

Every function takes a match with its neighbours: `previous` is the name found before it in the line, and
`following` the one after it (None: there is none).
"""

from collections.abc import Collection

from actors import contexts
from actors.inflection import PLACE_PARTICLES
from actors.tokens import HYPHEN, fold
from actors.trie import Match, NameKind


def follows(match: Match, previous: Match | None) -> bool:
    """Whether nothing stands between the name and the one before it."""
    return previous is not None and previous.last == match.first


def is_no_word(match: Match, previous: Match | None, following: Match | None) -> bool:
    """Whether an abbreviation that is a word too, in a line of capitals, is the name all the same: it begins a
    sentence, follows the article, or is joined to another name.
    """
    line, first, last = match.line, match.first, match.last
    if match.reading.kind != NameKind.ABBREVIATION:
        return False
    if first == 0 or line.starts_sentence(first) or line.tokens[first - 1].lower() == "the":
        return True
    if previous is not None:
        near, word = first - previous.last, line.tokens[first - 1]
        if (near == 0 and line.gap(first).strip()) or (near == 1 and word.lower() in contexts.AND):
            return True
    if following is None:
        return False
    near, word = following.first - last, line.tokens[last]
    return (near == 0 and HYPHEN.fullmatch(line.gap(last)) is not None) or (
        near == 1 and word.lower() in contexts.AND
    )


# Other persons


def has_another_given_name(match: Match, previous: Match | None, *, doubtful: bool) -> bool:
    """Whether the word right before a family name (or a given name) belongs to the name of someone else.

    `doubtful`: nobody of that name was met, so that the first word of a sentence may be a given name too.
    """
    line = match.line
    if not match.first or match.starts_inside or follows(match, previous):
        return False
    gap, before = line.gap(match.first), line.tokens[match.first - 1]
    if gap.strip() and not HYPHEN.fullmatch(gap):
        return False
    if line.is_title_case or line.is_capitals:
        return False
    starts = line.starts_sentence(match.first - 1)
    return contexts.belongs_to_another(before, starts_sentence=starts, doubtful=doubtful)


def initials_before(match: Match) -> list[str]:
    """The initials right before a name ("J. Q." …) and the capitalised word before them, nearest first."""
    line, place = match.line, match.first
    if match.starts_inside:
        return []
    words: list[str] = []
    while place and len(line.tokens[place - 1]) == 1 and line.gap(place).strip() == ".":
        place -= 1
        words.append(line.tokens[place])
    if words and place and not line.gap(place).strip() and line.tokens[place - 1][:1].isupper():
        words.append(line.tokens[place - 1])
    return words


def goes_on_as_another(match: Match, following: Match | None) -> bool:
    """Whether the word right after a family name that stands last makes the two the name of something else."""
    line = match.line
    if match.is_possessive or (following is not None and following.first == match.last):
        return False
    if line.is_title_case or line.is_capitals:
        return False
    near = line.tokens[max(0, match.first - 10) : match.last + 10]
    if not any(word.islower() for word in near):
        return False
    right = line.right(match.last, 1)
    return contexts.continues_as_another(right, "") and right[0].lower() not in contexts.COMMON_WORDS


# Longer names


def is_another_land(match: Match, previous: Match | None) -> bool:
    """Whether a point of the compass before a country's name makes it another land or sea."""
    if not match.first or match.line.is_capitals or follows(match, previous):
        return False
    before = match.line.tokens[match.first - 1]
    return not match.line.gap(match.first).strip() and contexts.is_compass_point(before)


def is_another_region(match: Match) -> bool:
    """Whether the words after a country's name of an article and a word make it another region ("the X Sea",
    "the X of Y").
    """
    line = match.line
    right = line.right(match.last, 1)
    if not right or match.is_possessive or match.reading.article is None:
        return False
    if right[0].lower() == "of":
        return True
    return not (line.is_title_case or line.is_capitals) and contexts.continues_as_another(right, "")


def is_in_longer_name(match: Match, previous: Match | None, following: Match | None) -> bool:
    """Whether a country's or a capital's name is a part of the name of a body that the table does not know."""
    line, first, last = match.line, match.first, match.last
    is_headline = line.is_title_case or line.is_capitals
    if not match.is_possessive and not match.particle:
        right = line.right(last)
        if following is not None:
            right = right[: following.first - last]
        weak = is_headline or match.reading.kind == NameKind.ABBREVIATION
        if contexts.names_an_institution(right, doubtful=weak):
            return True
    if not first or match.starts_inside or follows(match, previous):
        return False
    gap, before = line.gap(first), line.tokens[first - 1]
    if HYPHEN.fullmatch(gap):
        after = line.right(last, 1)
        return not match.hyphened and contexts.is_name_before_hyphen(before, after)
    if gap.strip():
        return False
    if before == "the" and not line.gap(first - 1).strip():
        first -= 1
        before = line.tokens[first - 1]
    if first > 1 and before.lower() == "of" and not line.gap(first - 1).strip():
        return contexts.is_institution_of(line.tokens[first - 2])
    return not is_headline and contexts.begins_a_name(before)


def is_another_body(
    match: Match, previous: Match | None, following: Match | None, own: Collection[str]
) -> bool:
    """Whether the words beside a shared name make it the name of a body that the table does not know.

    Before it that is a capitalised word or its possessive ("Y's X"), after it what it is a body of ("X of Y",
    and "the X on Y"). `own`: the words of its bearers' names, folded, which tell of no other.
    """
    line = match.line
    right = line.right(match.last, 3)
    if right and right[0].lower() in contexts.BETWEEN:
        return True
    with_a_state = following is not None and following.reading.is_state and following.first == match.last + 1
    if with_a_state and right[:1] == ["with"] and match.reading.article:
        return True
    concerns = contexts.CONCERNING if match.reading.article else {"of"}
    if right and right[0].lower() in concerns:
        place = match.last + (2 if right[1:2] == ["the"] else 1)
        if following is not None and following.first in (place, place - 1):
            if following.reading.is_state and not match.reading.belongs:
                return True
        else:
            other = right[place - match.last :]
            if other and contexts.is_unknown_name(other[0]) and fold(other[0]) not in own:
                return True
    if not match.first or match.starts_inside or match.reading.article is not None:
        return False
    if follows(match, previous) or line.is_title_case or line.is_capitals:
        return False
    owner = match.first - 1
    if line.tokens[owner] in {"s", "S"} and line.gap(owner).strip() and owner:
        if previous is not None and previous.last == owner:
            return False
        return contexts.is_unknown_name(line.tokens[owner - 1])
    if line.gap(match.first).strip():
        return False
    starts = line.starts_sentence(owner)
    return contexts.belongs_to_another(line.tokens[owner], starts_sentence=starts)


def spelt_out(match: Match) -> list[str]:
    """The words before an abbreviation in brackets that spell it letter by letter ("Name Of Body (NOB)"), in
    small letters; [] if there are none.
    """
    line = match.line
    if not line.gap(match.first).rstrip().endswith(("(", "(“", '("')) or match.last > match.first + 1:
        return []
    if not (match.last == len(line.tokens) or line.gap(match.last).lstrip("”\"'").startswith(")")):
        return []
    letters = list(match.written.replace(".", "").lower())
    words: list[str] = []
    place = match.first
    while letters and place:
        place -= 1
        word = line.tokens[place]
        if word[0].isupper() and word[0].lower() == letters[-1]:
            letters.pop()
        elif word.lower() not in contexts.LINKING:
            return []
        words.append(word.lower())
    return [] if letters else words


# Places


def stands_for_place(match: Match, previous: Match | None, following: Match | None) -> bool:
    """Whether a country or a capital is only the place there. Sets the `lead` of the match."""
    line = match.line
    if match.start < line.dateline and not line.gap(match.first).endswith("("):
        return True
    if not match.reading.is_metonym:
        return False
    if match.particle:
        return match.particle in PLACE_PARTICLES
    if is_in_address(match, following) or is_in_another_name(match, previous):
        return True
    last = match.last + 1 if match.is_possessive else match.last
    match.lead = _coordinated(match, previous, following)
    around = contexts.Surroundings(
        left=line.left(match.lead),
        right=line.right(last),
        hyphened=match.hyphened,
        possessive=match.is_possessive,
        title_case=line.is_title_case or line.is_capitals,
        next_is_name=following is not None and following.first == last and not following.reading.is_state,
    )
    return contexts.is_place(around)


def is_reached(match: Match, following: Match | None) -> bool:
    """Whether a family name is a place of that name: someone arrives in it, or its region follows."""
    left = match.line.left(match.first, 4)
    if match.is_possessive or match.has_honorific:
        return False
    return contexts.is_arrived_in(left) or is_in_address(match, following)


def is_in_another_name(match: Match, previous: Match | None) -> bool:
    """Whether an unknown capitalised word stands right before the name ("… College X", "Name X", "N. X")."""
    line = match.line
    if not match.first or match.starts_inside or line.is_title_case or line.is_capitals:
        return False
    if follows(match, previous):
        return False
    gap, before = line.gap(match.first), line.tokens[match.first - 1]
    starts = line.starts_sentence(match.first - 1)
    if gap.strip() in {"", "."} and before.lower() in contexts.HONORIFICS and before[0].isupper():
        return True
    if initials_before(match):
        return True
    if not gap.strip():
        return contexts.belongs_to_another(
            before, starts_sentence=starts, doubtful=match.last < match.first + 2
        )
    if gap.strip() != "," or not contexts.belongs_to_another(before, starts_sentence=starts):
        return False
    # "District, City, …" is an address; a list of capitals goes on with "and".
    if match.last >= len(line.tokens):
        return True
    closed = line.gap(match.last).strip()[:1] in {*",.;)"}
    return closed and line.tokens[match.last] not in {"and", "or"}


def is_in_address(match: Match, following: Match | None) -> bool:
    """Whether the region or the country follows after a comma, as in a postal address."""
    line = match.line
    if match.last >= len(line.tokens) or line.gap(match.last).strip() != ",":
        return False
    after = line.tokens[match.last]
    if "." in after and after.isupper():
        return True
    if following is None or following.first != match.last:
        return _is_before_region(match, following)
    if not following.reading.is_state_in_full:
        return False
    if following.last >= len(line.tokens):
        return True
    closed = line.gap(following.last).strip()[:1] in {*",.(—–-);"}
    return closed and line.tokens[following.last].lower() not in {"and", "or"}


def _is_before_region(match: Match, following: Match | None) -> bool:
    """Whether an unknown name follows between two commas, and then the sentence goes on ("X, Region, has …")."""
    line, region, beyond = match.line, match.last, match.last + 1
    if not contexts.is_unknown_name(line.tokens[region]):
        return False
    if beyond >= len(line.tokens) or line.gap(beyond).strip() != ",":
        return False
    if following is not None and following.first == beyond:
        return False
    word = line.tokens[beyond]
    goes_on = word.islower() and word not in contexts.APPOSING
    return goes_on or contexts.is_in_a_place(line.tokens[match.first - 1] if match.first else "")


def _coordinated(match: Match, previous: Match | None, following: Match | None) -> int:
    """The word whose left side decides: of "in A and B", that of A decides for B too."""
    if previous is None or not previous.reading.has_metonym:
        return match.first
    line, between = match.line, match.first - previous.last
    if between == 1 and line.tokens[match.first - 1].lower() in contexts.AND:
        return previous.lead
    listed = following is not None and following.first - match.last <= 1
    if between == 0 and line.gap(match.first).strip() == "," and listed:
        return previous.lead
    return match.first


# Who heads a body


def is_headed_before(match: Match, person: Match) -> bool:
    """Whether the person named before a body heads it ("Name, secretary of the X")."""
    line = match.line
    if not person.reading.is_person or match.first - person.last > 6:
        return False
    words = [word.lower() for word in line.tokens[person.last : match.first]]
    if words[-1:] == ["the"]:
        words.pop()
    if not 2 <= len(words) <= 5 or words[-1] != "of" or words[-2] not in contexts.HEADS:
        return False
    gaps = [line.gap(place).strip() for place in range(person.last, match.first + 1)]
    return gaps[0] in {"", ","} and not person.is_possessive and not any(gap.strip("-") for gap in gaps[1:])


def is_headed_after(match: Match, person: Match) -> bool:
    """Whether the person named after a body heads it ("X Secretary Name", "X's deputy head, Name", "the head
    of the X, Name").
    """
    line = match.line
    if not person.reading.is_person:
        return False
    if person.first == match.last and line.gap(person.first).strip() in {"", ","}:
        left = [word for word in line.left(match.first, 3) if word != "the"]
        return len(left) > 1 and left[0] == "of" and left[1] in contexts.HEADS
    begin = match.last + 1 if match.is_possessive else match.last
    if person.first - begin > 3:
        return False
    words = [word.lower() for word in line.tokens[begin : person.first]]
    if not 1 <= len(words) <= 3 or words[-1] not in contexts.HEADS:
        return False
    gaps = [line.gap(place).strip() for place in range(begin, person.first + 1)]
    return gaps[-1] in {"", ","} and not any(gap.strip("-") for gap in gaps[:-1])
