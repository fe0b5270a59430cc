import html as markup
import re
from html.parser import HTMLParser

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.body import (
    Mention,
    Passage,
    Span,
    annotate,
    blocks,
    clean,
    from_plain,
    plain,
    reading_minutes,
    require_text,
    word_count,
)

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
WORDS = [
    "minister",
    "No",
    "a",
    "e\u0301t\u0065\u0301",
    "été",
    "\U0001f1eb\U0001f1ee",
    FAMILY,
    "외무성은",
    "وزارة",
    "\u202bשלום\u202c",
    "<b>",
    "&amp;",
    "&#39;",
    "“quoted”",
    "5 < 6 & 7 > 6",
    "'\"",
    "\u3000",
    "\u200b",
    "\ufeff",
    "\u2028",
]
SPACES = [" ", "  ", "\n", "\r\n", "\r", "\t", "\xa0", "\n\n", " \n \n "]
TAGS = "p h1 h2 h3 h5 ul ol li blockquote div table tr td pre strong b em i code".split()
TAGS += "sub sup a span q font o:p".split()
texts = st.lists(st.sampled_from(WORDS) | st.sampled_from(SPACES) | st.text(max_size=3), max_size=8).map(
    lambda parts: re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]", "", "".join(parts))
)
ADDRESSES = [
    "/actors/",
    "#n1",
    "?q=1&p=2",
    "//host/",
    "/\\host",
    "javascript:alert(1)",
    "https://example.org/a b",
]
ADDRESSES += [
    "http://[",
    "mailto:desk@example.org",
    "\tjava\nscript:x",
    "https:host",
    "notes/1",
    "https://é.example/ü'",
]


def element(tag: str, inner: str, href: str, closed: bool) -> str:
    attributes = f' href="{markup.escape(href)}"' if tag == "a" else ' class="MsoNormal" style="x"'
    return f"<{tag}{attributes}>{inner}" + (f"</{tag}>" if closed else "")


