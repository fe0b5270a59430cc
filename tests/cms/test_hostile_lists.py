"""The lists of the admin answer whatever is asked of them."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.urls import reverse

from cms.workplace.base import NewsroomAdmin
from tests.factories import make_article
from tests.staff import make_staff, signed_in

pytestmark = pytest.mark.django_db

VALUES = {"NUL": "a%00", "5,000 digits": "9" * 5000, "30 digits": "9" * 30}


def parameters(keeper: Any) -> Iterator[str]:
    """Yield the parameters of a list: its search, page, order and filters."""
    yield from ("q", "p", "o", "id")
    for each in keeper.list_filter:
        each = each[0] if isinstance(each, tuple) else each
        if isinstance(each, str):
            is_relation = keeper.model._meta.get_field(each).is_relation
            yield f"{each}__id__exact" if is_relation else f"{each}__exact"
            yield f"{each}__isnull"
        else:
            yield each.parameter_name
    if keeper.date_hierarchy:
        yield from (f"{keeper.date_hierarchy}__{part}" for part in ("year", "month", "day"))


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES.keys())
def test_no_filter_of_a_list_is_an_error_of_the_site(value: str) -> None:
    make_article("The bridge")
    client = signed_in(make_staff("admin"))
    client.raise_request_exception = False
    broken = []
    for model, keeper in admin.site._registry.items():
        if not isinstance(keeper, NewsroomAdmin):
            continue  # those of libraries
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        asked = [f"{address}?{name}={value}" for name in parameters(keeper)]
        broken += [each[:80] for each in asked if client.get(each).status_code >= 500]
    assert not broken, "\n".join(broken)
