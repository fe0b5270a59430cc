"""Opening a newsroom on an empty database: the first accounts and, if wanted, the demonstration coverage."""

import json
import secrets
from pathlib import Path

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction

from cms import private_files
from cms.models import User

ADMIN = "admin"
DEMONSTRATION_STAFF = ("reporter", "editor", "reviewer")  # each in the group of its name


def open_if_empty(credentials: Path, *, demo: bool) -> dict[str, str]:
    """Make the first accounts if there is none yet; return their passwords by name, or nothing.

    The passwords are kept in the file `credentials` (JSON, mode 600). All or nothing: a broken-off run leaves
    an empty database, and the next one begins again.
    """
    if User.objects.exists():
        return {}
    passwords = {name: secrets.token_urlsafe(12) for name in (*(DEMONSTRATION_STAFF if demo else ()), ADMIN)}
    with transaction.atomic():
        for name, password in passwords.items():
            if name == ADMIN:
                user = User.objects.create_superuser(name, password=password)
                user.groups.add(Group.objects.get(name="administrator"))
            else:
                user = User.objects.create_user(name, password=password, is_staff=True)
                user.groups.add(Group.objects.get(name=name))
        if demo:
            call_command("load_demo")
        private_files.write(credentials, json.dumps(passwords, indent=2) + "\n")
    return passwords
