"""What an export would write, for tests that compare two states of the database."""

from cms.export_rows import kinds, lines


def exported() -> dict[str, list[bytes]]:
    """Return the sorted lines of each kind."""
    return {kind.name: sorted(lines(kind)) for kind in kinds()}
