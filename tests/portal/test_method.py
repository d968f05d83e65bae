"""The method page states the numbers that the code uses, and no others."""

from decimal import Decimal

import pytest
from django.test import Client

from livinglab.comparisons.domain import peers, portrait, sensitivity
from livinglab.portal.web import thresholds


def test_the_thresholds_are_the_codes_own() -> None:
    assert thresholds.STRONG_FROM == portrait.STRONG_FROM
    assert thresholds.WEAK_BELOW == portrait.WEAK_BELOW
    assert thresholds.STRONG_ABOVE_KIND == portrait.STRONG_ABOVE_KIND
    assert thresholds.WEAK_BELOW_KIND == portrait.WEAK_BELOW_KIND
    assert thresholds.ROOM_FROM == portrait.ROOM_FROM
    assert thresholds.SIMILAR_START == peers.SIMILAR_START
    assert thresholds.MOST_PEERS == peers.LIMIT
    assert (
        Decimal(thresholds.SHIFT_PER_CENT) / 100
        == Decimal(sensitivity.SHIFT.numerator) / sensitivity.SHIFT.denominator
    )


@pytest.mark.django_db
def test_weights_bands_and_rules_come_from_the_instruments(client: Client) -> None:
    page = client.get("/about/method/").content.decode()
    for text in ("45,5", "16,5", "3,50 sampai di bawah 4,20", "4,20 sampai 5,00", "1,7995"):
        assert text in page
    english = client.get("/en/about/method/").content.decode()
    assert "3.50 to below 4.20" in english
