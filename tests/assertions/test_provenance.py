"""Independent sources, counted from who speaks and what goes back to what: the rules, for any claims."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from assertions.sources.provenance import Count, Voice, count

PEOPLE = {"ada": "ostria", "ole": "ostria", "boris": "vesta", "bea": "vesta", "finn": ""}


def said_by(*people: str) -> Voice:
    return Voice(frozenset(people), frozenset(people) | {PEOPLE[person] for person in people} - {""})


def unnamed(words: str) -> Voice:
    return Voice(frozenset([f"described:{words}"]))


@dataclass(frozen=True)
class Claims:
    voices: dict[int, Voice]
    targets: dict[int, set[int]]

    def count(self) -> Count:
        return count(self.voices, self.targets, self.voices)

    def with_one_more(self, voice: Voice, *targets: int) -> "Claims":
        new = max(self.voices, default=0) + 1
        return Claims({**self.voices, new: voice}, {**self.targets, new: set(targets)})


speaking = st.sets(st.sampled_from(sorted(PEOPLE)), min_size=1, max_size=3).map(
    lambda people: said_by(*people)
)
hiding = st.sampled_from(["a captain", "a general", "two clerks"]).map(unnamed)


@st.composite
def any_claims(draw: st.DrawFn, least: int = 0) -> Claims:
    found = draw(st.lists(speaking | hiding, min_size=least, max_size=9))
    voices = dict(enumerate(found, 1))
    keys = st.sampled_from(sorted(voices)) if voices else st.nothing()
    targets = {key: draw(st.sets(keys, max_size=2)) - {key} for key in voices if draw(st.booleans())}
    return Claims(voices, targets)


@given(any_claims())
def test_the_lower_bound_never_exceeds_the_upper_one(claims: Claims) -> None:
    found = claims.count()
    assert 0 <= found.low <= found.high <= len(claims.voices)
    assert bool(claims.voices) == bool(found.high)


@given(any_claims(least=1), speaking | hiding, st.data())
def test_a_reprint_changes_nothing_whoever_prints_it(
    claims: Claims, voice: Voice, data: st.DataObject
) -> None:
    before = claims.count()
    original = data.draw(st.sampled_from(sorted(claims.voices)))
    after = claims.with_one_more(voice, original).count()
    assert (after.low, after.high) == (before.low, before.high)


@given(any_claims(), hiding)
def test_one_who_is_not_named_never_raises_the_lower_bound(claims: Claims, voice: Voice) -> None:
    before, after = claims.count(), claims.with_one_more(voice).count()
    assert after.low == before.low
    assert before.high <= after.high <= before.high + 1


@given(any_claims(least=1), st.data())
def test_to_learn_that_a_claim_goes_back_to_another_never_adds_a_source(
    claims: Claims, data: st.DataObject
) -> None:
    taker = data.draw(st.sampled_from(sorted(claims.voices)))
    new = claims.with_one_more(said_by("finn"))
    linked = Claims(new.voices, {**new.targets, taker: new.targets.get(taker, set()) | {max(new.voices)}})
    assert linked.count().high <= new.count().high


@given(any_claims(), st.randoms())
def test_the_order_in_which_claims_are_given_does_not_matter(claims: Claims, random: object) -> None:
    keys = list(claims.voices)
    random.shuffle(keys)  # type: ignore[attr-defined]
    shuffled = Claims(
        {key: claims.voices[key] for key in keys}, {key: claims.targets.get(key, set()) for key in keys}
    )
    assert shuffled.count() == claims.count()


@given(any_claims())
def test_every_claim_goes_back_to_a_root_and_no_root_is_taken_from_elsewhere(claims: Claims) -> None:
    found = claims.count()
    roots = [root for group in (*found.groups, *found.unnamed) for root in group]
    assert {claim for root in roots for claim in (*root.claims, *root.takers)} == set(claims.voices)
    for root in roots:
        for claim in root.claims:
            assert claims.targets.get(claim, set()) <= set(root.claims)


def numbers(*voices: Voice, **targets: set[int]) -> tuple[int, int]:
    links = {int(key.removeprefix("from_")): value for key, value in targets.items()}
    found = Claims(dict(enumerate(voices, 1)), links).count()
    return found.low, found.high


def test_five_reprints_of_one_item_are_one_source() -> None:
    wire = said_by("finn")
    assert numbers(wire, *[wire] * 4, from_2={1}, from_3={1}, from_4={3}, from_5={4}) == (1, 1)


def test_claims_that_go_back_to_each_other_in_a_circle_are_one_source() -> None:
    ada, boris, finn = said_by("ada"), said_by("boris"), said_by("finn")
    assert numbers(ada, boris, finn, from_1={2}, from_2={3}, from_3={1}) == (1, 1)
    assert numbers(ada, boris, finn, from_1={2}, from_2={1}, from_3={1}) == (1, 1)
    assert numbers(ada, boris, finn, from_1={2}, from_2={1, 3}) == (1, 1)


def test_what_is_taken_from_two_adds_none_to_them() -> None:
    assert numbers(said_by("ada"), said_by("boris"), said_by("finn"), from_3={1, 2}) == (2, 2)


def test_several_who_speak_for_one_state_are_surely_one_and_perhaps_more() -> None:
    assert numbers(said_by("ada"), said_by("ole"), said_by("ada")) == (1, 2)


def test_a_joint_statement_is_one_source_and_takes_nothing_from_what_each_says_alone() -> None:
    assert numbers(said_by("ada", "boris")) == (1, 1)
    assert numbers(said_by("ada", "boris"), said_by("ada"), said_by("boris")) == (2, 3)


def test_only_unnamed_ones_make_no_sure_source() -> None:
    assert numbers(unnamed("a captain"), unnamed("a captain"), unnamed("a general")) == (0, 2)


def test_a_long_chain_and_a_long_circle_are_followed_to_their_end() -> None:
    number = 3000
    voices = {key: said_by("ada") for key in range(1, number + 1)}
    chain = {key: {key - 1} for key in range(2, number + 1)}
    assert Claims(voices, chain).count().high == 1
    found = Claims(voices, chain | {1: {number}}).count()
    assert (found.low, found.high) == (1, 1)
    assert len(found.groups[0][0].claims) == number
