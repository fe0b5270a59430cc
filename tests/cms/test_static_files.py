"""Static files are collected when they changed, and only then."""

import os
import time
from pathlib import Path
from typing import Any

from cms import static_files


def test_files_are_collected_once_and_again_when_one_changes(tmp_path: Path, settings: Any) -> None:
    source, root = tmp_path / "source", tmp_path / "root"
    source.mkdir()
    (source / "site.css").write_text("a{}")
    settings.STATIC_ROOT = root
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    assert static_files.collect_if_changed()
    assert not static_files.collect_if_changed()
    (source / "site.css").write_text("b{color:red}")
    os.utime(source / "site.css", (time.time() + 2, time.time() + 2))  # collectstatic compares whole seconds
    assert static_files.collect_if_changed()
    assert (root / "site.css").read_text() == "b{color:red}"
