"""The names found in texts, and what editors say of whom they mean."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from os.path import commonprefix

from django.db import connection, transaction
from django.db.models import Q

from actors.models import Actor, NameKind
from actors.name_table import known_names
from actors.names import Found
from articles import permissions
from articles.actions.likeness import note_unknown_names
from articles.actions.locking import locked
from articles.models import Mention, Revision, UnknownName
from cms.models import User
from cms.permissions import require


@transaction.atomic
def relink(revision: Revision) -> int:
    """Find the mentions of a revision again, after names changed; return how many it has now.

    What an editor confirmed stays as it is.
    """
    # The revision is locked so that two runs do not write its mentions twice; its article before it, as whoever
    # publishes locks the two.
    locked(revision.article)
    Revision.objects.select_for_update().get(pk=revision.pk)
    kept = list(revision.mentions.filter(is_confirmed=True))
    revision.mentions.filter(is_confirmed=False).delete()
    found = _write_mentions(revision, kept) + len(kept)
    note_unknown_names(revision.article)
    return found


def relink_texts_naming(actor: Actor, *, limit: int = 500) -> int:
    """Find mentions again in the newest texts in which a name of an actor stands as written; return how many texts.

    For an editor who has just saved the names; the command ``relink`` goes through all texts and all inflections.
    """
    written = Q()
    for name in actor.names.exclude(kind=NameKind.ERROR).values_list("text", flat=True):
        written |= Q(text__icontains=name)
    texts = list(Revision.objects.in_use().filter(written).order_by("-pk")[:limit]) if written else []
    for revision in texts:
        relink(revision)
    return len(texts)


def relink_texts_with(name: str, *, limit: int = 500) -> int:
    """Find mentions again in the texts in which an unknown name was noted, after it became known; return how many.

    The newest go first; the command ``relink`` goes through all. Each text is a transaction of its own.
    """
    noted = UnknownName.objects.filter(text=name)
    texts = list(
        Revision.objects.in_use().filter(article__in=noted.values("article")).order_by("-pk")[:limit]
    )
    for revision in texts:
        relink(revision)
    return len(texts)


@transaction.atomic
def resolve_mention(mention: Mention, actor: Actor, by: User | None) -> None:
    """Say which actor a mention means; later runs keep it. Raises PermissionDenied."""
    require(by, permissions.MENTIONS)
    mention.actor = actor
    mention.is_confirmed = True
    mention.save(update_fields=["actor", "is_confirmed"])


def find_mentions(revision: Revision, *, before: Revision | None) -> int:
    """Write the mentions of a new revision and return how many it has; what was confirmed before it is kept."""
    return _write_mentions(revision, _still_confirmed(revision, before) if before else [])


def _still_confirmed(revision: Revision, before: Revision) -> list[Mention]:
    """Copy what an editor confirmed in the revision before, except what stands where the text was changed."""
    confirmed = before.mentions.filter(is_confirmed=True).select_related("actor")
    if not confirmed:
        return []
    head = len(commonprefix([before.text, revision.text]))  # noqa: RUF071 - by characters is meant
    tail = len(commonprefix([before.text[head:][::-1], revision.text[head:][::-1]]))  # noqa: RUF071
    longer = len(revision.text) - len(before.text)
    moves = [
        (old, 0 if old.end <= head else longer)
        for old in confirmed
        if old.end <= head or old.start >= len(before.text) - tail
    ]
    kept = [
        Mention(
            revision=revision,
            actor=old.actor,
            candidates=old.candidates,
            kind=old.kind,
            start=old.start + by,
            end=old.end + by,
            text=old.text,
            is_confirmed=True,
        )
        for old, by in moves
    ]
    _write(kept)
    return kept


def _write_mentions(revision: Revision, kept: list[Mention]) -> int:
    found = [hit for hit in known_names().find(revision.text) if hit.kind != "place"]
    actors = Actor.objects.in_bulk({hit.actor for hit in found if hit.actor}, field_name="slug")
    mentions = [
        Mention(
            revision=revision,
            actor=actors.get(hit.actor or ""),
            candidates=list(hit.candidates),
            kind=hit.kind,
            start=hit.start,
            end=hit.end,
            text=hit.text,
        )
        for hit in _outside(found, kept)
    ]
    _write(mentions)
    return len(mentions)


def _outside(found: Sequence[Found], kept: Iterable[Mention]) -> Iterator[Found]:
    """Yield the names found that overlap no mention that is kept; both are gone through once, in their order."""
    taken = deque(sorted((mention.start, mention.end) for mention in kept))
    reached = 0
    for hit in found:
        while taken and taken[0][0] < hit.end:
            reached = max(reached, taken.popleft()[1])
        if reached <= hit.start:
            yield hit


def _write(mentions: Iterable[Mention]) -> None:
    """Write mentions as a stream: of tens of thousands an INSERT takes seconds to put together, and to read."""
    fields = [field for field in Mention._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    copy = f'COPY "{Mention._meta.db_table}" ({columns}) FROM STDIN'
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(copy) as stream:
        for mention in mentions:
            stream.write_row([getattr(mention, field.attname) for field in fields])