def elements(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(
        element, st.sampled_from(TAGS), inner, st.sampled_from(ADDRESSES), st.integers(0, 9).map(bool)
    )
    loose = st.sampled_from(
        ["<br>", "<hr>", "<br/> <br>", "</p>", "</b>", "<!-- x -->", "<![if !a]>", "<td>", "<p> </p>"]
    )
    return st.lists(one | loose | inner, max_size=5).map("".join)


trees = st.recursive(texts.map(markup.escape) | texts, elements, max_leaves=25)


class Page(HTMLParser):
    """What a browser makes of a page: each character with the elements around it, ids, addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.characters: list[tuple[str, frozenset[str]]] = []
        self.ids: list[str] = []
        self.refs: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = f"{tag}.{given['class']}" if "class" in given else tag
        assert not (tag == "a" and any(outer.startswith("a") for outer in self.open)), "links do not nest"
        if identity := given.get("id"):
            self.ids.append(identity)
        if name == "a.ref":
            self.refs.append(given["href"] or "")
        if tag not in ("br", "hr"):
            self.open.append(name)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().partition(".")[0] == tag

    def handle_data(self, data: str) -> None:
        if "a.ref" not in self.open:
            self.characters += ((character, frozenset(self.open)) for character in data)

    def text(self, inside: str = "") -> str:
        return "".join(character for character, around in self.characters if not inside or inside in around)


def one_line(text: str) -> str:
    return text.replace("\n", "")


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Span]]:
    html = draw(trees.filter(lambda html: len(one_line(plain(html))) > 1))
    text = plain(html)
    spans: list[Span] = []
    for number in range(1, draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if text[start:end].strip(" \n"):
            passage = draw(st.booleans())
            spans.append(Passage(start, end, number) if passage else Mention(start, end, "/actors/x/?a&b"))
    return html, spans


def span(kind: type, html: str, words: str, *rest: object) -> Span:
    start = plain(html).index(words)
    made: Span = kind(start, start + len(words), *rest)
    return made


@given(trees)
def test_cleaning_twice_changes_nothing(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@given(trees)
def test_only_editorial_elements_and_safe_addresses_are_left(html: str) -> None:
    cleaned = clean(html)
    tags = set(re.findall(r"</?([a-z0-9]+)", cleaned))
    assert tags <= set("p h2 h3 ul ol li blockquote hr br strong em code sub sup a".split())
    for address in re.findall(r'href="([^"]*)"', cleaned):
        assert re.match(r"https?://[^/]|mailto:|/(?![/\\])|[#?]|notes/", address)
    assert Page(cleaned).text() == one_line(plain(html))


@given(trees)
def test_plain_text_does_not_depend_on_having_cleaned(html: str) -> None:
    assert plain(html) == plain(clean(html))


@given(trees)
def test_plain_text_has_no_needless_white_space(html: str) -> None:
    assert not re.search(r"\A[ \n]|[ \n]\Z|  | \n|\n |\n{3}|[\t\r\xa0]", plain(html))


@given(texts)
@example("One.\r\n\r\nTwo\rthree\t\xa0four \n \n\n five")
def test_plain_text_survives_the_way_through_html(text: str) -> None:
    lines = [re.sub("[ \t\xa0]+", " ", line).strip(" ") for line in re.split("\r\n|\r|\n", text)]
    paragraphs = re.split("\n\n+", "\n".join(lines).strip("\n"))
    kept = [paragraph.strip("\n") for paragraph in paragraphs if paragraph.strip(" \n\u200b\u2060\ufeff")]
    assert plain(from_plain(text)) == "\n\n".join(kept)
    assert clean(from_plain(text)) == from_plain(text)


@given(marked())
def test_marks_leave_the_words_as_they_are(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    page = annotate(html, spans)
    assert Page(page).text() == one_line(plain(html))
    assert plain(re.sub(r'<a class="ref" href="#n\d+">\d+</a>', "", page)) == plain(html)


@given(marked())
def test_marks_cover_the_words_of_their_spans_and_no_others(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    text = plain(html)
    covered = [False] * len(text)
    for each in spans:
        if isinstance(each, Passage):
            words = text[each.start : each.end]
            start = each.start + len(words) - len(words.lstrip(" \n"))
            end = each.start + len(words.rstrip(" \n"))
            covered[start:end] = [True] * (end - start)
    expected = "".join(character for character, mark in zip(text, covered, strict=True) if mark)
    assert Page(annotate(html, spans)).text("mark") == one_line(expected)


@given(marked())
def test_a_mention_is_linked_whole_or_not_at_all(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    mentions = [each for each in spans if isinstance(each, Mention)]
    for mention in mentions:
        linked = Page(annotate(html, [mention])).text("a.actor")
        words = one_line(plain(html)[mention.start : mention.end].strip(" \n"))
        blocks_touched = plain(html)[mention.start : mention.end].strip(" \n").count("\n")
        assert linked in ("", words) or blocks_touched


@given(marked())
def test_every_passage_can_be_reached_and_leads_to_its_note(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    page = Page(annotate(html, spans))
    numbers = [each.number for each in spans if isinstance(each, Passage)]
    assert sorted(page.ids) == sorted(f"p{number}" for number in numbers)
    assert sorted(page.refs) == sorted(f"#n{number}" for number in numbers)


@given(marked())
def test_every_passage_has_its_note_after_the_block_in_which_it_ends(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    for block in blocks(html, spans):
        assert [f"#n{number}" for number in block.notes] == Page(block.html).refs
    assert annotate(html, spans) == "".join(block.html for block in blocks(html, spans))


@given(marked())
def test_the_page_is_well_formed_and_safe(case: tuple[str, list[Span]]) -> None:
    html, spans = case
    page = annotate(html, spans)
    tags = set("p h2 h3 ul ol li blockquote hr br strong em code sub sup a mark".split())
    attributes = {"a": {"href", "class", "rel"}, "mark": {"id"}}
    assert nh3.clean(page, tags=tags, attributes=attributes, link_rel=None) == page


@given(trees)
def test_without_spans_the_page_is_the_clean_body(html: str) -> None:
    assert annotate(html, []) == clean(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Words alone", "<p>Words alone</p>"),
        ("<p>One<p>Two", "<p>One</p><p>Two</p>"),
        ("<p></p><p> &nbsp; </p><p><br></p><p>\u200b</p>", ""),
        ("<p>first<br>second<br><br>third</p>", "<p>first<br>second</p><p>third</p>"),
        (
            "<b>bold</b> <i>slant</i>, <cite>title</cite>",
            "<p><strong>bold</strong> <em>slant</em>, <em>title</em></p>",
        ),
        ("<strong>one </strong><strong> two</strong>", "<p><strong>one two</strong></p>"),
        ("<em><strong>x</strong></em>", "<p><strong><em>x</em></strong></p>"),
        ("<strong>x<p>y</p></strong>", "<p><strong>x</strong></p><p><strong>y</strong></p>"),
        ("<h1>A</h1><h2>B</h2><h4>C</h4><h6>D</h6>", "<h2>A</h2><h2>B</h2><h3>C</h3><h3>D</h3>"),
        ("<h3>A</h3><h3>B</h3><h2>C</h2><h3>D</h3>", "<h2>A</h2><h2>B</h2><h2>C</h2><h3>D</h3>"),
        ("<h2>two<br>lines</h2>", "<h2>two lines</h2>"),
        (
            "<blockquote><h2>A</h2>B</blockquote>",
            "<blockquote><p><strong>A</strong></p><p>B</p></blockquote>",
        ),
        ("<ul><li>a<li>b</ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul>"),
        ("<ol>a</ol>", "<ol><li><p>a</p></li></ol>"),
        ("<li>a</li>", "<p>a</p>"),
        ("<p>a</p><hr><p>b</p>", "<p>a</p><hr><p>b</p>"),
        ("<table><tr><td>Year<td>Sum</table>", "<p>Year</p><p>Sum</p>"),
        ("<pre>a  b\n c\n\nd</pre>", "<p>a b<br>c</p><p>d</p>"),
        ("said <q>never</q>", "<p>said “never”</p>"),
        ("kept <del>struck</del><s> out</s>", "<p>kept</p>"),
        ("<figure><img src=x alt=y><figcaption>Words</figcaption></figure>", "<p>Words</p>"),
        ("a<script>b</script><style>c</style><svg><text>d</text></svg>", "<p>a</p>"),
        ("10&nbsp;000 &lt; 20\xa0000 &amp;amp;", "<p>10 000 &lt; 20 000 &amp;amp;</p>"),
    ],
)
def test_html_has_one_form(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class=MsoNormal style="margin:0"><span lang=EN-GB>Text<o:p></o:p></span></p>', "<p>Text</p>"),
        ("<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--><p>Text</p>", "<p>Text</p>"),
        ("<xml><w:View>Normal</w:View></xml>Text", "<p>Text</p>"),
        (
            "<p class=MsoListParagraph><![if !supportLists]><span>·<i>&nbsp; </i></span><![endif]>Text</p>",
            "<p>Text</p>",
        ),
        (
            "<p><font face=Calibri size=2><b style='mso-bidi-font-weight:normal'>Text</b></font></p>",
            "<p><strong>Text</strong></p>",
        ),
    ],
)
def test_what_word_leaves_behind_goes(html: str, expected: str) -> None:
    assert clean(html) == expected


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/a?b=1",
        "http://example.org",
        "mailto:desk@example.org",
        "/actors/",
        "#n1",
        "?page=2",
        "notes/1",
    ],
)
def test_links_to_the_web_to_mail_and_to_this_site_are_kept(address: str) -> None:
    assert (
        clean(f'<a href="{address}" onclick="x()" target="_blank">x</a>')
        == f'<p><a href="{address}" rel="noopener">x</a></p>'
    )


@pytest.mark.parametrize(
    "address",
    [
        "//example.org/",
        "/\\example.org",
        "\\\\example.org",
        "/\t/example.org",
        " //example.org",
        "javascript:alert(1)",
        "JaVa\nScRiPt:alert(1)",
        "data:text/html,x",
        "https:example.org",
        "https:///example.org",
        "file:///etc/passwd",
        "mailto:",
        "",
    ],
)
def test_other_links_leave_their_words_only(address: str) -> None:
    assert clean(f'<a href="{markup.escape(address)}">x</a>') == "<p>x</p>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a\x00", r"NUL U\+0000 at line 1, column 2"),
        ("one\ntw\x07o", r"control character U\+0007 at line 2, column 3"),
        ("\x1b[0m", r"control character U\+001B at line 1, column 1"),
        ("a\ud800", r"half of a surrogate pair U\+D800 at line 1, column 2"),
        ("don\x92t", r"control character U\+0092 .* wrong encoding"),
    ],
)
def test_characters_that_no_text_may_hold_are_named_with_their_place(text: str, message: str) -> None:
    for function in (clean, plain, from_plain, require_text):
        with pytest.raises(ValueError, match=message):
            function(text)


@pytest.mark.parametrize(
    "reference", ["&#0;", "&#x1F", "&#7;", "&#xD800;", "&#x81;", "&#1114112;", "&#" + "9" * 5000 + ";"]
)
def test_such_characters_cannot_hide_in_references(reference: str) -> None:
    with pytest.raises(ValueError, match=r"(at|in) line 1"):
        clean(f"<p>{reference}</p>")


def test_references_to_characters_of_windows_1252_are_read_as_browsers_do() -> None:
    assert plain("it&#146;s &#8364;5 &#x1F600;") == "it’s €5 \U0001f600"


def test_blocks_are_parted_by_an_empty_line_and_those_of_a_list_by_a_line_feed() -> None:
    html = "<h2>Head</h2><p>a<br>b</p><ul><li><p>c</p><p>d</p><ol><li>e</ol><li>f</ul><hr>"
    html += "<blockquote><p>g<p>h</blockquote>"
    assert plain(html) == "Head\n\na\nb\n\nc\nd\ne\nf\n\ng\n\nh"


def test_groups_nested_beyond_reason_are_flattened() -> None:
    html = "<blockquote>" * 5000 + "words" + "</blockquote>" * 5000
    assert plain(html) == "words"
    assert clean(clean(html)) == clean(html)


def test_a_mention_becomes_a_link_to_its_actor() -> None:
    html = "<p>The <strong>foreign minister</strong> spoke</p>"
    page = annotate(html, [span(Mention, html, "minister", "/m/")])
    link = '<a class="actor" href="/m/"><strong>minister</strong></a>'
    assert page == f"<p>The <strong>foreign </strong>{link} spoke</p>"


def test_a_mention_that_touches_a_link_of_the_text_stays_as_it_is() -> None:
    html = '<p>The <a href="/x">foreign</a> minister spoke</p>'
    for words in ("foreign", "The foreign", "foreign minister"):
        assert annotate(html, [span(Mention, html, words, "/actors/m/")]) == clean(html)


def test_of_two_mentions_of_the_same_words_the_first_and_longest_is_linked() -> None:
    html = "<p>the deputy foreign minister</p>"
    mentions = [span(Mention, html, "minister", "/b/"), span(Mention, html, "foreign minister", "/a/")]
    assert annotate(html, mentions) == '<p>the deputy <a class="actor" href="/a/">foreign minister</a></p>'


def test_a_passage_is_marked_with_its_anchor_and_its_reference() -> None:
    html = "<p>He said it was over.</p>"
    page = annotate(html, [span(Passage, html, "it was over", 1)])
    assert page == '<p>He said <mark id="p1">it was over<a class="ref" href="#n1">1</a></mark>.</p>'


def test_a_mention_within_a_passage_is_linked_there() -> None:
    html = "<p>that the minister knew</p>"
    page = annotate(html, [span(Mention, html, "minister", "/m/"), span(Passage, html, "the minister", 1)])
    expected = (
        '<mark id="p1">the <a class="actor" href="/m/">minister</a><a class="ref" href="#n1">1</a></mark>'
    )
    assert page == f"<p>that {expected} knew</p>"


def test_a_passage_across_blocks_has_one_anchor_and_one_reference() -> None:
    html = "<p>He said</p><ul><li>one</li><li>two</li></ul><p>end</p>"
    first, second, third = blocks(html, [span(Passage, html, "said\n\none\ntwo", 7)])
    assert first.html == '<p>He <mark id="p7">said</mark></p>'
    assert second.html.endswith('<li><p><mark>two<a class="ref" href="#n7">7</a></mark></p></li></ul>')
    assert (first.notes, second.notes, third.notes) == ((), (7,), ())


def test_passages_that_overlap_keep_their_own_ends() -> None:
    html = "<p>one two three</p>"
    page = annotate(html, [span(Passage, html, "one two", 1), span(Passage, html, "two three", 2)])
    assert page == (
        '<p><mark id="p1">one <mark id="p2">two</mark><a class="ref" href="#n1">1</a></mark>'
        '<mark> three<a class="ref" href="#n2">2</a></mark></p>'
    )


def test_passages_with_one_end_have_their_references_in_order() -> None:
    html = "<p>one two three</p>"
    spans = [
        span(Passage, html, words, number)
        for number, words in enumerate(["three", "one two three", "two three"], 1)
    ]
    assert Page(annotate(html, spans)).refs == ["#n1", "#n2", "#n3"]


def test_the_reference_of_a_passage_that_ends_in_a_link_stands_outside_the_link() -> None:
    html = '<p>He <a href="/x">told everyone</a></p>'
    page = annotate(html, [span(Passage, html, "He told", 1)])
    link = '<a href="/x" rel="noopener">'
    assert (
        page
        == f'<p><mark id="p1">He {link}told</a><a class="ref" href="#n1">1</a></mark>{link} everyone</a></p>'
    )


@pytest.mark.parametrize(
    ("spans", "message"),
    [
        ([Passage(0, 99, 1)], "does not stand in a text of 12 characters"),
        ([Passage(-1, 3, 1)], "does not stand"),
        ([Passage(3, 3, 1)], "does not stand"),
        ([Mention(5, 7, "/x/")], "has no words"),
        ([Passage(0, 3, 1), Passage(4, 5, 1)], "two passages have the number 1"),
        ([Mention(0, 3, "javascript:x")], "no address"),
    ],
)
def test_spans_that_cannot_be_marked_are_refused(spans: list[Span], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        annotate("<p>first</p><p>other</p>", spans)


def test_positions_count_code_points() -> None:
    html = f"<p>{FAMILY} e\u0301 외무성 said</p>"
    assert '<mark id="p1">said<' in annotate(html, [span(Passage, html, "said", 1)])
    assert plain(html).index("외무성") == 9


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (100, 1), (238, 1), (476, 2), (1000, 4)])
def test_reading_takes_a_minute_for_238_words_and_at_least_one(words: int, minutes: int) -> None:
    text = "word " * words
    assert word_count(text) == words
    assert reading_minutes(text) == minutes
