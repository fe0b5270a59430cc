"""The demonstration coverage, stored through the actions of the apps; what stands there already is left."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from actors.actions import create_actor
from actors.models import Actor
from articles.actions import import_item, publish_topic
from articles.models import Article, Revision, Topic
from assertions import actions
from assertions.models import Assertion, Measure, Quantity, Question
from assertions.vocabulary import ParticipantRole
from cms.dates import parse
from cms.periods import clock
from demo.load import Coverage, CoverageError, Entry

_ROLES = {
    "subjects": ParticipantRole.SUBJECT,
    "objects": ParticipantRole.OBJECT,
    "addressees": ParticipantRole.ADDRESSEE,
}
_OWN_FIELDS = (
    "record_id", "claim", "act", "negated", "event_class", "certainty", "hedge", "condition",
    "said", "happened", "published", "place", "note",
)  # fmt: skip
_ACTORS_OF_A_PARTY = ("actor", "speaks_for", "possible_identity")


@transaction.atomic
def store(coverage: Coverage) -> Counter[str]:
    """Store what is not there yet and make it public; return how many of each sort were new.

    Articles are public from their own day; actors, topics, measures and questions from the first of these. A claim is
    reviewed on the day of the last article that it stands in, so that pages as of an earlier day hold it too.
    Raises CoverageError if the database refuses an entry; nothing is stored then.
    """
    new: Counter[str] = Counter()
    since = _beginning(coverage)
    for entry in coverage.actors:
        with _naming(f"actors.yaml, {entry['slug']}"):
            new["actors"] += _store_actor(entry, since)
    for entry in coverage.topics:
        with _naming(f"topics.yaml, {entry['slug']}"):
            new["topics"] += _store_topic(entry, since)
    for entry in coverage.measures:
        with _naming(f"measures.yaml, {entry['slug']}"):
            new["measures"] += _store_measure(entry, since)
    for item in coverage.articles:
        with _naming(f"articles, {item.slug}"):
            new["articles"] += import_item(item, None, public=True) is not None
    for entry in coverage.questions:
        with _naming(f"questions.yaml, {entry['slug']}"):
            new["questions"] += _store_question(entry, since)
    new["assertions"] += _store_assertions(coverage, since)
    return new


@contextmanager
def _naming(where: str) -> Iterator[None]:
    """Name the entry in what the database's or a model's rules say against it."""
    try:
        yield
    except ValidationError as error:
        raise CoverageError(f"{where}: {' '.join(error.messages)}") from error


def _beginning(coverage: Coverage) -> datetime:
    days = [parse(item.dated).first for item in coverage.articles if item.dated]
    known = [day for day in days if day is not None]
    return timezone.make_aware(datetime.combine(min(known), time())) if known else clock()


def _store_actor(entry: Entry, since: datetime) -> bool:
    if Actor.objects.filter(slug=entry["slug"]).exists():
        return False
    fields = {
        name: value for name, value in entry.items() if name not in ("country", "names", "affiliations")
    }
    create_actor(
        None,
        **fields,
        country=_actor(entry.get("country")),
        names=[_renamed(name, ambiguous="is_ambiguous") for name in entry.get("names", ())],
        affiliations=[
            {**affiliation, "organisation": _actor(affiliation.get("organisation"))}
            for affiliation in entry.get("affiliations", ())
        ],
        live_from=since,
    )
    return True


def _store_topic(entry: Entry, since: datetime) -> bool:
    if Topic.objects.filter(slug=entry["slug"]).exists():
        return False
    topic = Topic(**entry)
    topic.full_clean()
    topic.save()
    publish_topic(topic, None, since)
    return True


def _store_measure(entry: Entry, since: datetime) -> bool:
    if Measure.objects.filter(slug=entry["slug"]).exists():
        return False
    measure = Measure(**entry)
    measure.full_clean()
    measure.save()
    actions.publish_measure(measure, None, since)
    return True


def _store_question(entry: Entry, since: datetime) -> bool:
    if Question.objects.filter(slug=entry["slug"]).exists():
        return False
    question = Question(**entry)
    question.full_clean()
    question.save()
    actions.publish_question(question, None, since)
    return True


def _store_assertions(coverage: Coverage, since: datetime) -> int:
    """Store the assertions of records that are not there yet, linked, answering and reviewed; return how many."""
    there = set(Assertion.objects.exclude(record_id="").values_list("record_id", flat=True))
    entries = [entry for entry in coverage.assertions if entry["record_id"] not in there]
    revisions = _first_revisions(coverage)
    topics = {topic.slug: topic for topic in Topic.objects.all()}
    questions = {question.slug: question for question in Question.objects.all()}
    fresh: dict[str, Assertion] = {}
    quantities: dict[str, Quantity] = {}
    for entry in entries:
        with _naming(entry["where"]):
            fresh[entry["key"]] = assertion = _create(
                entry, [topics[slug] for slug in entry.get("topics", ())]
            )
            _store_evidence(assertion, entry, revisions)
            _store_quantities(assertion, entry, quantities)
    for entry in entries:
        with _naming(entry["where"]):
            assertion = fresh[entry["key"]]
            for link in entry.get("links", ()):
                fields = {name: value for name, value in link.items() if name != "to"}
                if link["to"] in fresh:
                    actions.link(assertion, fresh[link["to"]], None, **fields)
            for answer in entry.get("answers", ()):
                actions.answer(questions[answer["question"]], assertion, None, stance=answer["stance"])
            _review(assertion, entry["review"], _came(entry, revisions, since))
    return len(fresh)


def _first_revisions(coverage: Coverage) -> dict[str, Revision]:
    articles = Article.objects.filter(identifier__in=[item.external_id for item in coverage.articles])
    by_identifier = {article.identifier: article.revisions.earliest("number") for article in articles}
    return {item.slug: by_identifier[item.external_id] for item in coverage.articles}


def _create(entry: Entry, topics: Sequence[Topic]) -> Assertion:
    return actions.create_assertion(
        None,
        **{name: entry[name] for name in _OWN_FIELDS if name in entry},
        speakers=[_party(speaker) for speaker in entry["speakers"]],
        participants=[
            {**_party(party), "role": role, "position": position}
            for field, role in _ROLES.items()
            for position, party in enumerate(entry.get(field, ()), 1)
        ],
        relays=[_party(relay) for relay in entry.get("relays", ())],
        rival_dates=entry.get("rival_dates", ()),
        topics=topics,
    )


def _store_evidence(assertion: Assertion, entry: Entry, revisions: Mapping[str, Revision]) -> None:
    for evidence in entry["evidence"]:
        fields = {name: value for name, value in evidence.items() if name not in ("article", "source")}
        if "source" in evidence:
            actions.cite(assertion, None, **_renamed(evidence["source"], date="published"), **fields)
        else:
            actions.quote(assertion, revisions[evidence["article"]], None, **fields)


def _store_quantities(assertion: Assertion, entry: Entry, quantities: dict[str, Quantity]) -> None:
    for row in entry.get("quantities", ()):
        fields = _renamed(
            {name: value for name, value in row.items() if name != "key"}, approximate="is_approximate"
        )
        fields["measure"] = Measure.objects.get(slug=row["measure"])
        fields["counted_by"] = _actor(row.get("counted_by"))
        for bound in ("low", "high"):
            fields[bound] = Decimal(str(row[bound])) if bound in row else None
        for reference in ("supersedes", "part_of", "alternative_to"):
            fields[reference] = quantities.get(row.get(reference, ""))
        quantities[row["key"]] = actions.add_quantity(assertion, None, **fields)


def _came(entry: Entry, revisions: Mapping[str, Revision], since: datetime) -> datetime:
    """Return when the last article came out in which a claim stands, the beginning if it stands in none."""
    lives = [revisions[evidence["article"]].live for evidence in entry["evidence"] if "article" in evidence]
    return max((live.lower for live in lives if live is not None), default=since)


def _review(assertion: Assertion, decision: Entry, at: datetime) -> None:
    fields = _renamed(
        decision, source="source_reliability", information="information_credibility", note="reason"
    )
    actions.review(assertion, None, **fields, decided_at=at)


def _party(party: Entry) -> dict[str, Any]:
    return {name: _actor(value) if name in _ACTORS_OF_A_PARTY else value for name, value in party.items()}


def _actor(slug: str | None) -> Actor | None:
    return Actor.objects.get(slug=slug) if slug else None


def _renamed(fields: Entry, **names: str) -> dict[str, Any]:
    """Return the fields under the models' names, where the files have shorter ones."""
    return {names.get(name, name): value for name, value in fields.items()}
