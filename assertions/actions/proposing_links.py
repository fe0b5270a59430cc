"""Links that likeness proposes: finding them, taking one, refusing one."""

from collections import Counter
from collections.abc import Collection, Iterable
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Q

from assertions import permissions
from assertions.actions.relating import link
from assertions.likeness.alike import becomes, proposals
from assertions.likeness.weighing import Proposal
from assertions.models import Assertion, Link, ProposedLink
from assertions.vocabulary import DenialAspect, LinkType, ProposalState
from cms.jobs import queue_once
from cms.models import User
from cms.periods import clock
from cms.permissions import require

TASK = "assertions.propose_links"
BATCH = 100
"""Assertions that one transaction compares with all others."""
MOST = 5
"""Links that may be proposed for an assertion, the likest first: a reviewer has to weigh each."""


def queue_proposing(keys: Collection[int], *, soon: bool = True) -> bool:
    """Have assertions that were written or changed, given by their keys, compared with the others by a worker.

    They are locked by whoever wrote or changed them. Returns False if that waits already. It is a part of the
    transaction that runs. ``soon`` lets it go before what an import wrote.
    """
    wanted = sorted(set(keys))
    name = "-".join(map(str, wanted))
    if len(wanted) > 2:
        name = sha256(name.encode()).hexdigest()
    return bool(wanted) and queue_once(
        TASK, f"{TASK}/{name}", priority=0 if soon else -1, assertions=[*wanted]
    )


def propose_links(keys: Iterable[int]) -> int:
    """Propose how assertions, given by their keys, bear on those that they are like; return how many links are new.

    A pair is proposed once, whatever became of it, and never where a link joins it. What nobody decided goes with the
    likeness, or changes with the claims. Each batch is a transaction of its own.
    """
    wanted = sorted(set(keys))
    count = 0
    for at in range(0, len(wanted), BATCH):
        batch = wanted[at : at + BATCH]
        _wait_for_writers(batch)
        count += _propose(batch)
    return count


def _wait_for_writers(keys: Collection[int]) -> None:
    """Wait for the end of whatever transactions are just changing assertions, given by their keys.

    Who changes a claim queues this job, or finds it queued, with the assertion locked; so the job that is found sees
    the change. A lock is held for the look only, and none while another is waited for: people lock several assertions
    in orders of their own.
    """
    with transaction.atomic():
        rows = Assertion.objects.select_for_update(no_key=True, skip_locked=True).filter(pk__in=keys)
        free = set(rows.values_list("pk", flat=True))
    for key in sorted(set(keys) - free):
        with transaction.atomic():
            Assertion.objects.select_for_update(no_key=True).filter(pk=key).first()


@transaction.atomic
def _propose(keys: list[int]) -> int:
    # Links are proposed by one run at a time: two on one pair would each write it. Nobody who decides on an assertion
    # waits for a run; a claim that is changed during one has the next one queued.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock('assertions_proposedlink'::regclass::oid::bigint)")
    rows = list(ProposedLink.objects.filter(Q(source__in=keys) | Q(target__in=keys)))
    standing = [(row.source_id, row.target_id) for row in rows if row.state == ProposalState.OPEN]
    found = {frozenset(each[:2]): each for each in proposals(keys, standing)}
    joined = _joined(keys)
    waiting: Counter[int] = Counter()
    settled = set()
    for row in rows:
        pair = frozenset((row.source_id, row.target_id))
        if row.state == ProposalState.OPEN:
            each = found.get(pair)
            gone = pair in joined or each is None or each[:3] != (row.source_id, row.target_id, row.type)
            # Somebody may have decided on it since it was read: that stays, so that it is not proposed again.
            if gone and ProposedLink.objects.filter(pk=row.pk, state=ProposalState.OPEN).delete()[0]:
                continue
            if not gone:
                waiting.update(pair)
        settled.add(pair)
    new = []
    for pair, each in sorted(found.items(), key=lambda item: -item[1].similarity):
        if pair not in joined | settled and any(waiting[key] < MOST for key in pair.intersection(keys)):
            new.append(each)
            waiting.update(pair)
    return len(ProposedLink.objects.bulk_create(_row(each) for each in new))


def _joined(keys: Collection[int]) -> set[frozenset[int]]:
    """Return the pairs that links join, whatever their type and direction."""
    links = Link.objects.filter(Q(source__in=keys) | Q(target__in=keys))
    return {frozenset(pair) for pair in links.values_list("source", "target")}


def _row(each: Proposal) -> ProposedLink:
    return ProposedLink(
        source_id=each.source, target_id=each.target, type=each.type, similarity=each.similarity
    )


@transaction.atomic
def take_proposed_link(row: ProposedLink, by: User | None, *, aspect: str = "") -> Link:
    """Make a proposed link one, and return that. ``aspect`` says what a denial is aimed at, and is for denials only.

    Raises PermissionDenied, and ValidationError at ``aspect`` if a denial says none, or if somebody decided on it
    meanwhile or made that link.
    """
    require(by, permissions.LINK)
    row = _decided(row, by, ProposalState.TAKEN)
    kind = becomes(row)
    if kind == LinkType.DENIES and aspect not in DenialAspect.values:
        aims = ", ".join(DenialAspect.labels)
        raise ValidationError({"aspect": f"Say what the denial is aimed at: {aims}."})
    return link(row.source, row.target, by, type=kind, aspect=aspect if kind == LinkType.DENIES else "")


@transaction.atomic
def refuse_proposed_link(row: ProposedLink, by: User | None) -> ProposedLink:
    """Say that a proposed link is none, so that it is not proposed again, and return it.

    Raises PermissionDenied, and ValidationError if somebody decided on it meanwhile.
    """
    require(by, permissions.LINK)
    return _decided(row, by, ProposalState.REFUSED)


def _decided(row: ProposedLink, by: User | None, state: ProposalState) -> ProposedLink:
    # The row is locked so that of two people who decide at once the second is told of the first.
    rows = ProposedLink.objects.select_for_update(of=("self",)).select_related(
        "source", "target", "decided_by"
    )
    current = rows.filter(pk=row.pk).first()
    if current is None:
        raise ValidationError("The claims were changed: this link is not proposed any more.")
    if current.state != ProposalState.OPEN:
        who = current.decided_by or "The operator"
        raise ValidationError(f"{who} decided on this link meanwhile: it is {current.get_state_display()}.")
    current.state, current.decided_by, current.decided_at = state, by, clock()
    current.save(update_fields=["state", "decided_by", "decided_at"])
    return current
