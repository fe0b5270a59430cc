"""Markdown (CommonMark, without raw HTML) with YAML front matter between lines of three hyphens.

    ---
    headline: Words of the headline
    date: 2024-05-06
    topics: [Trade, Energy]
    sources:
      - publisher: Example Agency
        address: https://example.org/report
      - unknown: true
    ---

With no headline there, a first heading of level one is the headline; with none, the first sentence proposes
one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler
from markdown_it import MarkdownIt

from articles.body import clean, plain, require_text
from articles.importers.decoding import digest
from articles.importers.fields import DATED, HEADLINE, IDENTITY, STANDFIRST, TOPICS, Fields
from articles.importers.headlines import propose_headline
from articles.importers.item import BadItem, Item, whole_file

SUFFIXES = (".md", ".markdown")


def read(path: Path) -> Iterator[Item | BadItem]:
    """Yield the item of a Markdown file."""
    return whole_file(path, _item)


def _item(text: str, origin: str) -> Item:
    fields, source = _split_front_matter(require_text(text))
    headline, html = _render(source, fields.line(*HEADLINE))
    if not html:
        raise ValueError("has no text below its headline")
    return Item(
        headline=headline or propose_headline(plain(html)),
        body_html=html,
        external_id=fields.line(*IDENTITY) or digest(text),
        origin=origin,
        standfirst=fields.line(*STANDFIRST),
        language=fields.language(),
        byline=fields.byline(),
        dated=fields.date(*DATED),
        slug=fields.slug(),
        topics=fields.names(*TOPICS),
        sources=fields.sources(),
    )


class _FrontMatter(YAMLHandler):
    """Reads scalars as the text that they are: ``no``, ``007``, 2023-13-40 are no boolean, number or date."""

    def load(self, fm: str, **kwargs: object) -> Any:
        return yaml.load(fm, Loader=yaml.BaseLoader)  # noqa: S506


def _split_front_matter(text: str) -> tuple[Fields, str]:
    handler = _FrontMatter()
    text = text.lstrip()
    if not handler.detect(text):
        return Fields({}), text
    try:
        front, rest = handler.split(text)
    except ValueError as error:
        raise ValueError(
            "the front matter after the line --- does not end; end it with a line ---"
        ) from error
    try:
        fields = handler.load(front)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"the front matter is not YAML in line {line}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ValueError("the front matter is not YAML") from error
    if not isinstance(fields, dict):
        raise ValueError("the front matter has to be lines such as “headline: Words of the headline”")
    return Fields(fields), rest


def _render(source: str, headline: str) -> tuple[str, str]:
    """Return the headline and the clean HTML of the text, without a first heading that is the headline."""
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(source)
    if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        heading = plain(markdown.renderer.render(tokens[:3], markdown.options, {}))
        if headline in ("", heading):
            headline, tokens = heading, tokens[3:]
    return headline, clean(markdown.renderer.render(tokens, markdown.options, {}))
