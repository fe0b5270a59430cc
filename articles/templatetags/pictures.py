"""Pictures in templates."""

from django import template

from articles import renditions
from articles.models import Image

register = template.Library()


@register.filter
def picture(image: Image, query: str = "") -> renditions.Shown:
    """Return what a page shows of an image; ``query`` goes behind each address."""
    return renditions.shown(image, query or "")


@register.filter
def card(image: Image) -> renditions.Card:
    """Return the card of an image, for links elsewhere."""
    return renditions.card_of(image)


@register.filter
def thumbnail(image: Image) -> str:
    """Return the address of the smallest rendition of an image."""
    return renditions.thumbnail(image)
