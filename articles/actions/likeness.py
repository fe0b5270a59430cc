"""What likeness proposes of articles, and what editors say to it: reprints, and names that nobody bears."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q

from actors.name_table import known_names
from articles import permissions
from articles.actions.locking import locked
from articles.models import Article, Fingerprint, PassedName, Reprint, Revision, UnknownName
from articles.reprints import alike, by_age, roots, sharing
from articles.shingles import Likeness, shingles, sketch
from articles.unknown_names import unknown_names
from cms.jobs import queue_once
from cms.models import User
from cms.periods import clock
from cms.permissions import require

TASK = "articles.compare"


def queue_comparing(article: Article, *, soon: bool = True) -> bool:
    """Have the newest text of an article looked through by a worker; False if that waits already.

    The article, or the pair of it that was settled, is locked: the worker waits for both. It is a part of the
    transaction that runs. ``soon`` lets it go before the texts of an import.
    """
    return queue_once(TASK, f"{TASK}/{article.pk}", priority=0 if soon else -1, article=article.pk)


@transaction.atomic
def find_reprints(article: Article) -> int:
    """Propose of which articles the latest text of one is a reprint, or which are its reprints; return how many.

    A pair is proposed once: what somebody settled stays; what nobody settled goes once the texts are not alike any
    more. A cluster is joined by one pair, so that an editor need not confirm each with each.
    """
    # The article is locked for whoever is just writing its text, before the newest one is read.
    if Article.objects.select_for_update(no_key=True).filter(pk=article.pk).first() is None:
        return 0
    # Reprints are looked for by one at a time: two articles written at once would not see each other's sketch.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('articles_fingerprint'::regclass::oid::bigint)")
    revision = Revision.objects.filter(article=article.pk).order_by("-number").first()
    if revision is None:
        return 0
    own = sketch(shingles(revision.text))
    Fingerprint.objects.update_or_create(article=article, defaults={"hashes": own})
    rows = Reprint.objects.filter(Q(article=article) | Q(original=article)).order_by("pk")
    waiting = _by_other(article.pk, rows.filter(state=Reprint.State.PROPOSED))
    found = alike(revision.text, {*waiting, *sharing(article.pk, own)})
    # The pairs are locked only now, so that no editor waits for long texts, and read again: what somebody settled
    # meanwhile is not touched.
    pairs = _by_other(article.pk, rows.select_for_update())
    for key, pair in list(pairs.items()):
        if pair.state != Reprint.State.PROPOSED:
            continue
        if key not in found:
            pairs.pop(key).delete()
        elif pair.similarity != found[key].resemblance:
            pair.similarity = found[key].resemblance
            pair.save(update_fields=["similarity"])
    return _propose(article.pk, found, pairs)


def _by_other(article: int, pairs: Iterable[Reprint]) -> dict[int, Reprint]:
    """Return pairs of an article by the key of the other article in each."""
    return {pair.original_id if pair.article_id == article else pair.article_id: pair for pair in pairs}


def _propose(article: int, found: Mapping[int, Likeness], pairs: Mapping[int, Reprint]) -> int:
    """Propose one pair with each cluster of articles that are alike, unless it is joined or was refused already."""
    refused = {key for key, pair in pairs.items() if pair.state == Reprint.State.REFUSED}
    confirmed, possible = roots({article, *found, *refused})
    apart = {confirmed.get(key, key) for key in refused}
    clusters: dict[int, list[int]] = defaultdict(list)
    for key in found:
        if key not in pairs and confirmed.get(key, key) not in apart:
            clusters[possible.get(key, key)].append(key)
    clusters.pop(possible.get(article, article), None)
    for root, members in clusters.items():
        chosen = root if root in members else max(members, key=lambda key: (found[key].resemblance, -key))
        original, reprint = by_age([article, chosen])
        Reprint.objects.create(article_id=reprint, original_id=original, similarity=found[chosen].resemblance)
    return len(clusters)


@transaction.atomic
def settle_reprint(pair: Reprint, by: User | None, state: str, *, seen: str = "") -> Reprint:
    """Say that a pair is a reprint with its original ("confirmed") or is none ("refused"), and return the row.

    ``seen`` is the state that the editor saw; a settled pair can be settled anew. Once a pair is refused, both texts
    are compared anew by a worker. Raises PermissionDenied, and ValidationError if somebody else settled it meanwhile,
    or the texts are not alike any more.
    """
    row = _locked(pair, by, seen)
    if state not in (Reprint.State.CONFIRMED, Reprint.State.REFUSED):
        raise ValidationError({"state": "Say whether it is a reprint: “confirmed” or “refused”."})
    row.state, row.decided_by, row.decided_at = Reprint.State(state), by, clock()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    if row.state == Reprint.State.REFUSED:
        # The pair may have stood for a cluster, of which others are reprints all the same. In the order of their keys,
        # so that two editors who refuse pairs of the same articles do not wait for one another.
        for article in sorted((row.article, row.original), key=lambda each: each.pk):
            queue_comparing(article)
    return row


@transaction.atomic
def swap_original(pair: Reprint, by: User | None, *, seen: str = "") -> Reprint:
    """Exchange the reprint and the original of a pair, and return the row. Raises as ``settle_reprint`` does."""
    row = _locked(pair, by, seen)
    row.article, row.original = row.original, row.article
    row.save(update_fields=["article", "original"])
    return row


def _locked(pair: Reprint, by: User | None, seen: str) -> Reprint:
    require(by, permissions.REPRINTS)
    # The row is locked so that of two editors who settle it at once the second is told of the first.
    rows = Reprint.objects.select_for_update(of=("self",)).select_related("article", "original", "decided_by")
    row = rows.filter(pk=pair.pk).first()
    if row is None:
        raise ValidationError("One of the two texts was changed: they are not alike any more.")
    if seen and seen != row.state:
        raise ValidationError(
            f"{row.decided_by or 'Somebody'} settled this pair meanwhile: it is {row.state}."
        )
    return row


@transaction.atomic
def note_unknown_names(article: Article) -> int:
    """Note the names in the newest text of an article that no actor bears, in place of those noted before.

    Returns how many there are.
    """
    # The article is locked so that two runs do not note its names twice.
    revision = Revision.objects.filter(article=locked(article)).order_by("number").last()
    if revision is None:
        return 0
    known = [(hit.start, hit.end) for hit in known_names().find(revision.text)]
    known += revision.mentions.filter(is_confirmed=True).values_list("start", "end")
    UnknownName.objects.filter(article=article).delete()
    rows = [
        UnknownName(
            article=article,
            text=name.text,
            start=name.start,
            times=name.times,
            placed=name.placed,
            sentence=name.sentence[:500],
        )
        for name in unknown_names(revision.text, known, revision.language)
    ]
    return len(UnknownName.objects.bulk_create(rows))


@transaction.atomic
def pass_name(text: str, by: User | None, *, reason: str = "") -> PassedName:
    """Pass over a name that is no actor of this coverage, in all articles, and return that; twice changes nothing.

    Raises PermissionDenied, and ValidationError by field.
    """
    require(by, permissions.SET_ASIDE)
    if passed := PassedName.objects.filter(text=text).first():
        return passed
    passed = PassedName(text=text, reason=reason, passed_by=by)
    passed.full_clean()
    passed.save()
    return passed


@transaction.atomic
def take_up_name(text: str, by: User | None) -> None:
    """Put a name that was passed over back among those that nobody knows. Raises PermissionDenied."""
    require(by, permissions.SET_ASIDE)
    PassedName.objects.filter(text=text).delete()
