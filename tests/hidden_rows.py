"""A small newsroom, and beside it everything that readers must not see, each text of which carries a telling word.

``make_shown`` makes rows of every kind that are public, and hidden ones only where a public row cannot be had without;
``hide_among`` adds the others: drafts, scheduled and withdrawn ones, in every place where they touch public ones.
"""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image as Picture

from actors.actions import judge_identity, publish_actor, relate, withdraw_actor
from actors.models import Actor, ActorKind, ActorName
from articles.actions import (
    Content,
    add_image,
    correct,
    create_article,
    publish,
    publish_topic,
    remove_version,
    report_error,
    save_revision,
    withdraw,
    withdraw_topic,
)
from articles.models import Article, Revision, Source, Topic
from assertions import actions
from assertions.models import Assertion, Measure, Question, TaggedAssertion
from cms.models import User
from tests.factories import (
    accept,
    days_ago,
    make_actor,
    make_article,
    make_assertion,
    make_measure,
    make_question,
    make_state,
    make_topic,
    quote,
)

TELLTALE = "Hushword"
"""Stands in every text of a hidden row."""

TELLTALE_SLUG = "hushword"
NEVER = timedelta(days=300)


@dataclass(frozen=True)
class Shown:
    """The public rows that addresses are made of."""

    ada: Actor
    boris: Actor
    ostria: Actor
    vesta: Actor
    wire: Actor
    trade: Topic
    covered: Article
    answer: Article
    denial: Assertion
    claim: Assertion
    question: Question
    measure: Measure


def picture(name: str) -> SimpleUploadedFile:
    """Return a small picture, of a colour of its own."""
    data = BytesIO()
    Picture.new("RGB", (4, 3), (len(name), 0, 0)).save(data, "PNG")
    return SimpleUploadedFile(f"{name}.png", data.getvalue(), "image/png")


def make_shown() -> Shown:
    """Return the public rows. The default relationship of the site has to be ostria and vesta."""
    ostria, vesta = make_state("Ostria"), make_state("Vesta")
    ada, boris = make_actor("Ada Vale", country=ostria), make_actor("Boris Klint", country=vesta)
    wire = make_actor("Northern Wire", "media")
    office = make_actor(f"{TELLTALE} Office", "public_body", public=False)
    relate(ada, None, position="envoy", organisation=office, started="2020", source="the Wire")
    relate(boris, None, position="minister", organisation=vesta, started="2021")
    trade, secret = make_topic("Trade"), make_topic(f"{TELLTALE} topic", public=False)
    covered = create_article(
        None,
        Content(
            headline=f"{TELLTALE} first wording",
            body=f"<p>{TELLTALE}, said Ada Vale of Vesta.</p>",
            byline=TELLTALE,
            language="ru",
            topics=[secret],
        ),
        slug="ada-vale-denies-it",
        sources=[
            {"publisher": "A paper", "publisher_actor": office, "relation": "rewrites"},
            {"is_unknown": True},
        ],
        live_from=days_ago(5),
    )
    words = [
        "“No ship has left,” Ada Vale said of Vesta. The Quay House was shut, and Ostria was silent.",
        "Boris Klint of Vesta counted about 40 ships, the Northern Wire reported.",
    ]
    image = add_image(picture("harbour"), None, alt="A harbour", credit="Ada Vale")
    # What readers have seen before is public too, unless it was removed.
    save_revision(covered, Content(headline="Ada Vale denies", body=f"<p>{words[0]}</p>"), None)
    publish(covered, None)
    live = Content(
        headline="Ada Vale denies it",
        images=[(image, "The harbour in May")],
        body="".join(f"<p>{line}</p>" for line in words),
        topics=[trade, secret],
    )
    save_revision(covered, live, None)
    publish(covered, None)
    first = covered.revisions.earliest("number")
    correct(covered, None, kind="correction", text=TELLTALE, revision=first)
    remove_version(first, None, TELLTALE)
    answer = make_article("Vesta answers Ada Vale", "Vesta heard Ada Vale. Ostria did not.", topics=[trade])
    correct(covered, None, kind="correction", text="The ships were 40, not 14.")
    measure, hidden_measure = make_measure("Ships"), make_measure(f"{TELLTALE} crates", public=False)
    denial = make_assertion(
        "Ships left Ostria.",
        ada,
        act="denies",
        article=covered,
        exact="No ship has left",
        about=[vesta, ostria],
        topics=[trade, secret],
        speakers=[{"actor": ada, "speaks_for": ostria, "office": "envoy"}],
        said="2024-05-06",
        note=TELLTALE,
    )
    claim = make_assertion(
        "About 40 ships left Ostria.",
        boris,
        article=covered,
        exact="Boris Klint of Vesta counted about 40 ships",
        about=[ostria],
        relays=[{"actor": wire}],
        said="2024-05-05",
        quantities=[
            {"measure": measure, "low": 40, "high": 40, "is_approximate": True, "counted_by": boris},
            {"measure": hidden_measure, "low": 77, "note": TELLTALE},
        ],
        rival_dates=[{"of": "said", "date": "2024-05-04", "given_by": "A paper"}],
    )
    actions.cite(claim, None, publisher="A paper", unverified="the words")
    accept(claim)
    actions.link(denial, claim, None, type="denies", aspect="fact")
    question = make_question("Did ships leave?")
    actions.answer(question, denial, None, stance="denies")
    make_assertion("Ships are ships.", article=answer, exact="Ostria did not", about=[vesta])
    return Shown(ada, boris, ostria, vesta, wire, trade, covered, answer, denial, claim, question, measure)


