"""The annotated articles hold together, and are scored as their README says."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from assertions.suggestions.shapes import Span
from assertions.vocabulary import SpeechAct
from benchmarks.gold.files import FOLDER, GoldStatement, article, articles, passages
from benchmarks.gold.scoring import Named, Score, heads, mentions, pairs, same_source
from demo.load import FOLDER as DEMO

FILES = sorted(FOLDER.glob("*/*.json"))


@pytest.fixture(scope="module")
def slugs() -> set[str]:
    return {entry["slug"] for entry in yaml.safe_load((DEMO / "actors.yaml").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_span_holds_its_words_and_every_name_is_known(path: Path, slugs: set[str]) -> None:
    marked = article(path)  # Raises for a span that does not hold its words.
    assert path.name.removesuffix(".json").removesuffix(".first").removesuffix(".second") == marked.id
    assert marked.headline and marked.address and marked.licence and marked.published
    assert marked.text.startswith(f"{marked.headline}\n\n")
    for statement in marked.statements:
        assert statement.act in SpeechAct.values, statement
        assert statement.speaker is None or statement.speaker in slugs, statement
        assert statement.speaker is None or statement.source is not None, statement
        assert not statement.content.text[0].isspace() and not statement.content.text[-1].isspace(), statement
    assert len(set(marked.statements)) == len(marked.statements)
    ends = [(mention.span.start, mention.span.end) for mention in marked.mentions]
    assert all(end <= start for (_, end), (start, _) in pairwise(ends)), "mentions overlap"
    assert {mention.actor for mention in marked.mentions if mention.actor} <= slugs


def test_no_article_is_in_both_parts() -> None:
    develop, held = articles("develop"), articles("held")
    assert len(develop) >= 22
    for what in ("id", "address", "headline", "text"):
        assert not {getattr(row, what) for row in develop} & {getattr(row, what) for row in held}, what


def test_articles_of_the_demonstration_are_there_and_all_others_name_a_licence() -> None:
    for row in [*articles("develop"), *articles("held")]:
        if row.own:
            assert (DEMO.parent / row.address).exists(), row.address
        else:
            assert row.address.startswith("https://") and row.licence.startswith("CC "), row.id


def test_passages_for_ambiguous_names_name_known_actors_or_several(slugs: set[str]) -> None:
    rows = passages()
    assert len({name for name, _, _ in rows}) == len(rows)
    for name, _, marked in rows:
        for mention in marked:
            assert {mention.actor, *mention.candidates} - {None} <= slugs, name
            assert (mention.actor is None) == bool(mention.candidates), name


def test_a_span_that_does_not_hold_its_words_is_named(tmp_path: Path) -> None:
    entry: dict[str, Any] = json.loads(FILES[0].read_text(encoding="utf-8"))
    entry["statements"][0]["content"]["end"] += 1
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(entry), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^broken\.json: at \d+:\d+ stands"):
        article(broken)


def test_what_is_marked_is_all_right_when_scored_against_itself() -> None:
    for row in articles("develop"):
        assert sorted(pairs(row.statements, row.statements)) == [(i, i) for i in range(len(row.statements))]


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words), words)


def test_a_source_is_the_same_when_it_shares_a_head_word() -> None:
    text = "the minister of defence, Ada Byron, said that Bern agrees"
    source = span(text, "the minister of defence, Ada Byron")
    assert [text[start:end] for start, end in heads(source)] == ["minister", "Byron"]
    assert same_source(span(text, "minister"), source)
    assert same_source(span(text, "Ada Byron"), source)
    assert not same_source(span(text, "defence"), source)
    assert not same_source(None, source)
    assert not same_source(source, None)
    assert same_source(None, None)


def statement(text: str, source: str | None, content: str) -> GoldStatement:
    return GoldStatement(
        span(text, source) if source else None, None, span(text, content), None, "states", False
    )


def test_a_statement_is_paired_once_and_with_the_one_that_shares_most_of_its_words() -> None:
    text = "He said that the bridge is open and the road is closed"
    whole = statement(text, "He", "the bridge is open and the road is closed")
    most = statement(text, "He", "the bridge is open and the road")
    less = statement(text, "He", "the bridge is open and")
    assert pairs([less, most], [whole]) == [(1, 0)]
    assert pairs([statement(text, "He", "the road")], [whole]) == []
    assert pairs([statement(text, None, "the bridge is open and the road")], [whole]) == []


def test_a_mention_counts_for_its_actor_alone() -> None:
    marked = [Named(0, 11, "kremlin"), Named(20, 26, "russia")]
    overlap, same = mentions([Named(4, 11, "kremlin"), Named(20, 26, "kremlin")], marked)
    assert overlap == Score(1, 2, 2)
    assert same == Score(0, 2, 2)
    assert overlap.f1 == 0.5
