"""What a writer may want to know of a text: its length, and what some readers stumble over. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import Any

import nh3

from articles.body.document import text_of
from articles.body.length import reading_minutes, word_count
from articles.body.reading import SCHEMES, read

LONG_PARAGRAPH = 150
"""Words; a choice of ours: at 1280 px it fills about a third of a window."""
LONG_HEADLINE = 110
"""Characters: what Google's guide to the structured data of articles asks headlines to stay below."""
SHOWN = 40
"""Hints; further ones wait until some of these are gone."""
_QUOTED = 80

_VAGUE = {
    "en": "here, click, click here, click this, this, this link, link, more, read more, learn more, see more, "
    "find out more, details, more details, this page, this article, continue, continue reading, see here",
    "de": "hier, hier klicken, klicken sie hier, mehr, mehr lesen, weiterlesen, mehr erfahren, dieser link, details",
    "es": "aquí, haga clic aquí, clic aquí, más, leer más, ver más, este enlace, enlace",
    "fr": "ici, cliquez ici, plus, en savoir plus, lire la suite, ce lien, lien, voir plus",
    "it": "qui, clicca qui, di più, leggi di più, continua a leggere, questo link",
    "ja": "こちら, ここ, 詳しくはこちら, もっと見る, 続きを読む, リンク",
    "ko": "여기, 여기를 클릭, 여기 클릭, 더 보기, 더보기, 자세히, 자세히 보기, 링크",
    "pt": "aqui, clique aqui, mais, leia mais, saiba mais, este link",
    "ru": "здесь, тут, сюда, нажмите здесь, подробнее, читать далее, далее, ссылка, по ссылке",
    "uk": "тут, сюди, натисніть тут, докладніше, читати далі, посилання",
    "zh": "这里, 此处, 点击这里, 点击此处, 更多, 阅读更多, 這裡, 此處, 點擊這裡, 閱讀更多",
}
"""Words that say nothing of where a link leads (WCAG 2.2, 2.4.9), by the language they are of."""

_HEADING = re.compile("h[1-6]")
_BLOCKS = {"p", "li", "blockquote", "td", "th", "dd", "dt", "div", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
_STRIP = nh3.Cleaner(
    tags=_BLOCKS | {"a", "br"}, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None
)
_ADDRESS = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S*\.(avif|gif|jpe?g|png|webp)|(img|dsc|image|photo|picture)[-_ ]?\d*", re.IGNORECASE
)
_EDGES = " .,;:!?…→»›>«()[]\"“”'’"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that a reader may stumble over: what it is, and the words it is about ("" if there are none)."""

    kind: str
    message: str
    text: str = ""


@dataclass(slots=True)
class _Link:
    href: str
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class _Block:
    tag: str
    pieces: list[str] = field(default_factory=list)
    links: list[_Link] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


def report(
    body_html: str, language: str, *, headline: str = "", images: Sequence[tuple[str, str]] = ()
) -> dict[str, Any]:
    """Return the length of a text and hints on it, as JSON can hold them.

    ``body_html`` is a body as the editor sends it, ``language`` its BCP 47 tag, ``images`` alternative text and caption
    of each image. The answer has ``words``, ``minutes`` and ``hints``, each with ``kind``, ``message`` and ``text``.
    A body that `articles.body.clean` refuses has one hint on itself, which says why.
    """
    hints = [*_of_headline(headline), *_of_images(images)]
    try:
        plain = text_of(read(body_html), "\n\n")
    except ValueError as error:
        plain = re.sub("<[^<>]*>", " ", body_html)
        hints.append(Hint("characters", str(error)))
    else:
        reader = _Reader()
        reader.feed(_STRIP.clean(body_html))
        reader.close()
        hints += _of_blocks(reader.blocks, language)
    return {
        "words": word_count(plain),
        "minutes": reading_minutes(plain),
        "hints": [asdict(hint) for hint in hints[:SHOWN]],
    }


class _Reader(HTMLParser):
    """Gathers the blocks of a text as they were sent, before they are made canonical."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [_Block("p")]
        self._link: _Link | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._link = _Link(dict(attrs).get("href") or "")
            self.blocks[-1].links.append(self._link)
        elif tag == "br":
            self.handle_data(" ")
        else:
            self.blocks.append(_Block(tag))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._link = None
        elif tag in _BLOCKS:
            self.blocks.append(_Block("p"))

    def handle_data(self, data: str) -> None:
        self.blocks[-1].pieces.append(data)
        if self._link is not None:
            self._link.pieces.append(data)


