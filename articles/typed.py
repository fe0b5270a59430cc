"""What a form holds as it was typed: which shape it has, and how much of it is kept. Pure."""

from collections.abc import Mapping, Sequence

from articles.body.characters import require_text
from articles.body.limits import require_length

Typed = Mapping[str, Sequence[str]]
"""The controls of a form by name, each with what it would send."""

MOST = 1_000
"""Values in a form, as many as Django takes of one by default."""
LONGEST_NAME = 200
"""Characters of the name of a control."""


def require_typed(content: object) -> Typed:
    """Return ``content`` unchanged, or raise ValueError with a sentence that says why it is no form that can be kept.

    No value is longer than a body may be, so that what is kept can be saved, and compared in a bounded time.
    """
    if not isinstance(content, dict) or not all(
        isinstance(name, str) and isinstance(values, list) and all(isinstance(value, str) for value in values)
        for name, values in content.items()
    ):
        raise ValueError("A copy holds the controls of a form, each with a list of texts.")
    number = sum(max(1, len(values)) for values in content.values())
    if number > MOST:
        raise ValueError(f"The form holds {number:,} values, and a copy may hold {MOST:,}: leave rows out.")
    for name, values in content.items():
        if len(name) > LONGEST_NAME:
            raise ValueError(f"{name[:40]}…: the name of a control may have {LONGEST_NAME:,} characters.")
        for text in (name, *values):
            try:
                require_length(require_text(text))
            except ValueError as error:
                raise ValueError(f"{name}: {error}.") from error
    return content
