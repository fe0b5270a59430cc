"""From the bytes of a file to text, without guessing an encoding."""

import codecs
import hashlib
from pathlib import Path

LIMIT = 5_000_000
"""Bytes that one text may have; a long book has one million."""

TOO_LONG = f"a text may have {LIMIT // 1_000_000} MB at most; split it, or check that it is a text"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_text(path: Path) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a byte order mark; line ends become ``\\n``.

    Raises ValueError with a sentence if it is no file, is empty, longer than LIMIT or not such a text, and
    OSError.
    """
    if not path.is_file():
        raise ValueError("is no file" if path.exists() else "there is no such file")
    with path.open("rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise ValueError(f"has {path.stat().st_size / 1_000_000:.1f} MB; {TOO_LONG}")
    text = decode(data)
    if not text.strip():
        raise ValueError("is empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def decode(data: bytes, line: int = 1) -> str:
    """Return `data`, which begins in the line `line` of its file, as text without its byte order mark.

    Raises ValueError with a sentence that names the first byte that is wrong.
    """
    try:
        text = data.decode("utf-16" if is_utf_16(data) else "utf-8-sig")
    except UnicodeDecodeError as error:
        if is_utf_16(data):
            raise ValueError("begins as UTF-16 but does not go on so; save it as UTF-8") from error
        if b"\0" in data:
            raise ValueError("is not a text") from error
        line += data.count(b"\n", 0, error.start)
        wrong = f"the byte {data[error.start]:02X} in line {line} is not UTF-8"
        raise ValueError(f"{wrong}; save the text as UTF-8") from error
    if "\0" in text:
        raise ValueError("is not a text: it has NUL characters")
    return text


def is_utf_16(data: bytes) -> bool:
    """Return whether `data` begins with a byte order mark of UTF-16."""
    return data.startswith(_UTF_16)


def digest(text: str) -> str:
    """Return what identifies an item that has no name of its own: the SHA-256 of its text."""
    return f"sha256:{hashlib.sha256(text.encode(errors='surrogatepass')).hexdigest()}"
