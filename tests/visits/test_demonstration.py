"""The promise that demo mode breaks: between regions that do not exist, once, and seen by the ministry."""

from datetime import UTC, datetime, timedelta

import pytest

from livinglab.accounts.queries import find_user
from livinglab.config import demo
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.visits.domain.kinds import CommitmentState
from livinglab.visits.models import Commitment, Visit
from livinglab.visits.operations import demonstration

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


def test_a_fictitious_region_misses_what_it_promised_once() -> None:
    for later in (0, 1):
        demo.add_people(at=AT + timedelta(days=later))
        demo.add_missed_commitment(at=AT + timedelta(days=later))
    commitment = Commitment.objects.get(organization__code="99.01")
    assert commitment.is_synthetic
    assert commitment.state == CommitmentState.ENDED
    assert {step.due_on < AT.date() for step in commitment.steps.all()} == {True}
    assert Visit.objects.filter(host__code="99.71").count() == 1


def test_no_region_that_exists_is_shown_failing() -> None:
    demo.add_people(at=AT)
    with tenancy(None):
        siak = Organization.objects.get(code="14.08")
        teladan = Organization.objects.get(code="99.71")
        somebody = find_user("sekda.teladan@demo.example")
    assert somebody is not None
    with pytest.raises(ValueError, match="fictitious"):
        demonstration.add_missed_commitment(
            host=teladan, visitor=siak, by_host=somebody, by_visitor=somebody, at=AT
        )
