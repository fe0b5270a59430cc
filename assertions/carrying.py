"""What becomes of an article's quotations in one of its revisions."""

from collections import defaultdict
from collections.abc import Sequence

from articles.models import Revision
from assertions.anchoring import Carried, Quote, carry_on, quote_at
from assertions.models import Anchor, Evidence
from assertions.vocabulary import AnchorStatus


def anchors_in(revision: Revision, evidence: Sequence[Evidence]) -> list[Anchor]:
    """Return the anchors, not yet saved, of quotations of one article in one of its revisions.

    Each is carried from the revision that it was quoted from, or else from where somebody found it in another one.
    That it stays lost is said once: it holds for the next revisions that do not have the words either.
    """
    settled: dict[int, list[Anchor]] = defaultdict(list)
    for anchor in Anchor.objects.filter(evidence__in=evidence, settled_at__isnull=False).order_by(
        "-settled_at"
    ):
        settled[anchor.evidence_id].append(anchor)
    keys = {row.revision_id for row in evidence if row.revision_id is not None}
    keys |= {anchor.revision_id for rows in settled.values() for anchor in rows}
    texts = dict(Revision.objects.filter(pk__in=keys).values_list("pk", "text"))
    found = []
    for row in evidence:
        there = _carried(row, settled[row.pk], texts, revision.text)
        anchor = Anchor(
            evidence=row, revision=revision, status=there.status, start=there.start, end=there.end
        )
        latest = settled[row.pk][0] if settled[row.pk] else None
        if latest is not None and latest.status == there.status == AnchorStatus.LOST:
            anchor.settled_by_id, anchor.settled_at = latest.settled_by_id, latest.settled_at
        found.append(anchor)
    return found


def _carried(row: Evidence, settled: list[Anchor], texts: dict[int, str], text: str) -> Carried:
    assert row.revision_id is not None and row.start is not None
    steps = [(Quote(row.exact, row.prefix, row.suffix), row.start, texts[row.revision_id])]
    for anchor in settled:
        if anchor.start is not None and anchor.end is not None:
            there = texts[anchor.revision_id]
            steps.append((quote_at(there, anchor.start, anchor.end), anchor.start, there))
    return carry_on(steps, text)
