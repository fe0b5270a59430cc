"""The people who work here."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """An account of the newsroom; what it may do comes from its groups."""
