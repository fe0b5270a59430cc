"""An actor that was merged is public nowhere: no public address shows or counts it as an actor of its own."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from actors import actions
from tests.factories import make_actor, make_article, make_assertion
from tests.hidden_rows import Shown, make_shown
from tests.staff import make_staff
from tests.test_public_addresses import addresses, answers

pytestmark = pytest.mark.django_db

SLUG = "zzyzx-vale"


@pytest.fixture
def shown(settings: Any, tmp_path: Path) -> Shown:
    settings.RELATIONSHIP = ("ostria", "vesta")
    settings.MEDIA_ROOT = tmp_path
    return make_shown()


def test_no_public_address_leads_to_an_actor_that_was_merged(client: Client, shown: Shown) -> None:
    merged = make_actor("Zzyzx Vale", country=shown.ostria)
    article = make_article("On a parting", "Zzyzx Vale parted.")
    claim = make_assertion("They parted.", merged, article=article, about=[shown.vesta])
    wanted = [*addresses(shown), claim.get_absolute_url(), article.get_absolute_url()]
    before = answers(client, wanted)
    assert any(SLUG in text for text in before.values())
    actions.merge(shown.ada, merged, make_staff("editor"))
    for address, text in answers(client, wanted).items():
        assert SLUG not in text, address
    assert (
        f'href="{shown.ada.get_absolute_url()}"' in answers(client, [claim.get_absolute_url()]).popitem()[1]
    )
