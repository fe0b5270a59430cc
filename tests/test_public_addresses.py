"""Every public address answers, and shows nothing that is not public, not even in a count."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from articles import renditions
from articles.models import Article, Image
from articles.previews import token_for
from cms.models import User
from cms.sitemaps import SECTIONS
from tests.factories import days_ago
from tests.hidden_rows import TELLTALE, TELLTALE_SLUG, Shown, hide_among, make_shown
from tests.staff import make_staff

pytestmark = pytest.mark.django_db

STAFF_ONLY = {"admin"}

# What makes two answers differ that say the same.
TOKENS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


@pytest.fixture(autouse=True)
def relationship(settings: Any, tmp_path: Path) -> None:
    settings.RELATIONSHIP = ("ostria", "vesta")
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def shown() -> Shown:
    return make_shown()


def patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield the name of every address outside the admin, with the names of its parameters."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace not in STAFF_ONLY:
                yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            assert entry.name, f"{entry.pattern} has no name"
            yield namespace + entry.name, list(entry.pattern.converters)


def parameters(shown: Shown) -> dict[str, list[dict[str, str]]]:
    """Return the parameters of every address that takes some. A new page has to be added here."""
    actors = [{"slug": actor.slug} for actor in (shown.ada, shown.ostria, shown.wire)]
    topics = [{"slug": shown.trade.slug}]
    pair = [{"one": "ostria", "other": "vesta"}]
    articles = [{"slug": article.slug} for article in (shown.covered, shown.answer)]
    versions = [(shown.covered, 2), (shown.covered, 3), (shown.answer, 1)]
    numbered = [{"slug": article.slug, "number": str(number)} for article, number in versions]
    return {
        "actors:actor": actors,
        "articles:article": articles,
        "articles:changes": numbered,
        "articles:image": [{"name": name} for name in names_of_files(Image.objects.get(alt="A harbour"))],
        "articles:preview": [{"token": preview(article)} for article in (shown.covered, shown.answer)],
        "articles:timemap": articles,
        "articles:topic": topics,
        "articles:version": numbered,
        "articles:versions": articles,
        "assertions:assertion": [{"identifier": claim.identifier} for claim in (shown.denial, shown.claim)],
        "assertions:figure": [{"slug": shown.measure.slug}],
        "assertions:question": [{"slug": shown.question.slug}],
        "assertions:relationship": pair,
        "sitemap-section": [{"section": section} for section in SECTIONS],
        **{f"actor-feed-{suffix}": actors[:1] for suffix in ("atom", "json")},
        **{f"topic-feed-{suffix}": topics for suffix in ("atom", "json")},
        **{f"relationship-feed-{suffix}": pair for suffix in ("atom", "json")},
    }


def names_of_files(image: Image) -> list[str]:
    """Return the picture and its renditions, as their addresses name them."""
    return [
        str(image.file),
        *(renditions.folder_of(image) + name for name in sorted(renditions.present(image))),
    ]


QUERIES = [
    "articles:articles ?q=Vale",
    "articles:articles ?actor=ada-vale&topic=trade",
    "articles:articles ?language=en",
    "actors:actors ?q=a",
    "actors:actors ?country=ostria&kind=person",
    "assertions:assertions ?q=ships",
    "assertions:assertions ?speaker=ada-vale",
    "assertions:assertions ?speaks_for=ostria&polarity=negative",
    "assertions:assertions ?about=vesta&topic=trade",
    "assertions:assertions ?relay=northern-wire",
    "assertions:assertions ?event_class=retreat",
    "assertions:network ?by=state",
    "assertions:network ?side=ostria&kind=person&sort=name",
    "assertions:timeline ?by=event&order=oldest",
    "assertions:timeline ?side=ostria&actor=ada-vale&topic=trade",
    "assertions:timeline ?stance=denies",
    "assertions:timeline ?month=2024-05",
    "assertions:assertions ?linked=0000000000",
    "search ?q=ships",
    "search ?q=Ada Vale",
    "search ?q=ships&kind=claims",
    "search ?q=Vale&kind=articles",
]
# What only hidden rows have: it is found no more than what does not exist.
HIDDEN_QUERIES = [
    f"articles:articles ?q={TELLTALE}",
    f"articles:articles ?topic={TELLTALE_SLUG}-topic",
    f"articles:articles ?actor={TELLTALE_SLUG}-land",
    f"articles:articles ?actor={TELLTALE} Land",
    "articles:articles ?language=ko",
    "articles:articles ?published_to=2019-12-31",
    f"actors:actors ?q={TELLTALE}",
    f"actors:actors ?country={TELLTALE_SLUG}-land",
    "actors:actors ?q=쉿말",
    "actors:actors ?letter=H",
    f"assertions:assertions ?q={TELLTALE}",
    f"assertions:assertions ?speaker={TELLTALE_SLUG}-person",
    f"assertions:assertions ?possibly={TELLTALE_SLUG}-land",
    "assertions:network ?kind=vessel",
    f"assertions:timeline ?actor={TELLTALE_SLUG}-land",
    f"assertions:timeline ?topic={TELLTALE_SLUG}-scheduled-topic",
    "assertions:timeline ?month=2019-01",
    f"search ?q={TELLTALE}",
    "search ?q=Тайнослово",
    "search ?q=쉿말",
    f"search ?q={TELLTALE}&kind=claims",
    "search ?q=the Quay House",
]


def preview(article: Article) -> str:
    """Return a link to a preview of what is live."""
    maker = User.objects.filter(username="maker").first() or make_staff("editor", "maker")
    return token_for(article.revisions.public().get(), maker, timezone.now(), timedelta(days=1))


def addresses(shown: Shown) -> list[str]:
    known = parameters(shown)
    found = []
    for name, taken in patterns(get_resolver()):
        assert not taken or name in known, (
            f"Say in parameters() which {taken} the address “{name}” is to be tried with."
        )
        found += [reverse(name, kwargs=kwargs) for kwargs in known.get(name, [{}])]
    relationship = reverse("assertions:relationship", args=["ostria", "vesta"])
    parts = [
        f"{relationship}?part={part}" for part in ("articles", "contradictions", "left", "right", "others")
    ]
    parts.append(f"{shown.question.get_absolute_url()}?stance=denies&by=ostria")
    parts.append(f"{reverse('articles:changes', args=[shown.covered.slug, 3])}?since=2")
    today = timezone.localdate().isoformat()
    parts += [f"{row.get_absolute_url()}?as_of={today}" for row in (shown.covered, shown.ada, shown.question)]
    # Then the article was public that is withdrawn among the hidden rows.
    before = f"{days_ago(1.5):%Y-%m-%dT%H:%M:%SZ}"
    parts += [
        f"{page}?as_of={at}"
        for page in (relationship, shown.ada.get_absolute_url())
        for at in (today, before)
    ]
    return [*found, *parts, *map(address_of, QUERIES)]


def address_of(query: str) -> str:
    name, _, rest = query.partition(" ")
    return reverse(name) + rest


def answers(client: Client, wanted: list[str]) -> dict[str, str]:
    found = {}
    for address in wanted:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        text = TOKENS.sub("", b"".join(response).decode(errors="replace"))
        if address.endswith("feed.atom"):
            # When the coverage as a whole last changed; a withdrawal is a change.
            text = re.sub("<updated>.*?</updated>", "", text, count=1)
        if address.startswith(reverse("corrections")):
            # That an article was withdrawn, and why, is public under its address.
            text = re.sub(r'<li class="withdrawn">.*?</li>\s*', "", text, flags=re.DOTALL)
        found[address] = text
    return found


def test_every_public_address_answers_and_nothing_in_it_comes_from_what_is_not_public(
    client: Client, shown: Shown
) -> None:
    wanted = addresses(shown)
    asked = [address_of(query) for query in HIDDEN_QUERIES]
    without = answers(client, [*wanted, *asked])
    hidden = hide_among(shown)
    telling = [
        TELLTALE_SLUG,
        "쉿말",
        "тайнослово",
        *(assertion.identifier for assertion in hidden.assertions),
    ]
    for address, text in answers(client, [*wanted, *asked]).items():
        assert text.splitlines() == without[address].splitlines(), address
        # A page repeats what it was asked, so that only the comparison tells there.
        found = [word for word in telling if word in text.lower()] if address not in asked else []
        assert not found, f"{address} shows {found}"


def test_a_page_of_what_is_not_public_is_as_one_that_is_not_there(client: Client, shown: Shown) -> None:
    hidden = hide_among(shown)
    state = client.get("/").context["state"]
    assert (state["articles"], state["claims"], state["denied"]) == (2, 3, 1)
    assert hidden.actors.count() > 9
    assert hidden.topics.count() == 3
    assert hidden.articles.count() == 3
    assert len(hidden.assertions) > 9
    pages = [row.get_absolute_url() for rows in vars(hidden).values() for row in rows]
    withdrawn = hidden.articles.get(slug=f"{TELLTALE_SLUG}-withdrawn").get_absolute_url()
    pages += [f"{page}feed.{kind}" for page in pages if "/topics/" in page for kind in ("atom", "json")]
    pages += [f"{hidden.actors[0].get_absolute_url()}feed.{kind}" for kind in ("atom", "json")]
    pages += [
        reverse("assertions:relationship", args=sorted(["ostria", actor.slug])) for actor in hidden.actors[:3]
    ]
    pages += [
        f"{article.get_absolute_url()}{rest}"
        for article in hidden.articles
        for rest in ("versions/", "versions/1/", "versions/1/changes/", "timemap/")
    ]
    pages += [reverse("articles:version", args=[shown.covered.slug, number]) for number in (1, 4, 5)]
    pages += [
        reverse("articles:image", args=[name])
        for image in Image.objects.exclude(alt="A harbour")
        for name in names_of_files(image)
    ]
    for page in pages:
        response = client.get(page)
        # Of an article that was withdrawn readers are told so, and why; of nothing else that it was there.
        assert response.status_code == (410 if page.startswith(withdrawn) else 404), page
        # The page repeats what was asked for, and proposes what is like it: nothing that is not public.
        text, last = response.content.decode().lower(), page.strip("/").rpartition("/")[2]
        for asked in (page, last, last.replace("-", " ")):
            text = text.replace(asked, "")
        assert TELLTALE_SLUG not in text, page
