"""A thousand articles, each worked on by several writers at once in an order of chance: nothing is lost, and at no
instant is there more than one public text of an article, or half of one.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from articles.actions import (
    Content,
    StaleRevision,
    Told,
    create_article,
    discard_copy,
    keep_copy,
    keep_public,
    new_tab,
    publish,
    restore,
    save_revision,
    unschedule,
    withdraw,
)
from articles.models import Article, Correction, Mention, Revision, TaggedRevision, Topic, WorkingCopy
from assertions.models import Anchor, Evidence
from cms.models import User
from tests.factories import make_actor, make_assertion, make_topic
from tests.staff import make_staff
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

RUNS = range(10)  # each a test of its own, so that several processes share them
ARTICLES = 100  # in each
AT_ONCE = 20  # articles that the writers have open at the same time
WRITERS = 3
STEPS = 2  # of each writer on each article
MINUTE = timedelta(minutes=1)


@dataclass
class Writer:
    """Somebody who works on many articles in turn, and remembers what was told of each attempt."""

    user: User
    topic: Topic
    chance: random.Random
    opened: dict[int, int] = field(default_factory=dict)
    """By article, the number of the revision that the writer's form was opened on."""
    saved: dict[tuple[int, int], str] = field(default_factory=dict)
    """By article and number, the text that was accepted."""
    kept: list[str] = field(default_factory=list)
    """Texts that were refused, or never sent."""
    corrected: dict[str, int] = field(default_factory=dict)
    """Corrections that were accepted, and the keys of the revisions that they came with."""
    uncorrected: list[str] = field(default_factory=list)
    done: Counter[str] = field(default_factory=Counter)
    texts: int = 0

    def work(self, steps: Sequence[tuple[Article, Callable[["Writer", Article], None]]]) -> None:
        for article, step in steps:
            self.opened.setdefault(article.pk, 1)
            try:
                step(self, article)
            except StaleRevision as stale:
                self.opened[article.pk] = stale.latest.number
                self.done[f"{step.__name__} refused"] += 1
            except ValidationError:
                self.done[f"{step.__name__} refused"] += 1
            else:
                self.done[step.__name__] += 1

    def words(self) -> str:
        self.texts += 1
        return f"Ada Vale shut the bridge, wrote {self.user.username} {self.texts}."

    def ahead(self) -> timedelta:
        return self.chance.randrange(10, 500) * MINUTE


def save(writer: Writer, article: Article) -> None:
    """Type, have it kept, and send it on top of the revision that the form was opened on."""
    words, tab, base = writer.words(), new_tab(), writer.opened[article.pk]
    keep_copy(writer.user, article, tab=tab, base=base, content={"body": [words]})
    try:
        saved = save_revision(article, content(words, writer.topic), writer.user, base=base)
    except StaleRevision:
        writer.kept.append(words)
        raise
    assert saved.number == base + 1
    discard_copy(writer.user, article, tab=tab)
    writer.saved[article.pk, saved.number] = words
    writer.opened[article.pk] = saved.number


def autosave(writer: Writer, article: Article) -> None:
    words = writer.words()
    base = writer.opened[article.pk]
    keep_copy(writer.user, article, tab=new_tab(), base=base, content={"body": [words]})
    writer.kept.append(words)


def publish_now(writer: Writer, article: Article) -> None:
    until = timezone.now() + writer.ahead() if writer.chance.random() < 0.3 else None
    publish(article, writer.user, revision=any_of(writer, article), until=until)


def schedule(writer: Writer, article: Article) -> None:
    publish(article, writer.user, revision=any_of(writer, article), at=timezone.now() + writer.ahead())


def publish_with_correction(writer: Writer, article: Article) -> None:
    text = f"It was so: {writer.words()}"
    at = timezone.now() + writer.ahead() if writer.chance.random() < 0.5 else None
    try:
        published = publish(article, writer.user, at=at, correction=Told("correction", text))
    except ValidationError:
        writer.uncorrected.append(text)
        raise
    writer.corrected[text] = published.pk


def take_down(writer: Writer, article: Article) -> None:
    at = timezone.now() + writer.ahead() if writer.chance.random() < 0.5 else None
    withdraw(article, writer.user, reason="It was false.", keeps_versions=writer.chance.random() < 0.5, at=at)


def take_schedule_back(writer: Writer, article: Article) -> None:
    ahead = article.revisions.filter(live__startswith__gt=timezone.now()).order_by("live").first()
    unschedule(article, writer.user, ahead or article.revisions.latest("number"))


def take_end_back(writer: Writer, article: Article) -> None:
    keep_public(article, writer.user)


def go_back(writer: Writer, article: Article) -> None:
    restored = restore(article, 1, writer.user, base=writer.opened[article.pk])
    writer.opened[article.pk] = restored.number


