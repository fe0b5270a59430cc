"""The demonstration coverage as data: its files read and checked. Pure: nothing is stored.

The files are actors.yaml, topics.yaml, measures.yaml, questions.yaml, assertions/*.yaml and articles/*.md;
README.md beside this module says how they are written.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from yaml import CSafeLoader, YAMLError, load

from articles.body import plain
from articles.importers import BadItem, Item, read
from assertions.anchoring import QuoteAmbiguous, QuoteNotFound, locate
from assertions.vocabulary import Certainty, DenialAspect, Departure, EventClass, LinkType, SpeechAct, Stance
from cms.dates import parse

FOLDER = Path(__file__).resolve().parent

Entry = Mapping[str, Any]
Say = Callable[[str, str], None]
"""Takes the file with its entry, and a sentence: what is wrong and what would be right."""

_FIELDS = {
    "actors.yaml": "slug name kind country family_name_first description note wikidata iso3166_1_alpha2 "
    "iso3166_1_alpha3 names affiliations",
    "topics.yaml": "slug name description medtop",
    "measures.yaml": "slug name counts inclusions unit description",
    "questions.yaml": "slug wording description opened",
    "assertions": "key record_id claim act negated event_class certainty hedge condition said happened "
    "published rival_dates place note speakers addressees relays subjects objects topics evidence quantities "
    "links answers review",
}
_REQUIRED = {
    "actors.yaml": "slug name kind",
    "topics.yaml": "slug name",
    "measures.yaml": "slug name counts unit",
    "questions.yaml": "slug wording",
    "assertions": "key record_id claim act certainty speakers evidence review",
}
_PARTS = {
    "speakers": "actor description possible_identity office speaks_for",
    "addressees": "actor description",
    "relays": "actor description",
    "subjects": "actor description",
    "objects": "actor description",
    "rival_dates": "of date given_by",
    "evidence": "article exact prefix suffix source language translator departures departure_note",
    "quantities": "key measure low high low_open high_open approximate unit as_of kind counted_by "
    "counted_by_description supersedes part_of alternative_to note",
    "links": "type aspect to note",
    "answers": "question stance",
    "review": "verdict attribution source information note",
    "source": "publisher title address date unverified",
}
"""The fields of what stands inside an assertion; ``source`` stands inside its evidence."""
_PARTIES = ("speakers", "addressees", "relays", "subjects", "objects")
_REFERENCES = ("supersedes", "part_of", "alternative_to")


class CoverageError(Exception):
    """The files do not hold together; the message has one sentence a line, each with its file and entry."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The checked entries of all files, in the order in which they can be stored.

    An assertion also has ``where``: its file and its key, for messages.
    """

    actors: Sequence[Entry]
    topics: Sequence[Entry]
    measures: Sequence[Entry]
    questions: Sequence[Entry]
    assertions: Sequence[Entry]
    articles: Sequence[Item]


def read_coverage(folder: Path = FOLDER) -> Coverage:
    """Return the coverage in a folder. Raises CoverageError with every file and entry that is wrong."""
    wrong: list[str] = []

    def say(where: str, what: str) -> None:
        wrong.append(f"{where}: {what}")

    lists = {name: _entries([folder / name], name, say) for name in _FIELDS if name.endswith(".yaml")}
    files = sorted((folder / "assertions").glob("*.yaml"))
    if not files:
        say("assertions", "is no folder with YAML files of assertions")
    # A state comes before those who belong to it, an organisation before those who hold a position in it.
    coverage = Coverage(
        actors=sorted(lists["actors.yaml"], key=_rank),
        topics=lists["topics.yaml"],
        measures=lists["measures.yaml"],
        questions=lists["questions.yaml"],
        assertions=_entries(files, "assertions", say),
        articles=list(_articles(folder / "articles", say)),
    )
    if not wrong:
        _check(coverage, say)
    if wrong:
        raise CoverageError("\n".join(wrong))
    return coverage


def _rank(actor: Entry) -> tuple[bool, bool]:
    return actor.get("kind") != "state", "affiliations" in actor


def _entries(files: Sequence[Path], fields: str, say: Say) -> list[Entry]:
    """Return the entries of files that hold the same fields; a name stands once in all of them."""
    name = "key" if fields == "assertions" else "slug"
    entries: list[Entry] = []
    seen: set[object] = set()
    for path in files:
        file = path.name if fields == path.name else f"{fields}/{path.name}"
        for number, entry in enumerate(_rows(path, file, say), 1):
            if not isinstance(entry, dict):
                say(f"{file}, entry {number}", "has to be fields with values")
                continue
            where = f"{file}, {entry.get(name, f'entry {number}')}"
            if entry.get(name) in seen:
                say(where, f"stands there twice; each {name} is given once")
            seen.add(entry.get(name))
            for field in _REQUIRED[fields].split():
                if field not in entry:
                    say(where, f"has no “{field}”")
            for field in entry:
                if field not in _FIELDS[fields].split():
                    known = _FIELDS[fields].replace(" ", ", ")
                    say(where, f"has “{field}”, which is no field; known are {known}")
            entries.append({**entry, "where": where} if fields == "assertions" else entry)
    return entries


def _rows(path: Path, file: str, say: Say) -> list[object]:
    try:
        rows = load(path.read_text(encoding="utf-8"), CSafeLoader)
    except OSError as error:
        say(file, f"cannot be read: {error.strerror}")
    except (YAMLError, UnicodeDecodeError) as error:
        say(file, f"is not YAML: {error}")
    else:
        if isinstance(rows, list):
            return rows
        say(file, "has to be a list of entries")
    return []


def _articles(folder: Path, say: Say) -> Iterator[Item]:
    for item in read(folder):
        if isinstance(item, BadItem):
            say(item.origin, item.reason)
        elif not item.slug:
            say(item.origin, "has no “slug”")
        else:
            yield item


def _check(coverage: Coverage, say: Say) -> None:
    known = _Known(coverage)
    for actor in coverage.actors:
        known.actor(f"actors.yaml, {actor['slug']}", actor.get("country"), say)
        for affiliation in actor.get("affiliations", ()):
            known.actor(f"actors.yaml, {actor['slug']}", affiliation.get("organisation"), say)
            _dates(f"actors.yaml, {actor['slug']}", affiliation, ("started", "ended"), say)
    for item in coverage.articles:
        for name in item.topics:
            if name not in known.topic_names:
                say(item.origin, f"“{name}” is no topic of topics.yaml; give its name")
    for question in coverage.questions:
        where = f"questions.yaml, {question['slug']}"
        _dates(where, question, ("opened",), say)
    counted: set[str] = set()
    for assertion in coverage.assertions:
        _check_assertion(assertion["where"], assertion, known, counted, say)


class _Known:
    """What entries may refer to."""

    def __init__(self, coverage: Coverage) -> None:
        self.actors = {entry["slug"] for entry in coverage.actors}
        self.topics = {entry["slug"] for entry in coverage.topics}
        self.topic_names = {entry["name"] for entry in coverage.topics}
        self.measures = {entry["slug"] for entry in coverage.measures}
        self.questions = {entry["slug"] for entry in coverage.questions}
        self.assertions = {entry["key"] for entry in coverage.assertions}
        self.texts = {item.slug: plain(item.body_html) for item in coverage.articles}

    def actor(self, where: str, slug: str | None, say: Say) -> None:
        if slug is not None and slug not in self.actors:
            say(where, f"“{slug}” is no actor of actors.yaml; give a slug, or a description")

    def assertion(self, where: str, key: str, say: Say) -> None:
        if key not in self.assertions:
            say(where, f"“{key}” is no assertion of the folder assertions; give its key")


def _check_assertion(where: str, entry: Entry, known: _Known, counted: set[str], say: Say) -> None:
    known_parts = [_has_known_parts(where, part, entry.get(part, ()), say) for part in _PARTS]
    if not all(known_parts):
        return
    _one_of(where, "act", entry["act"], SpeechAct.values, say)
    _one_of(where, "certainty", entry["certainty"], Certainty.values, say)
    _one_of(where, "event_class", entry.get("event_class", ""), ["", *EventClass.values], say)
    _dates(where, entry, ("said", "happened", "published"), say)
    for rival in entry.get("rival_dates", ()):
        _dates(where, rival, ("date",), say)
    for party in (party for field in _PARTIES for party in entry.get(field, ())):
        if ("actor" in party) == ("description" in party):
            say(where, f"{dict(party)} has to have an actor or a description, one of the two")
        for field in ("actor", "speaks_for", "possible_identity"):
            known.actor(where, party.get(field), say)
    for slug in entry.get("topics", ()):
        if slug not in known.topics:
            say(where, f"“{slug}” is no topic of topics.yaml; give its slug")
    for evidence in entry["evidence"]:
        _check_evidence(where, evidence, known, say)
    for quantity in entry.get("quantities", ()):
        known.actor(where, quantity.get("counted_by"), say)
        _dates(where, quantity, ("as_of",), say)
        if quantity["measure"] not in known.measures:
            say(where, f"“{quantity['measure']}” is no measure of measures.yaml; give its slug")
        for field in _REFERENCES:
            if field in quantity and quantity[field] not in counted:
                say(where, f"“{field}: {quantity[field]}” is no quantity further up; give the key of one")
        if quantity["key"] in counted:
            say(where, f"the quantity {quantity['key']} stands there twice; each key is given once")
        counted.add(quantity["key"])
    for answer in entry.get("answers", ()):
        if answer["question"] not in known.questions:
            say(where, f"“{answer['question']}” is no question of questions.yaml; give its slug")
        _one_of(where, "stance", answer["stance"], Stance.values, say)
    for link in entry.get("links", ()):
        known.assertion(where, link["to"], say)
        _one_of(where, "link", link["type"], LinkType.values, say)
        aspects = DenialAspect.values if link["type"] == LinkType.DENIES else [""]
        _one_of(where, "aspect", link.get("aspect", ""), aspects, say)


def _has_known_parts(where: str, part: str, value: object, say: Say) -> bool:
    """Tell whether a part of an assertion is fields with values, or a list of such, and has only known fields."""
    known = _PARTS[part].split()
    fine = True
    for row in value if isinstance(value, list | tuple) else [value]:
        if not isinstance(row, Mapping):
            say(where, f"“{part}” has “{row}”, which has to be fields with values")
            fine = False
            continue
        for field in row:
            if field not in known:
                say(where, f"“{part}” has “{field}”, which is no field; known are {', '.join(known)}")
                fine = False
        if part == "evidence" and "source" in row:
            fine = _has_known_parts(where, "source", row["source"], say) and fine
    return fine


def _check_evidence(where: str, evidence: Entry, known: _Known, say: Say) -> None:
    for departure in evidence.get("departures", ()):
        _one_of(where, "departure", departure, Departure.values, say)
    if "source" in evidence:
        _dates(where, evidence["source"], ("date",), say)
        return
    text = known.texts.get(evidence["article"])
    if text is None:
        say(where, f"“{evidence['article']}” is no article of the folder articles; give its slug")
        return
    try:
        locate(text, evidence["exact"], evidence.get("prefix", ""), evidence.get("suffix", ""))
    except (QuoteNotFound, QuoteAmbiguous) as error:
        say(where, f"in {evidence['article']}: {error}")


def _one_of(where: str, field: str, value: object, values: Sequence[str], say: Say) -> None:
    if value not in values:
        say(where, f"“{value}” is no {field}; one of {', '.join(filter(None, values)) or 'none'} would be")


def _dates(where: str, entry: Entry, fields: Iterable[str], say: Say) -> None:
    for field in fields:
        value = entry.get(field, "")
        if not isinstance(value, str):
            say(where, f"“{field}: {value}” has to be text; write it in quotation marks")
        elif value:
            try:
                parse(value)
            except ValueError as error:
                say(where, f"“{field}”: {error}")
