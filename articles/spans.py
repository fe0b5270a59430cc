"""Spans of a revision's plain text: the rule in PostgreSQL that a stored span holds exactly its words."""

import pgtrigger

SPAN_HELP = "Unicode code points of the revision's plain text"

PIECE = 8_000
"""Characters that are cut from a text at once. PostgreSQL finds a character by walking over all before it, and copies
what is left: so the text is cut into pieces, and a piece at each span, and every character is walked over once."""


def holds_its_words(
    name: str, words: str, *, joined: str = "", when: str = "TRUE"
) -> tuple[pgtrigger.Trigger, ...]:
    """Return triggers that refuse a statement that writes a row whose ``text[start:end]`` is not its words.

    ``words`` is an SQL expression on ``n``, the row, and on what ``joined`` joins to it; ``when`` is a condition under
    which the rule applies. All rows of a statement are looked at together, in the order of the text, read once.
    """
    spans = f'SELECT n.revision_id, n.start, n."end", {words} AS words FROM {{}} n {joined} WHERE {when}'  # noqa: S608
    written, before = spans.format("written"), spans.format("before_it")
    return (
        _trigger(name, pgtrigger.Insert, pgtrigger.Referencing(new="written"), written),
        # What stood there already is not read again, so that a change of other columns costs nothing.
        _trigger(
            f"{name}_still",
            pgtrigger.Update,
            pgtrigger.Referencing(old="before_it", new="written"),
            f"{written} EXCEPT {before}",
        ),
    )


def _trigger(
    name: str, operation: pgtrigger.Operation, referencing: pgtrigger.Referencing, spans: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        operation=operation,
        when=pgtrigger.After,
        level=pgtrigger.Statement,
        referencing=referencing,
        declare=[
            ("span", "record"),
            ("of_revision", "bigint"),
            ("rest", "text"),
            ("rest_begins", "integer"),
            ("piece", "text"),
            ("piece_begins", "integer"),
            ("piece_ends", "integer"),
            ("found", "text"),
        ],
        func=f"""
            FOR span IN SELECT * FROM ({spans}) spans ORDER BY revision_id, start, "end" LOOP
                IF of_revision IS DISTINCT FROM span.revision_id THEN
                    of_revision := span.revision_id;
                    rest_begins := 0;
                    piece_begins := 0;
                    piece_ends := 0;
                    -- As a new text, which is in memory: the stored one would be unpacked for each piece.
                    SELECT r.text || '' INTO rest FROM articles_revision r WHERE r.id = of_revision;
                END IF;
                IF span."end" > piece_ends THEN
                    -- Without its condition, a start at 0 would leave nothing: right(…, -0) is empty.
                    IF span.start > rest_begins THEN rest := right(rest, rest_begins - span.start); END IF;
                    rest_begins := span.start;
                    piece_begins := span.start;
                    piece_ends := GREATEST(span."end", span.start + {PIECE});
                    piece := left(rest, piece_ends - piece_begins);
                ELSIF span.start > piece_begins THEN
                    piece := right(piece, piece_begins - span.start);
                    piece_begins := span.start;
                END IF;
                found := left(piece, span."end" - span.start);
                IF found IS DISTINCT FROM span.words OR char_length(span.words) <> span."end" - span.start THEN
                    RAISE check_violation USING MESSAGE = format(
                        'characters %s to %s of revision %s are %L, not %L',
                        span.start, span."end", span.revision_id, left(found, 200), left(span.words, 200));
                END IF;
            END LOOP;
            RETURN NULL;
        """,  # noqa: S608 - the rows and the expressions are ours
    )
