"""Collecting the static files, only when one of them changed: hashing and compressing all takes seconds."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def collect_if_changed() -> bool:
    """Bring STATIC_ROOT up to date; True if there was something to do."""
    root = Path(settings.STATIC_ROOT)
    note = root / "collected"
    sources = hashlib.sha256("\n".join(sorted(_sources())).encode()).hexdigest()
    if note.exists() and note.read_text() == sources:
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    note.write_text(sources)
    return True


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            yield f"{name} {state.st_size} {state.st_mtime_ns}"
