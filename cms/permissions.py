"""Who may write: asked by every action before it changes anything."""

from django.core.exceptions import PermissionDenied

from cms.models import User


def require(user: User | None, permission: str) -> None:
    """Raise PermissionDenied unless the user has the permission; None is the operator at the command line."""
    if user is not None and not user.has_perm(permission):
        raise PermissionDenied(f"{user.get_username()} may not do this: it needs {permission}.")