def _of_headline(headline: str) -> Iterator[Hint]:
    if len(headline) > LONG_HEADLINE:
        yield Hint(
            "headline",
            f"The headline has {len(headline)} characters; lists and searches cut it after {LONG_HEADLINE}.",
            _short(headline),
        )


def _of_images(images: Iterable[tuple[str, str]]) -> Iterator[Hint]:
    for alt, caption in images:
        words = " ".join(alt.split())
        if not words:
            yield Hint("image", "An image has no alternative text.", _short(caption))
        elif _FILE_NAME.fullmatch(words):
            yield Hint(
                "image",
                "The alternative text is the name of a file: say what the image shows.",
                _short(words),
            )
        elif words.casefold() == " ".join(caption.split()).casefold():
            yield Hint(
                "image", "The caption repeats the alternative text: it is read out twice.", _short(words)
            )


def _of_blocks(blocks: Sequence[_Block], language: str) -> Iterator[Hint]:
    yield from _of_headings(block for block in blocks if _HEADING.fullmatch(block.tag))
    yield from _of_links([link for block in blocks for link in block.links], language)
    for block in blocks:
        words = len(block.text.split())
        if words > LONG_PARAGRAPH:
            yield Hint(
                "paragraph", f"A paragraph of {words} words: two would be easier to read.", _short(block.text)
            )
        if _shouts(block.text):
            yield Hint("capitals", "All in capital letters, which is slow to read.", _short(block.text))


def _of_headings(headings: Iterable[_Block]) -> Iterator[Hint]:
    above = 1  # the headline
    for heading in headings:
        level = int(heading.tag[1])
        if not heading.text.strip():
            yield Hint("heading", "A heading without words.")
            continue
        if level > above + 1:
            if above == 1:
                message = f"The first heading is of level {level}; begin with level 2."
            else:
                message = f"The headings jump from level {above} to level {level}."
            yield Hint("heading", message, _short(heading.text))
        above = level


def _of_links(links: Sequence[_Link], language: str) -> Iterator[Hint]:
    vague = _vague(language)
    places: dict[str, set[str]] = {}
    for link in links:
        words = " ".join(link.text.split())
        bare = words.strip(_EDGES).casefold()
        if not words:
            yield Hint("link", "A link without words.", _short(link.href))
        elif bare in vague:
            yield Hint("link", "The words of this link do not say where it leads.", _short(words))
        elif _ADDRESS.fullmatch(words):
            yield Hint(
                "link",
                "A bare address as the words of a link: it is read out letter by letter.",
                _short(words),
            )
        if bare and bare not in vague:
            places.setdefault(bare, set()).add(link.href.rstrip("/"))
    for words, hrefs in places.items():
        if len(hrefs) > 1:
            yield Hint("link", f"The same words lead to {len(hrefs)} different places.", _short(words))


def _vague(language: str) -> set[str]:
    primary = language.partition("-")[0].casefold()
    return {words for known in ("en", primary) for words in _VAGUE.get(known, "").split(", ") if words}


def _shouts(text: str) -> bool:
    cased = [letter for letter in text if letter.isupper() or letter.islower()]
    return len(cased) >= 20 and len(text.split()) >= 4 and all(letter.isupper() for letter in cased)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _QUOTED else words[: _QUOTED - 1].rstrip() + "…"
