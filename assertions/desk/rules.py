"""The page of the desk that tells what each rule earns."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from assertions.desk.pages import desk_page, let_in
from assertions.models import Assertion
from assertions.reviewing.rule_ledger import earned, edits, together

_NAMES = {
    "claim": "proposition",
    "act": "speech act",
    "event_class": "event class",
    "said": "day it was said",
    "quantities": "counts",
    "relays": "relay chain",
}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Show what became of the suggestions of each rule, and which of their fields people change."""
    let_in(request)
    lines = earned()
    changed = edits()
    context = {
        "lines": lines,
        "together": together(lines),
        "compared": changed.compared,
        "fields": [(field_name(name), count, count / changed.compared) for name, count in changed.by_field],
        "by_rule": [
            (rule, [(field_name(name), count) for name, count in counts])
            for rule, counts in sorted(changed.by_rule.items())
        ],
    }
    return desk_page(request, "rules", "What each rule earns", context)


def field_name(name: str) -> str:
    """Return what the desk calls a field of a claim."""
    if name in _NAMES:
        return _NAMES[name]
    known = {column.name: str(column.verbose_name) for column in Assertion._meta.concrete_fields}
    return known.get(name, name.replace("_", " "))
