"""A text that tries to run something wherever it is shown, imported as any other."""

import json
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from articles.models import Article

HOSTILE_HTML = """
<!--[if gte mso 9]><xml><o:p></o:p></xml><![endif]-->
<p class="MsoNormal" style="background:url(javascript:alert(1))" onclick="alert(1)">Ada Vale<o:p></o:p> spoke.</p>
<script>alert(1)</script><style>body{display:none}</style>
<p><a href="javascript:alert(1)">one</a> <a href=" jAvAsCrIpT&#58;alert(1)">two</a>
<a href="data:text/html,<script>alert(1)</script>">three</a> <a href="//evil.example/">four</a>
<a href="https://example.org/" target="_blank" onmouseover="alert(1)">five</a></p>
<p><img src=x onerror=alert(1)><svg onload=alert(1)><math><mtext><table><mglyph><style><img src=x onerror=alert(1)>
<iframe srcdoc="<script>alert(1)</script>"></iframe><form action="https://evil.example/"><input name=q autofocus
onfocus=alert(1)></form><object data="x"></object><base href="https://evil.example/"><meta http-equiv=refresh
content="0;url=https://evil.example/"></p>
"""
HOSTILE_WORDS = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"


def import_hostile_article(folder: Path) -> Article:
    """Return a published article every field of which is hostile; its file is written to ``folder``."""
    item = {
        "id": "hostile",
        "headline": f"Headline {HOSTILE_WORDS}",
        "standfirst": f"Standfirst {HOSTILE_WORDS}",
        "byline": HOSTILE_WORDS,
        "html": HOSTILE_HTML,
        "slug": "hostile",
        "topics": ["Trade", "]]><script>alert(1)</script>"],
        "sources": [
            {
                "publisher": HOSTILE_WORDS,
                "title": HOSTILE_WORDS,
                "address": "https://example.org/?'onclick=alert(1)",
            }
        ],
    }
    path = folder / "hostile.jsonl"
    path.write_text(json.dumps(item))
    call_command("import_articles", str(path), publish=True, stdout=StringIO())
    return Article.objects.get(slug="hostile")