ACTS = [
    save,
    autosave,
    publish_now,
    schedule,
    publish_with_correction,
    take_down,
    take_schedule_back,
    take_end_back,
    go_back,
]
WEIGHTS = [8, 2, 4, 4, 2, 4, 2, 1, 2]


def any_of(writer: Writer, article: Article) -> Revision:
    numbers = list(article.revisions.values_list("number", flat=True))
    return article.revisions.get(number=writer.chance.choice(numbers))


def content(words: str, topic: Topic) -> Content:
    return Content(headline="The bridge", body=f"<p>{words}</p>", topics=[topic])


@pytest.mark.parametrize("run", RUNS)
def test_of_a_thousand_interleavings_none_loses_a_text_overlaps_or_is_public_by_half(run: int) -> None:
    make_actor("Ada Vale")
    topic = make_topic("Bridges")
    chance = random.Random(run)
    writers = [
        Writer(make_staff("editor", f"editor{number}"), topic, random.Random(f"{run}-{number}"))
        for number in range(WRITERS)
    ]
    for start in range(0, ARTICLES, AT_ONCE):
        articles = [
            create_article(
                None,
                content("Ada Vale shut the bridge, it was said.", topic),
                slug=f"bridge-{start + number}",
            )
            for number in range(AT_ONCE)
        ]
        make_assertion("The bridge is shut.", article=articles[0], exact="Ada Vale shut the bridge")
        acts = []
        for writer in writers:
            steps = [
                (article, chance.choices(ACTS, WEIGHTS)[0]) for article in articles for _ in range(STEPS)
            ]
            # All are near the same article at any time, so that they meet.
            steps.sort(key=lambda step: articles.index(step[0]) + 2 * chance.random())
            acts.append(partial(writer.work, steps))
        assert at_once(*acts) == [None] * WRITERS
    done = sum((writer.done for writer in writers), Counter[str]())
    assert done.total() == ARTICLES * WRITERS * STEPS
    for act in ACTS:
        assert done[act.__name__] + done[f"{act.__name__} refused"] > 0, done
    # So that it is no test of refusals: what would let texts and periods meet did happen.
    for name in ("save", "save refused", "publish_now", "schedule", "take_down"):
        assert done[name] > ARTICLES / 10, done
    no_text_is_lost(writers)
    no_periods_overlap()
    nothing_is_public_by_half(writers, topic)


def no_text_is_lost(writers: list[Writer]) -> None:
    """Every accepted text is the revision that it was told to be, and every other one is kept as a working copy."""
    revisions = {
        (row.article_id, row.number): row.text for row in Revision.objects.only("article", "number", "text")
    }
    for writer in writers:
        for key, words in writer.saved.items():
            assert revisions[key] == words
        copies = WorkingCopy.objects.filter(user=writer.user).values_list("content", flat=True)
        assert sorted(copy["body"][0] for copy in copies if copy) == sorted(writer.kept)
    told = Counter(words for writer in writers for words in writer.saved.values())
    assert set(told.values()) == {1}
    numbers = defaultdict(list)
    for article, number in revisions:
        numbers[article].append(number)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in numbers.values())


def no_periods_overlap() -> None:
    """At any instant one revision of an article is live, and none across a withdrawal."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM articles_revision a JOIN articles_revision b"
            " ON a.article_id = b.article_id AND a.id < b.id AND a.live && b.live"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM articles_revision r JOIN articles_withdrawal w USING (article_id)"
            " WHERE lower(r.live) < w.at AND (upper(r.live) IS NULL OR upper(r.live) > w.at)"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute(
            "SELECT count(*) FROM articles_revision r JOIN articles_withdrawal w USING (article_id)"
            " WHERE lower(r.live) < w.at AND NOT w.keeps_versions AND (r.closed_at IS NULL OR r.closed_at > w.at)"
        )
        assert cursor.fetchone() == (0,)


def nothing_is_public_by_half(writers: list[Writer], topic: Topic) -> None:
    """What is, was or will be live has its names, topic and anchors; a correction has its revision, or neither is."""
    live = set(Revision.objects.filter(live__isnull=False).values_list("pk", flat=True))
    assert len(live) > ARTICLES / 2
    assert live <= set(Mention.objects.values_list("revision", flat=True))
    assert live <= set(TaggedRevision.objects.filter(tag=topic).values_list("content_object", flat=True))
    for evidence in Evidence.objects.select_related("revision"):
        assert evidence.revision is not None
        own = live & set(evidence.revision.article.revisions.values_list("pk", flat=True))
        anchored = set(Anchor.objects.filter(evidence=evidence).values_list("revision", flat=True))
        assert own <= anchored
    corrections = dict(Correction.objects.values_list("text", "revision"))
    assert corrections == {text: key for writer in writers for text, key in writer.corrected.items()}
    assert not {text for writer in writers for text in writer.uncorrected} & set(corrections)
