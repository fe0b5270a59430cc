"""Rows for tests, made by the actions of the apps; public unless a test says otherwise.

The cast is invented: Ostria and Vesta are two states, Ada Vale speaks for Ostria, Boris Klint for Vesta; the
Northern Wire is an agency.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from actors.actions import create_actor
from actors.models import Actor
from articles.actions import Content, create_article, publish_topic
from articles.models import Article, Topic
from assertions import actions
from assertions.drafting.proposed import as_json
from assertions.models import Assertion, Evidence, Measure, Question, Suggestion


def days_ago(days: float) -> datetime:
    """Return an instant in the past."""
    return timezone.now() - timedelta(days=days)


def make_actor(name: str, kind: str = "person", *, public: bool = True, **fields: Any) -> Actor:
    """Return an actor whose slug comes from its name."""
    defaults: dict[str, Any] = {"slug": slugify(name), "live_from": days_ago(400) if public else None}
    return create_actor(None, name=name, kind=kind, **(defaults | fields))


def make_state(name: str, *, public: bool = True, **fields: Any) -> Actor:
    """Return a state."""
    return make_actor(name, "state", public=public, **fields)


def make_topic(name: str, *, public: bool = True) -> Topic:
    """Return a topic whose slug comes from its name."""
    topic = Topic.objects.create(name=name, slug=slugify(name))
    if public:
        publish_topic(topic, None)
        topic.refresh_from_db()
    return topic


def make_article(
    headline: str,
    *paragraphs: str,
    published: datetime | None = None,
    public: bool = True,
    sources: Sequence[dict[str, Any]] = (),
    slug: str = "",
    **content: Any,
) -> Article:
    """Return an article of plain paragraphs, published at an instant, a day ago by default; else a draft."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or (f"{headline}.",))
    return create_article(
        None,
        Content(headline=headline, body=body, **content),
        slug=slug,
        sources=sources,
        live_from=(published or days_ago(1)) if public else None,
    )


def make_assertion(
    claim: str,
    *speakers: Actor,
    act: str = "states",
    article: Article | None = None,
    exact: str = "",
    accepted: bool = True,
    about: Sequence[Actor] = (),
    grade: str = "F6",
    **fields: Any,
) -> Assertion:
    """Return an assertion, accepted by default, on words of an article, or else on an outside source."""
    rows: dict[str, Any] = {
        "speakers": [{"actor": speaker} for speaker in speakers],
        "participants": [{"role": "subject", "actor": actor} for actor in about],
    }
    assertion = actions.create_assertion(None, claim=claim, act=act, **(rows | fields))
    if article is not None:
        quote(assertion, article, exact)
    else:
        actions.cite(assertion, None, publisher="The Northern Wire")
    if accepted:
        accept(assertion, grade)
    assertion.refresh_from_db()
    return assertion


def quote(assertion: Assertion, article: Article, exact: str = "", **fields: Any) -> Evidence:
    """Rest an assertion on words of the latest revision of an article, on its whole text by default."""
    revision = article.revisions.latest("number")
    return actions.quote(assertion, revision, None, exact=exact or revision.text, **fields)


def accept(assertion: Assertion, grade: str = "F6") -> None:
    """Accept an assertion as it stands."""
    actions.review(
        assertion, None, verdict="accept", attribution="carried",
        source_reliability=grade[0], information_credibility=grade[1],
    )  # fmt: skip


def make_prepared(
    claim: str,
    *speakers: Actor,
    article: Article,
    exact: str = "",
    rule: str = "clause of a verb",
    confidence: float = 0.9,
    **fields: Any,
) -> Assertion:
    """Return an assertion that a rule proposed on words of an article, and nobody has decided on."""
    assertion = make_assertion(
        claim,
        *speakers,
        article=article,
        exact=exact,
        accepted=False,
        proposed_rule=rule,
        confidence=confidence,
        **fields,
    )
    Suggestion.objects.create(
        assertion=assertion,
        article=article,
        key=assertion.identifier,
        proposed=as_json(assertion),
        claim_version=assertion.claim_version,
    )
    return assertion


def make_question(wording: str, *, public: bool = True, **fields: Any) -> Question:
    """Return a question whose slug comes from its wording."""
    question = Question.objects.create(wording=wording, slug=slugify(wording), **fields)
    if public:
        actions.publish_question(question, None)
    return question


def make_measure(name: str, *, public: bool = True, **fields: Any) -> Measure:
    """Return a measure whose slug comes from its name."""
    measure = Measure.objects.create(
        name=name, slug=slugify(name), **({"counts": name, "unit": "pieces"} | fields)
    )
    if public:
        actions.publish_measure(measure, None)
    return measure
