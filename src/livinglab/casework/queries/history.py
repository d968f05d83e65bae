"""The steps of a region's cases without anything personal, as they leave for the long history."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import connection

from livinglab.casework.adapters.history import Limits, write_region
from livinglab.casework.models import ServiceVersion
from livinglab.casework.queries.running import package_of
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization

#: in the order of `adapters.history.COLUMNS`. A case that was opened again has two ends: its last step counts. The days
#: in which it rested are no time of the office's step. Who does a step, and that a superior was told, is no step
_STEPS: Final = """
COPY (
  SELECT service.publisher || '/' || service.package, version.release,
    (step.at AT TIME ZONE '{zone}')::date, step.place, step.what,
    CASE WHEN step.what = 'reopened' THEN '' ELSE step."on" END, step.role,
    extract(epoch FROM step.at - held.started_at)::bigint,
    coalesce(extract(epoch FROM step.at - lag(step.at) OVER earlier)::bigint, 0),
    CASE WHEN step.place = held.steps - 1 AND held.outcome <> '' THEN held.outcome ELSE '' END,
    CASE WHEN step.place = held.steps - 1 AND held.outcome <> '' THEN fact.days END,
    CASE WHEN step.place = held.steps - 1 AND held.outcome <> '' THEN held.is_late ELSE false END,
    held.is_synthetic
  FROM casework_step AS step
  JOIN casework_case AS held ON held.id = step.case_id
  JOIN casework_service AS service ON service.id = held.service_id
  JOIN casework_service_version AS version ON version.id = held.version_id
  LEFT JOIN casework_fact AS fact ON fact.case_id = held.id
  WHERE held.version_id = ANY('{{{versions}}}'::uuid[])
    AND step.what NOT IN ('assigned', 'released', 'escalated')
  WINDOW earlier AS (PARTITION BY step.case_id ORDER BY step.place)
) TO STDOUT (FORMAT csv)
"""


def export_region(organization: Organization, folder: Path, *, limits: Limits) -> dict[str, int]:
    """This function will write the steps of a region's cases as Parquet, and return how many each month has.

    Services whose package says that only aggregates may leave the region are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _steps(organization, folder) as csv:
        return write_region(organization.code, csv, folder, limits=limits)


@contextmanager
def _steps(organization: Organization, folder: Path) -> Iterator[Path]:
    """This function will give the steps as CSV, in a folder that goes again; memory does not grow with them."""
    with TemporaryDirectory(dir=folder, prefix=".export") as scratch:
        csv = Path(scratch) / "steps.csv"
        with tenancy(organization.id), csv.open("wb") as target, connection.cursor() as cursor:
            versions = [
                str(one.id)
                for one in ServiceVersion.objects.defer("content").filter(organization_id=organization.id)
                if not package_of(one).manifest.data.only_aggregates_leave
            ]
            statement = _STEPS.format(zone=clock.ZONES[organization.zone], versions=",".join(versions))
            with cursor.copy(statement) as rows:
                for part in rows:
                    target.write(part)
        yield csv