@dataclass(frozen=True)
class Hidden:
    """The rows that readers must not see; each would have an address if it were public."""

    actors: QuerySet[Actor]
    articles: QuerySet[Article]
    assertions: list[Assertion]
    topics: QuerySet[Topic]


def hide_among(shown: Shown) -> Hidden:
    """Add rows of every kind that is not public, in every place where they touch the public ones, and return them."""
    clerk = User.objects.create_superuser(f"{TELLTALE_SLUG}-clerk", first_name=TELLTALE)
    state, others = _hide_actors(shown, clerk)
    _hide_topics()
    drafts = _hide_articles(shown, clerk)
    hidden = _hide_assertions(shown, clerk, [state, *others], drafts)
    _touch(shown, clerk, state, drafts, hidden)
    call_command("relink", stdout=StringIO())
    return Hidden(
        actors=Actor.objects.filter(slug__contains=TELLTALE_SLUG),
        articles=Article.objects.filter(slug__contains=TELLTALE_SLUG),
        assertions=hidden,
        topics=Topic.objects.filter(slug__contains=TELLTALE_SLUG),
    )


def _hide_actors(shown: Shown, clerk: User) -> tuple[Actor, list[Actor]]:
    state = make_state(f"{TELLTALE} Land", public=False, iso3166_1_alpha2="ZZ", description=TELLTALE)
    others = [
        make_actor(
            f"{TELLTALE} {kind.label}",
            kind,
            public=False,
            country=shown.ostria,
            description=TELLTALE,
            note=TELLTALE,
            names=[
                {"text": f"쉿말{number}", "language": "ko"},
                {"text": f"Тайнослово {number}", "language": "ru"},
            ],
            affiliations=[{"position": TELLTALE, "organisation": shown.vesta, "source": TELLTALE}],
        )
        for number, kind in enumerate(ActorKind)
        if kind != ActorKind.STATE
    ]
    # A name of a hidden actor that stands in a public text: it is found there, and is plain text.
    ActorName.objects.create(actor=others[0], text="the Quay House", kind="epithet")
    publish_actor(others[1], clerk, timezone.now() + NEVER)
    publish_actor(others[2], clerk)
    withdraw_actor(others[2], clerk)
    judge_identity(shown.ada, others[0], clerk, verdict="same", reason=TELLTALE)
    return state, others


def _hide_topics() -> None:
    scheduled = make_topic(f"{TELLTALE} scheduled topic", public=False)
    publish_topic(scheduled, None, timezone.now() + NEVER)
    withdrawn = make_topic(f"{TELLTALE} withdrawn topic")
    withdraw_topic(withdrawn, None)


def _hide_articles(shown: Shown, clerk: User) -> dict[str, Article]:
    """Return a draft, a scheduled and a withdrawn article that name what the public ones name."""
    image = add_image(picture(TELLTALE_SLUG), None, alt=TELLTALE, credit=TELLTALE)
    body = f"<p>{TELLTALE}: Ada Vale of Ostria, Boris Klint of Vesta, the Northern Wire, the Quay House.</p>"
    made = {}
    for number, (state, live_from) in enumerate(
        {"draft": None, "scheduled": timezone.now() + NEVER, "withdrawn": days_ago(2)}.items()
    ):
        made[state] = create_article(
            clerk,
            Content(
                headline=f"{TELLTALE} {state}: Ada Vale denies it",
                standfirst=TELLTALE,
                body=body,
                byline=TELLTALE,
                language=["ko", "ja", "fr"][number],
                dated="2019-01-01",
                topics=list(Topic.objects.all()),
                images=[(image, TELLTALE)],
            ),
            slug=f"{TELLTALE_SLUG}-{state}",
            sources=[{"publisher": TELLTALE, "publisher_actor": shown.wire, "note": TELLTALE}],
            live_from=live_from,
        )
    correct(made["withdrawn"], clerk, kind="retraction", text="None of it was so.")
    withdraw(made["withdrawn"], clerk, reason="It was forged.")
    # A public article has a draft and a scheduled wording too.
    for state in ("scheduled", "draft"):
        headline = f"{TELLTALE} {state}"
        content = Content(headline, standfirst=TELLTALE, body=body, byline=TELLTALE, language="de")
        save_revision(shown.covered, content, clerk, reason=TELLTALE)
        if state == "scheduled":
            publish(shown.covered, clerk, at=timezone.now() + NEVER)
    return made


