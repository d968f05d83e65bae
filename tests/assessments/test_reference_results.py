"""The published results in `reference/`: all rows, as claims with a source, and the right one leads."""

import pytest

from livinglab.assessments.models import PublishedAverage, PublishedResult

pytestmark = pytest.mark.django_db


def test_every_row_is_a_claim() -> None:
    assert PublishedResult.objects.count() == 1236 + 57
    assert PublishedAverage.objects.count() == 50
