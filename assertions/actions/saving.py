"""Writing one row of a claim."""

from django.db import models


def save_checked(row: models.Model) -> None:
    """Check a row whole and save it. Raises ValidationError by field."""
    row.full_clean()
    row.save()
