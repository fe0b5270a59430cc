"""The date that a text begins with. Pure."""

import calendar
import re
from datetime import date

from cms.dates import parse

_MARKED = re.compile(r"\s*date[ \t\xa0]*:?\s+(\d+[-/.~?]\S*)", re.IGNORECASE)
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_MONTH = "|".join(_MONTHS)
_WRITTEN = re.compile(
    rf"\s*(?:[A-Z][a-z]+day,?[ ])?(?:(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?P<month>{_MONTH})[ ](?P<day>\d{{1,2}}),[ ](?P<year>\d{{4}})"
    rf"|(?P<day2>\d{{1,2}})[ ](?P<month2>{_MONTH})[ ](?P<year2>\d{{4}}))[ \t\xa0]*(?:\n|$)"
)


def split_marked_date(text: str) -> tuple[str, str]:
    """Return the EDTF date of a text that begins with ``date YYYY-MM-DD``, and the rest; or ("", text).

    Raises ValueError if what stands there is no date.
    """
    if not (found := _MARKED.match(text)):
        return "", text
    written = found[1].rstrip(",;:.")
    parse(written)
    return written, text[found.end() :].lstrip()


def split_date_line(text: str) -> tuple[str, str]:
    """Return the day of a text whose first line is only a date, in English or ISO 8601, and the rest.

    ("", text) if it is none.
    """
    if not (found := _WRITTEN.match(text)):
        return "", text
    try:
        if found["iso"]:
            day = date.fromisoformat(found["iso"])
        else:
            month = _MONTHS[found["month"] or found["month2"]]
            day = date(int(found["year"] or found["year2"]), month, int(found["day"] or found["day2"]))
    except ValueError:
        return "", text
    return day.isoformat(), text[found.end() :].lstrip()
