"""Spans of a revision's plain text: the rule in PostgreSQL that a stored span holds exactly its words."""

import pgtrigger

SPAN_HELP = "Unicode code points of the revision's plain text"


def holds_its_words(name: str, words: str, *, when: str = "TRUE") -> pgtrigger.Trigger:
    """Return a trigger that refuses a row whose ``text[start:end]`` is not the column ``words``.

    ``when`` is an SQL condition on NEW under which the rule applies.
    """
    return pgtrigger.Trigger(
        name=name,
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        declare=[("found", "text")],
        func=f"""
            IF NOT ({when}) THEN RETURN NEW; END IF;
            SELECT substring(r.text FROM NEW.start + 1 FOR NEW."end" - NEW.start) INTO found
              FROM articles_revision r WHERE r.id = NEW.revision_id;
            IF found IS DISTINCT FROM NEW.{words} OR char_length(NEW.{words}) <> NEW."end" - NEW.start THEN
                RAISE check_violation USING MESSAGE = format(
                    'characters %s to %s of revision %s are %L, not %L',
                    NEW.start, NEW."end", NEW.revision_id, left(found, 200), left(NEW.{words}, 200));
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - the column and the condition are ours
    )
