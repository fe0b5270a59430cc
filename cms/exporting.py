"""Writing the whole database into a folder as JSON Lines: for keeping, for comparing, for moving elsewhere.

Two exports of one database are the same, byte by byte: keys are sorted, lines are sorted, and nothing tells when the
export was made (cms/export_rows.py says what is in a line).
"""

import heapq
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from django.db import connection, transaction

from cms.export_rows import Kind, kinds, lines

TEMPORARY = ".unfinished-"
RUN = 16 * 2**20
"""Bytes of lines that are sorted in memory at once."""


class BadFolder(Exception):
    """A folder that nothing can be exported to; its text is a sentence."""


@contextmanager
def one_instant() -> Iterator[None]:
    """Have all that is read be of one instant, and nothing be written. It begins a transaction of its own."""
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write(folder: Path) -> Iterator[tuple[Kind, int]]:
    """Write all kinds into a folder, and yield each with its number of lines as it is done.

    The files of an earlier export are replaced when all are written; a run that breaks off leaves them as they are.
    Raises BadFolder for a folder that cannot take an export, or has other files in it.
    """
    _require_fit(folder)
    try:
        with TemporaryDirectory(prefix=TEMPORARY, dir=folder) as unfinished:
            for kind in kinds():
                with (Path(unfinished) / kind.file).open("wb") as file:
                    number = 0
                    for line in sorted_lines(lines(kind)):
                        file.write(line)
                        number += 1
                yield kind, number
            for kind in kinds():
                os.replace(Path(unfinished) / kind.file, folder / kind.file)
    except OSError as error:
        raise BadFolder(f"Nothing could be written to {folder}: {error.strerror}.") from error


def _require_fit(folder: Path) -> None:
    """Make the folder if need be, and empty it of what a run that was killed left behind. Raises BadFolder."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        present = sorted(folder.iterdir())
    except (FileExistsError, NotADirectoryError) as error:
        raise BadFolder(f"{folder} is a file, or lies in one: name a folder.") from error
    except OSError as error:
        raise BadFolder(f"{folder} cannot be used: {error.strerror}.") from error
    known = {kind.file for kind in kinds()}
    foreign = [
        path.name for path in present if path.name not in known and not path.name.startswith(TEMPORARY)
    ]
    if foreign:
        named = ", ".join(foreign[:3]) + (" and others" if len(foreign) > 3 else "")
        raise BadFolder(
            f"{folder} holds what is not of an export: {named}. Name an empty folder, or one of an earlier export."
        )
    for path in present:
        if path.name.startswith(TEMPORARY):
            shutil.rmtree(path, ignore_errors=True)


def sorted_lines(unsorted: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines in the order of their bytes, in bounded memory: sorted runs in temporary files, merged."""
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        run: list[bytes] = []
        size = 0
        for line in unsorted:
            run.append(line)
            size += len(line)
            if size > RUN:
                file = stack.enter_context(TemporaryFile())
                file.writelines(sorted(run))
                file.seek(0)
                runs.append(file)
                run, size = [], 0
        yield from heapq.merge(*runs, sorted(run))
