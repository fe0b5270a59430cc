"""Articles from files: one module a format, with its suffixes and ``read(path)``. Pure: nothing is stored."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from articles.importers import json_lines, markdown, plaintext
from articles.importers.item import BadItem, Item, SourceFields

__all__ = ["BadItem", "Found", "Item", "SourceFields", "find", "read"]

_READERS = {suffix: module.read for module in (plaintext, markdown, json_lines) for suffix in module.SUFFIXES}
_KNOWN = ", ".join(_READERS)


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a folder: files to read, in order; how many others; folders that cannot be entered."""

    files: tuple[Path, ...]
    others: int
    closed: tuple[BadItem, ...]


def read(path: Path) -> Iterator[Item | BadItem]:
    """Yield the items of a file, or of all files of a folder in the order of their names.

    Whatever cannot be read is a BadItem; nothing is raised. Files of other kinds in a folder are passed
    over, and one given by its own path is a BadItem.
    """
    try:
        is_folder = path.is_dir()
    except OSError as error:
        yield BadItem(str(path), f"cannot be read: {error.strerror}")
        return
    if not is_folder:
        yield from _read_file(path)
        return
    found = find(path)
    yield from found.closed
    if not found.files:
        yield BadItem(str(path), f"the folder has no file to import; known are {_KNOWN}")
    for file in found.files:
        yield from _read_file(file)


def find(folder: Path) -> Found:
    """Return what stands in a folder and the folders in it; hidden ones and symbolic links are not looked at."""
    files: list[Path] = []
    closed: list[BadItem] = []
    others = 0

    def note(error: OSError) -> None:
        closed.append(BadItem(str(error.filename), f"cannot be read: {error.strerror}"))

    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        visible = [
            name for name in sorted(names) if not name.startswith(".") and not Path(parent, name).is_symlink()
        ]
        known = [name for name in visible if Path(name).suffix.lower() in _READERS]
        files += (Path(parent, name) for name in known)
        others += len(visible) - len(known)
    return Found(tuple(files), others, tuple(closed))


def _read_file(path: Path) -> Iterator[Item | BadItem]:
    reader = _READERS.get(path.suffix.lower())
    if reader is None and path.exists():
        yield BadItem(str(path), f"files of this kind cannot be imported; known are {_KNOWN}")
    elif reader is None:
        yield BadItem(str(path), "there is no such file or folder")
    else:
        yield from reader(path)
