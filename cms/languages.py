"""Languages by name."""

from django.conf.locale import LANG_INFO

# Django names Chinese by its scripts only.
_UNLISTED = {"zh": "Chinese"}


def name_of(tag: str) -> str:
    """Return the English name of a BCP 47 tag's language, "Korean" for "ko"; an unknown tag itself."""
    for code in (tag.lower(), tag.lower().partition("-")[0]):
        if code in _UNLISTED:
            return _UNLISTED[code]
        if "name" in LANG_INFO.get(code, {}):
            return str(LANG_INFO[code]["name"])
    return tag
