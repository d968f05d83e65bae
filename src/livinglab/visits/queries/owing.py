"""Who owes what: commitments with a step that is not done, missed ones first. For ministries and provinces."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection

from livinglab.visits.domain.kinds import CommitmentState

__all__ = ["Owed", "Owing", "Wanted", "owing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which commitments: of all regions or of some provinces; a part of the list, or all of it without `limit`."""

    today: date
    with_synthetic: bool = False
    province_ids: tuple[UUID, ...] | None = None
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A commitment and how many of its steps are done, and missed: past their day and not done.

    `missed_since` is the day of the oldest missed step, `next_due` that of the next open one; none where there is none.
    """

    commitment_id: UUID
    organization_id: UUID
    host_id: UUID | None
    title: str
    number: str
    code: str
    name: str
    host_code: str
    host: str
    signed_on: date
    ends_on: date
    steps: int
    done: int
    missed: int
    missed_since: date | None
    next_due: date | None
    is_synthetic: bool


@dataclass(frozen=True, slots=True)
class Owing:
    """A part of the list, and how many commitments the whole list has, and how many of them missed a step."""

    rows: tuple[Owed, ...]
    total: int
    missed: int


_ANSWER: Final = """
WITH standing AS (
  SELECT figure.commitment_id, figure.steps, cardinality(figure.open_days) AS open,
         (SELECT count(*) FROM unnest(figure.open_days) AS day WHERE day < %(today)s) AS missed,
         (SELECT min(day) FROM unnest(figure.open_days) AS day WHERE day < %(today)s) AS missed_since,
         (SELECT min(day) FROM unnest(figure.open_days) AS day WHERE day >= %(today)s) AS next_due
    FROM visits_commitment_figure AS figure
   WHERE figure.with_synthetic = %(with_synthetic)s AND figure.open_days <> '{}'
)
SELECT promised.id, promised.organization_id, visit.host_id, promised.title, promised.number,
       region.code, region.name, coalesce(host.code, ''), coalesce(host.name, ''),
       promised.signed_on, promised.ends_on, standing.steps, standing.steps - standing.open, standing.missed,
       standing.missed_since, standing.next_due, promised.is_synthetic,
       count(*) OVER () AS total, count(*) FILTER (WHERE standing.missed > 0) OVER () AS with_missed
  FROM standing
  JOIN visits_commitment AS promised ON promised.id = standing.commitment_id
  JOIN organizations_organization AS region ON region.id = promised.organization_id
  LEFT JOIN visits_visit AS visit ON visit.id = promised.visit_id
  LEFT JOIN organizations_organization AS host ON host.id = visit.host_id
 WHERE promised.state <> %(withdrawn)s AND (%(with_synthetic)s OR NOT promised.is_synthetic)
   AND (%(everywhere)s OR region.province_id = ANY(%(province_ids)s))
 ORDER BY standing.missed_since NULLS LAST, standing.next_due, promised.id
 LIMIT %(limit)s OFFSET %(offset)s
"""
_FIELDS: Final = (
    *("commitment_id", "organization_id", "host_id", "title", "number"),
    *("code", "name", "host_code", "host", "signed_on", "ends_on", "steps", "done"),
    *("missed", "missed_since", "next_due", "is_synthetic"),
)


def owing(wanted: Wanted) -> Owing:
    """This function will return who owes a step; behind the end of the list nothing, and no numbers. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ANSWER,
            {
                "today": wanted.today,
                "with_synthetic": wanted.with_synthetic,
                "withdrawn": CommitmentState.WITHDRAWN.value,
                "everywhere": wanted.province_ids is None,
                "province_ids": list(wanted.province_ids or ()),
                "limit": wanted.limit,
                "offset": wanted.offset,
            },
        )
        found = cursor.fetchall()
    rows = tuple(Owed(**dict(zip(_FIELDS, row[: len(_FIELDS)], strict=True))) for row in found)
    return Owing(rows, *(found[0][-2:] if found else (0, 0)))
