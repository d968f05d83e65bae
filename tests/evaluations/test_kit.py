"""The made-up working sheet of the tests is one that no check stops."""

import pytest

from livinglab.evaluations.domain.checks import blocking
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.queries.checks import remarks_of
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, answer_everything, open_round


@pytest.mark.django_db
@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_a_sheet_with_evidence_for_every_level_may_be_approved(level: int) -> None:
    region = open_round()
    answer_everything(region, level)
    with tenancy(region.organization.id):
        found = blocking(remarks_of(region.as_(region.responsible), day=AT.date()), Step.APPROVE)
    assert sorted({one.check.id for one in found}) == []
