"""What became of words, on public and admin pages alike."""

from django import template
from django.utils.html import escape, format_html

from cms.differences import Piece

register = template.Library()


@register.filter
def marked(piece: Piece) -> str:
    """Return a piece with what became of it, said in words too. css/differences.css has the looks."""
    if piece.kind == "same":
        return escape(piece.text)
    return format_html(
        '<{tag}><span class="visually-hidden" lang="en">[{kind}: </span>{text}'
        '<span class="visually-hidden">]</span></{tag}>',
        tag="del" if piece.kind == "removed" else "ins",
        kind=piece.kind,
        text=piece.text,
    )
