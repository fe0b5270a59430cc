"""Shares in words."""

from django import template

register = template.Library()


@register.filter
def percent(share: float) -> str:
    """Return a share between 0 and 1 in whole percent: "93 %"."""
    return f"{share:.0%}".replace("%", "\u00a0%")
