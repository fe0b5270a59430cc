"""What stands beside the form of an article: revisions, names, assertions, and a conflict's versions."""

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from actors.models import Actor
from articles import permissions, staff
from articles.body import annotate, clean, plain
from articles.models import Article, Mention, Revision
from assertions.models import Assertion
from cms.models import User
from cms.workplace.periods import Standing, standing


@dataclass(frozen=True, slots=True)
class Named:
    """An actor whom the text names, how often, and whether readers see it."""

    actor: Actor
    times: int
    is_public: bool


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name in its context, and the actors it may mean."""

    mention: Mention
    before: str
    after: str
    candidates: list[Actor]


def beside_article(article: Article, user: User) -> dict[str, Any]:
    """Return the context of the column beside an article's form, for an account that may see the article."""
    revisions = list(article.revisions.select_related("created_by").order_by("-number"))
    latest = revisions[0] if revisions else None
    shown = standing(revision.live for revision in revisions)
    mentions = list(latest.mentions.select_related("actor")) if latest else []
    may_publish = user.has_perm(permissions.PUBLISH)
    return {
        "latest": latest,
        "body": annotate(latest.body, ()) if latest else "",
        "revisions": [(revision, standing([revision.live])) for revision in revisions],
        "named": _named(mentions),
        "unresolved": [_unresolved(mention) for mention in mentions if mention.actor is None],
        "may_resolve": user.has_perm(permissions.MENTIONS),
        "assertions": [(assertion, review_state(assertion)) for assertion in _assertions(article)],
        "may_assert": user.has_perm("assertions.add_assertion"),
        "corrections": article.corrections.select_related("created_by"),
        "may_publish": may_publish,
        "may_withdraw": may_publish and shown.state in ("public", "scheduled"),
        "may_correct": user.has_perm(permissions.CORRECT) and shown.state in ("public", "withdrawn"),
        "may_edit": permissions.may_edit(user, article),
    }


def _named(mentions: list[Mention]) -> list[Named]:
    times = Counter(mention.actor for mention in mentions if mention.actor is not None)
    return [Named(actor, count, actor.is_public()) for actor, count in times.most_common()]


def _unresolved(mention: Mention) -> Unresolved:
    before, _, after = staff.in_context(mention, 40)
    return Unresolved(mention, before, after, list(Actor.objects.filter(slug__in=mention.candidates)))


def _assertions(article: Article) -> QuerySet[Assertion]:
    evident = Assertion.objects.filter(evidence__revision__article=article).distinct()
    return evident.prefetch_related("speakers__actor", "reviews")


def review_state(assertion: Assertion) -> Standing:
    """Return what the reviews say of an assertion as it stands; ``reviews`` may be prefetched."""
    reviews = sorted(assertion.reviews.all(), key=lambda review: (review.decided_at, review.pk))
    if not reviews:
        return Standing("draft", "undecided")
    latest = reviews[-1]
    if latest.claim_version < assertion.claim_version:
        return Standing("scheduled", f"{latest.get_verdict_display()}, changed since")
    if latest.verdict == "reopen":
        return Standing("draft", "reopened")
    words = f"{latest.get_verdict_display()} {latest.grade}".strip()
    return Standing("public" if latest.verdict == "accept" else "withdrawn", words)


@dataclass(frozen=True, slots=True)
class Version:
    """A part of an article three times: as it was opened, as it was saved meanwhile, and as it was sent."""

    part: str
    opened: str
    theirs: SafeString
    yours: SafeString


def three_versions(opened: Revision | None, latest: Revision, sent: QueryDict) -> list[Version]:
    """Return what differs between the revision opened, the latest one and what was sent."""
    body = sent.get("body", "")
    with suppress(ValueError):  # then it is shown as it was sent, and the form names what is wrong with it
        body = plain(clean(body))
    parts = [
        ("Headline", opened.headline if opened else "", latest.headline, sent.get("headline", "")),
        ("Standfirst", opened.standfirst if opened else "", latest.standfirst, sent.get("standfirst", "")),
        ("Text", opened.text if opened else "", latest.text, body),
        ("Byline", opened.byline if opened else "", latest.byline, sent.get("byline", "")),
        ("Language", opened.language if opened else "", latest.language, sent.get("language", "")),
        ("The text is dated", opened.dated if opened else "", latest.dated, sent.get("dated", "")),
    ]
    return [
        Version(part, before, marked(before, theirs), marked(before, yours.replace("\r\n", "\n")))
        for part, before, theirs, yours in parts
        if not before == theirs == yours.replace("\r\n", "\n")
    ]


def marked(before: str, after: str) -> SafeString:
    """Return ``after`` with its new words as ``<ins>``, and those of ``before`` that went as ``<del>``."""
    old, new = _words(before), _words(after)
    pieces = []
    for change, i, j, k, m in SequenceMatcher(None, old, new, autojunk=len(new) > 4000).get_opcodes():
        if change == "equal":
            pieces.append(conditional_escape("".join(new[k:m])))
            continue
        if j > i:
            pieces.append(format_html("<del>{}</del>", "".join(old[i:j])))
        if m > k:
            pieces.append(format_html("<ins>{}</ins>", "".join(new[k:m])))
    return mark_safe("".join(pieces))  # noqa: S308


def _words(text: str) -> list[str]:
    words = [""]
    for character in text:
        if words[-1] and character.isspace() != words[-1][-1].isspace():
            words.append("")
        words[-1] += character
    return words if words[0] else []
