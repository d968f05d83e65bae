"""The clock of all cases reaches each region, also while another one's job still waits."""

from datetime import timedelta

import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from livinglab.casework.models import Ring
from livinglab.casework.tasks import ring_due
from livinglab.kernel import clock
from livinglab.kernel.identifiers import new_id
from tests.casework.kit import home
from tests.organizations.people import organization

pytestmark = pytest.mark.django_db


def waiting() -> list[str]:
    rows = ProcrastinateJob.objects.filter(task_name="casework.ring_region", status="todo")
    return sorted(rows.values_list("args__organization_id", flat=True))


def test_a_region_whose_job_waits_keeps_no_other_region_from_its_own() -> None:
    regions = [home(), organization("14.08")]
    for one in regions:
        Ring.objects.create(organization=one, case_id=new_id(), at=clock.now() - timedelta(minutes=1))
    ring_due(0)
    both = sorted(str(one.id) for one in regions)
    assert waiting() == both
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing' WHERE args->>'organization_id' = %s", [both[1]]
        )
    ring_due(0)
    assert waiting() == both
