"""Structured data (schema.org, JSON-LD) in pages."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

# As in Django's json_script: nothing in the data can end the element that holds it.
_ESCAPES = {
    ord(">"): "\\u003E",
    ord("<"): "\\u003C",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_ld(data: Mapping[str, Any]) -> SafeString:
    """Return the ``script`` element of one schema.org thing; members that are empty are left out."""
    filled = {"@context": "https://schema.org"} | {
        key: value for key, value in data.items() if value not in ("", None, [])
    }
    text = json.dumps(filled, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308