def _hide_assertions(
    shown: Shown, clerk: User, actors: list[Actor], drafts: dict[str, Article]
) -> list[Assertion]:
    live = shown.covered.revisions.public().get()
    reviewer = User.objects.create_superuser(f"{TELLTALE_SLUG}-reviewer", first_name=TELLTALE)

    def make(revision: Revision | None = None, verdict: str = "accept", **fields: Any) -> Assertion:
        """Return an assertion that differs from a public one in ``fields``, and stands in the same words."""
        claim = {
            "claim": f"{TELLTALE}: ships left Ostria.",
            "hedge": TELLTALE,
            "condition": TELLTALE,
            "place": TELLTALE,
            "note": TELLTALE,
            "said": "2024-05-07",
            "event_class": "retreat",
            "speakers": [{"actor": shown.ada, "speaks_for": shown.ostria, "office": TELLTALE}],
            "participants": [
                {"actor": shown.vesta, "role": "subject"},
                {"description": TELLTALE, "role": "object"},
            ],
            "relays": [{"actor": shown.wire}],
            "quantities": [
                {"measure": shown.measure, "low": 13, "counted_by": shown.boris, "note": TELLTALE}
            ],
            "rival_dates": [{"of": "said", "date": "2024-05-08", "given_by": TELLTALE}],
            "topics": [shown.trade],
        } | fields
        assertion = actions.create_assertion(clerk, **claim)
        if revision is not None:
            actions.quote(assertion, revision, clerk, exact=TELLTALE, translator=TELLTALE)
        else:
            actions.quote(assertion, live, clerk, exact="No ship has left", departure_note=TELLTALE)
            actions.cite(assertion, clerk, publisher=TELLTALE, title=TELLTALE, unverified=TELLTALE)
        if verdict:
            grades: dict[str, Any] = {
                "attribution": "carried",
                "source_reliability": "A",
                "information_credibility": "1",
            }
            grades = grades if verdict == "accept" else {}
            actions.review(assertion, reviewer, verdict=verdict, reason=TELLTALE, **grades)
        return assertion

    changed = make()
    actions.save_assertion(_with(changed, hedge=f"{TELLTALE} perhaps"), clerk)
    secret = actors[-1]
    return [
        make(verdict=""),
        *(make(verdict=verdict) for verdict in ("reject", "dispute", "reopen")),
        changed,
        make(speakers=[{"actor": secret}]),
        make(speakers=[{"actor": shown.ada, "speaks_for": secret}]),
        make(speakers=[{"description": TELLTALE, "possible_identity": secret}]),
        make(participants=[{"actor": secret, "role": "object"}, {"actor": shown.vesta, "role": "subject"}]),
        make(relays=[{"actor": shown.wire}, {"actor": secret}]),
        make(quantities=[{"measure": shown.measure, "low": 14, "counted_by": secret}]),
        *(make(article.revisions.get()) for article in drafts.values()),
        *(make(revision) for revision in shown.covered.revisions.filter(text__contains=TELLTALE)),
    ]


def _with(assertion: Assertion, **fields: Any) -> Assertion:
    for name, value in fields.items():
        setattr(assertion, name, value)
    return assertion


def _touch(
    shown: Shown, clerk: User, state: Actor, drafts: dict[str, Article], hidden: list[Assertion]
) -> None:
    """Tie hidden rows to public ones wherever a public row stays as it is."""
    Actor.objects.filter(pk=shown.ada.pk).update(note=TELLTALE)
    Actor.objects.filter(pk=shown.wire.pk).update(country=state)
    for assertion in hidden:
        actions.link(assertion, shown.claim, clerk, type="contradicts", note=TELLTALE)
        actions.link(shown.denial, assertion, clerk, type="updates", note=TELLTALE)
        actions.answer(shown.question, assertion, clerk, stance="affirms")
    for article in drafts.values():
        quote(
            shown.denial,
            article,
            TELLTALE,
            translator=TELLTALE,
            departures=["number"],
            departure_note=TELLTALE,
        )
    accept(shown.denial)
    for number, public in enumerate((False, True)):
        question = make_question(f"{TELLTALE} {number}?", public=public, description=TELLTALE)
        actions.answer(question, shown.denial, clerk, stance="confirms")
        if public:
            actions.withdraw_question(question, clerk)
    withdrawn = make_measure(f"{TELLTALE} barrels", description=TELLTALE)
    actions.withdraw_measure(withdrawn, clerk)
    for topic in Topic.objects.exclude(pk=shown.trade.pk).exclude(
        tagged_assertions__content_object=shown.denial
    ):
        TaggedAssertion.objects.create(content_object=shown.denial, tag=topic)
    Source.objects.create(
        article=drafts["draft"], publisher=TELLTALE, address=f"https://{TELLTALE_SLUG}.example.org/"
    )
    report_error(shown.ada.get_absolute_url(), TELLTALE, f"{TELLTALE_SLUG}@example.org")
