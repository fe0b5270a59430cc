"""Reading HTML into the document of a body, by way of nh3. Pure."""

import html as markup
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import takewhile

import nh3

from articles.body.characters import require_references, require_text
from articles.body.document import LINE_END, SPACE_IN_LINE, Group, Leaf, Node, Run, in_order, leaves
from articles.body.limits import require_depth

SCHEMES = {"http", "https", "mailto"}
_MARKS = {"a": "a", "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em"}
_MARKS |= {"code": "code", "kbd": "code", "samp": "code", "tt": "code", "sub": "sub", "sup": "sup"}
_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
_LISTS = {"ul", "ol"}
GROUPS = _LISTS | {"li", "blockquote"}
# Elements that we do not keep but that part words: without them two table cells would become one word.
_BORDERS = set(
    """
    address article aside caption center dd details dialog dir div dl dt fieldset figcaption figure footer
    form header hgroup hr legend main menu nav optgroup option p pre section summary table tbody td tfoot th
    thead tr
    """.split()
)
_BLOCKS = _BORDERS | GROUPS | set(_HEADINGS)
# What stands in these was never the text; struck-out words are what their writer took back.
_NOT_TEXT = set(
    "script style template title noscript iframe object svg math select textarea xml del s strike".split()
)
_DEPTH = 6

_READ = nh3.Cleaner(
    tags=(_BLOCKS | set(_MARKS) | {"br", "q"}) - _NOT_TEXT,
    clean_content_tags=_NOT_TEXT,
    attributes={"a": {"href"}},
    url_schemes=SCHEMES,
    link_rel=None,
)

# Word puts the bullet of a list item between these two, for programs that have no lists.
_WORD_BULLET = re.compile(r"<!\[if !supportLists\]>.{0,1000}?<!\[endif\]>", re.DOTALL)
_SPACE = re.compile("[ \t\r\n\f\xa0]+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_WEB = re.compile(r"https?://[^/?#@]", re.IGNORECASE)


def read(html: str) -> list[Node]:
    """Return any HTML as a canonical document.

    Raises ValueError for characters that no text may hold, and for elements too deep within each other.
    """
    require_references(require_text(require_depth(html)))
    reader = _Reader()
    reader.feed(_READ.clean(_WORD_BULLET.sub("", html)))
    reader.close()
    reader.end_leaf()
    document = reader.root.children
    # The headline of the page is its h1, so the first level within the text is h2.
    for node in takewhile(lambda node: node.tag != "h2", list(document)):
        if node.tag == "h3":
            node.tag = "h2"
    return document


class _Reader(HTMLParser):
    """Builds the document from the output of nh3, in which every end tag closes the last start tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Group("body", 0)
        self._groups = [self.root]
        self._leaf = "p"
        self._runs: list[Run] = []
        self._marks: Counter[str] = Counter()
        self._links: list[str] = []
        self._verbatim = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._write("\n")
        elif tag == "q":
            self._write("“")
        elif tag == "a":
            self._links.append(safe_address(dict(attrs).get("href") or ""))
        elif tag in _MARKS:
            self._marks[_MARKS[tag]] += 1
        else:
            self.end_leaf()
            self._open_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "q":
            self._write("”")
        elif tag == "a":
            self._links.pop()
        elif tag in _MARKS:
            self._marks[_MARKS[tag]] -= 1
        else:
            self.end_leaf()
            self._close_block(tag)

    def handle_data(self, data: str) -> None:
        if self._verbatim:
            self._write(SPACE_IN_LINE.sub(" ", LINE_END.sub("\n", data)))
        else:
            self._write(_SPACE.sub(" ", data))

    def end_leaf(self) -> None:
        """Turn the words since the last border of a block into blocks."""
        tag, runs = self._leaf, self._runs
        self._runs = []
        if tag != "p" and self._groups[-1] is not self.root:
            tag, runs = "p", [Run(run.text, in_order({*run.marks, "<strong>"})) for run in runs]
        for leaf in leaves(tag, runs):
            self._add(leaf)

    def _open_block(self, tag: str) -> None:
        parent = self._groups[-1]
        if tag in GROUPS:
            depth = parent.depth + (tag != "li")
            stray = tag == "li" and parent.tag not in _LISTS
            # A group that does not count stands on the stack as its parent once more.
            self._groups.append(parent if stray or depth > _DEPTH else Group(tag, depth))
        elif tag in _HEADINGS:
            self._leaf = _HEADINGS[tag]
        elif tag == "pre":
            self._verbatim += 1
        elif tag == "hr" and parent is self.root:
            self.root.children.append(Leaf("hr", []))

    def _close_block(self, tag: str) -> None:
        if tag in GROUPS:
            group = self._groups.pop()
            if group is not self._groups[-1] and group.children:
                self._add(group)
        elif tag in _HEADINGS:
            self._leaf = "p"
        elif tag == "pre":
            self._verbatim -= 1

    def _add(self, node: Node) -> None:
        siblings = self._groups[-1].children
        if self._groups[-1].tag in _LISTS and node.tag != "li":
            before = siblings[-1] if siblings and node.tag in _LISTS else None
            if isinstance(before, Group):
                before.children.append(node)
            else:
                siblings.append(Group("li", self._groups[-1].depth, [node]))
        else:
            siblings.append(node)

    def _write(self, text: str) -> None:
        marks = {f"<{mark}>" for mark, depth in self._marks.items() if depth}
        if self._links and self._links[-1]:
            marks.add(f'<a href="{markup.escape(self._links[-1])}" rel="noopener">')
        self._runs.append(Run(text, in_order(marks)))


def safe_address(href: str) -> str:
    """Return the address of a link as it may stand in a page, or "" if it may not."""
    # Browsers drop tabs and line ends, and read \ as /: "/\t/host" and "/\host" both leave the site.
    address = re.sub(r"[\t\r\n]", "", href).strip(" \xa0")
    address = re.sub(
        r"""[ "'<>`\xa0]""", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address
    )
    if not address or "\\" in address or address.startswith("//"):
        return ""
    if not (scheme := _SCHEME.match(address)):
        return address
    if scheme.group().lower() == "mailto:":
        return address if "@" in address else ""
    return address if _WEB.match(address) else ""
