"""Files that only the account of the site may read: keys and passwords."""

import os
import tempfile
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Write the file with mode 600, whole or not at all, over what was there."""
    made = _beside(path, text)
    try:
        made.replace(path)
    except OSError:
        made.unlink()
        raise


def read_or_make(path: Path, text: str) -> str:
    """The content of the file; if it is missing it is made of `text`, mode 600, once for all processes."""
    if not path.exists():
        made = _beside(path, text)
        try:
            os.link(made, path)
        except FileExistsError:
            pass  # another process was first: its content counts
        finally:
            made.unlink()
    return path.read_text(encoding="utf-8")


def _beside(path: Path, text: str) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as made:
        made.write(text)
    return Path(made.name)
