"""Characters that a text may not hold, refused with their place. Pure."""

import html as markup
import re

_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+))")


def require_text(text: str) -> str:
    """Return `text` unchanged, or raise ValueError that names its first control character or lone surrogate.

    Allowed are tab, line feed and carriage return. PostgreSQL cannot store NUL and surrogates, and the
    others never belong to a text: C1 controls are most often the trace of a wrong encoding.
    """
    if found := _REFUSED.search(text):
        raise ValueError(_refusal(ord(found.group()), text, found.start()))
    return text


def _refusal(code: int, text: str, position: int) -> str:
    if code == 0:
        name = "NUL"
    elif 0xD800 <= code <= 0xDFFF:
        name = "half of a surrogate pair"
    else:
        name = "control character"
    line = text.count("\n", 0, position) + 1
    column = position - text.rfind("\n", 0, position)
    hint = "; the text was read in a wrong encoding" if 0x80 <= code <= 0x9F else ""
    return f"{name} U+{code:04X} at line {line}, column {column}: remove it{hint}"


def require_references(html: str) -> None:
    """Refuse ``&#0;`` and the like, which the parser would replace or let through."""
    for found in _REFERENCE.finditer(html):
        digits, base = (found[1], 16) if found[1] else (found[2], 10)
        # No character has a longer number, and int() refuses thousands of digits.
        code = int(digits, base) if len(digits.lstrip("0")) < 8 else 0x110000
        if code > 0x10FFFF:
            line = html.count("\n", 0, found.start()) + 1
            raise ValueError(f"{found.group()[:20]} in line {line} is no character: remove it")
        # HTML reads most of 128 to 159 as the characters of Windows-1252.
        if _REFUSED.match(markup.unescape(f"&#{code};") if 0x80 <= code <= 0x9F else chr(code)):
            raise ValueError(_refusal(code, html, found.start()))
