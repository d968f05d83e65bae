"""The follow-through of the country: one statement over visits and how far each commitment is.

Shared rows only (docs/adr/0014). How far a commitment is stands beside it (`models.CommitmentFigure`), so that what
is counted here are visits, however many actions there are; with made-up rows left out nothing made up counts anywhere.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db import connection

from livinglab.visits.domain.funnel import DAYS_TO_RIPEN, FEWEST, Counts, Share, Stage, share_of
from livinglab.visits.domain.kinds import CommitmentState, MemberStatus, Occasion, VisitorKind
from livinglab.visits.domain.process import TOOK_PLACE

__all__ = [
    "DAYS_TO_RIPEN",
    "FEWEST",
    "Asked",
    "CohortCounts",
    "Counts",
    "Funnel",
    "Occasion",
    "Partner",
    "PartnerCounts",
    "Share",
    "Side",
    "Stage",
    "VisitorKind",
    "funnel",
    "share_of",
]


class Side(StrEnum):
    """Which party of a visit."""

    HOST = "host"
    VISITOR = "visitor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which visits are counted: all, those of visitors in some provinces, those of one organisation on one side.

    `by` says whose rows are wanted one by one: the hosts', or the visitors'.
    """

    today: date
    with_synthetic: bool = False
    province_ids: tuple[UUID, ...] | None = None
    organization_id: UUID | None = None
    side: Side = Side.HOST
    by: Side = Side.HOST


@dataclass(frozen=True, slots=True)
class Partner:
    """A host or a visitor; one that is not on the platform has no code and is never named."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PartnerCounts:
    """What came of the visits that one partner hosted or made."""

    kind: VisitorKind
    partner: Partner
    counts: Counts


@dataclass(frozen=True, slots=True)
class CohortCounts:
    """What came of a cohort: `counts.started` is its members whose membership is not disputed."""

    code: str
    name: str
    name_en: str
    visited: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Funnel:
    """The follow-through asked for; kinds of visitors are never added up with each other.

    `alone`: commitments without a visit, by what they came from; they follow up no visit. `years` are those in which
    visits were held.
    """

    kinds: Mapping[VisitorKind, Counts] = field(default_factory=dict)
    years: Mapping[tuple[VisitorKind, int], Counts] = field(default_factory=dict)
    partners: tuple[PartnerCounts, ...] = ()
    cohorts: tuple[CohortCounts, ...] = ()
    alone: Mapping[Occasion, Counts] = field(default_factory=dict)

    def of(self, kind: VisitorKind) -> Counts:
        """This function will return the counts of a kind of visitors; nothing where none came."""
        return self.kinds.get(kind, Counts())


def funnel(asked: Asked) -> Funnel:
    """This function will count the follow-through. One statement."""
    kinds: dict[VisitorKind, Counts] = {}
    years: dict[tuple[VisitorKind, int], Counts] = {}
    partners: list[PartnerCounts] = []
    cohorts: list[CohortCounts] = []
    alone: dict[Occasion, Counts] = {}
    for row in _rows(asked):
        counts = Counts(**{name: row[name] for name in _COUNTS})
        match row["what"]:
            case "kind":
                kinds[VisitorKind(row["kind"])] = counts
            case "year":
                years[VisitorKind(row["kind"]), row["year"]] = counts
            case "partner":
                partner = Partner(row["code"] or "", row["name"] or "")
                partners.append(PartnerCounts(VisitorKind(row["kind"]), partner, counts))
            case "cohort":
                cohorts.append(CohortCounts(row["code"], row["name"], row["name_en"], row["visited"], counts))
            case _:
                alone[Occasion(row["kind"])] = counts
    return Funnel(kinds, years, tuple(sorted(partners, key=_most_first)), tuple(cohorts), alone)


def _most_first(one: PartnerCounts) -> tuple[int, int, str]:
    return list(VisitorKind).index(one.kind), -one.counts.started, one.partner.code or "~"


_COUNTS: Final = (
    *("started", "committed", "acted", "adopted", "evidenced", "confirmed", "missed", "ripe", "ripe_acted"),
)

#: each commitment with how far it is; `models.CommitmentFigure` says what counts. What a guest that is not on the
#: platform does is not seen, so it misses nothing here
_PROMISES: Final = """
promise AS (
  SELECT promised.id, promised.visit_id, promised.organization_id, promised.signed_on, promised.occasion,
         figure.acted, figure.adopted, figure.evidenced, figure.confirmed,
         promised.organization_id IS NOT NULL AND coalesce(figure.open_days[1] < %(today)s, false) AS missed
    FROM visits_commitment AS promised
    JOIN visits_commitment_figure AS figure
      ON figure.commitment_id = promised.id AND figure.with_synthetic = %(with_synthetic)s
   WHERE promised.state <> %(withdrawn)s AND (%(with_synthetic)s OR NOT promised.is_synthetic)
)"""

#: a share is said of regions only: a ministry adopts nothing, and provinces stand in one kind with institutions that
#: are not on the platform and sign nothing here
_VISITS: Final = """
held AS (
  SELECT visit.visitor_kind AS kind, extract(year FROM visit.held_on)::int AS year,
         visit.held_on, visit.host_id, visit.visitor_id,
         visit.held_on <= %(ripe_on)s AND visit.visitor_id IS NOT NULL AND visit.visitor_kind = %(region)s AS ripe,
         promise.id IS NOT NULL AS committed,
         coalesce(promise.acted, false) AS acted,
         coalesce(promise.adopted, false) AS adopted,
         coalesce(promise.evidenced, false) AS evidenced,
         coalesce(promise.confirmed, false) AS confirmed,
         coalesce(promise.missed, false) AS missed
    FROM visits_visit AS visit
    LEFT JOIN promise ON promise.visit_id = visit.id
   WHERE visit.state = ANY(%(took_place)s) AND (%(with_synthetic)s OR NOT visit.is_synthetic)
)"""

_SUMS: Final = """
  count({counted}) AS started,
  count(*) FILTER (WHERE committed) AS committed,
  count(*) FILTER (WHERE acted) AS acted,
  count(*) FILTER (WHERE adopted) AS adopted,
  count(*) FILTER (WHERE evidenced) AS evidenced,
  count(*) FILTER (WHERE confirmed) AS confirmed,
  count(*) FILTER (WHERE missed) AS missed,
  count(*) FILTER (WHERE ripe) AS ripe,
  count(*) FILTER (WHERE ripe AND acted) AS ripe_acted
"""

_GROUPED: Final = """
grouped AS (
  SELECT CASE GROUPING(year, {by}_id) WHEN 3 THEN 'kind' WHEN 1 THEN 'year' ELSE 'partner' END AS what,
         kind, year, {by}_id AS partner_id, {sums}
    FROM held
   WHERE {narrowed}
   GROUP BY GROUPING SETS ((kind), (kind, year), (kind, {by}_id))
)"""

#: commitments without a visit, by what they came from
_ALONE: Final = """
alone AS (
  SELECT occasion, {sums}
    FROM (SELECT promise.*, true AS committed, signed_on <= %(ripe_on)s AS ripe FROM promise) AS promise
   WHERE visit_id IS NULL AND {narrowed}
   GROUP BY occasion
)"""

#: a member's visits and commitments together: a commitment without a visit counts, a disputed member does not
_COHORTS: Final = """
member AS (
  SELECT cohort.code, cohort.name, cohort.name_en, one.organization_id AS member_id,
         came.first IS NOT NULL AS visited,
         signed.organization_id IS NOT NULL AS committed,
         coalesce(signed.acted, false) AS acted,
         coalesce(signed.adopted, false) AS adopted,
         coalesce(signed.evidenced, false) AS evidenced,
         coalesce(signed.confirmed, false) AS confirmed,
         coalesce(signed.missed, false) AS missed,
         one.organization_id IS NOT NULL
           AND least(cohort.starts_on, came.first, signed.first) <= %(ripe_on)s AS ripe
    FROM (SELECT * FROM visits_cohort WHERE %(with_synthetic)s OR NOT is_synthetic) AS cohort
    LEFT JOIN visits_cohort_member AS one
      ON one.cohort_id = cohort.id AND one.status <> %(disputed)s AND {narrowed}
    LEFT JOIN (SELECT visitor_id, min(held_on) AS first FROM held GROUP BY visitor_id) AS came
      ON came.visitor_id = one.organization_id
    LEFT JOIN (
      SELECT organization_id, min(signed_on) AS first, bool_or(acted) AS acted, bool_or(adopted) AS adopted,
             bool_or(evidenced) AS evidenced, bool_or(confirmed) AS confirmed, bool_or(missed) AS missed
        FROM promise GROUP BY organization_id
    ) AS signed ON signed.organization_id = one.organization_id
), cohorts AS (
  SELECT code, name, name_en, count(*) FILTER (WHERE visited) AS visited, {sums}
    FROM member GROUP BY code, name, name_en
)"""

_ANSWER: Final = """
SELECT what, grouped.kind, year, partner.code, partner.name, NULL AS name_en, 0 AS visited, {columns}
  FROM grouped LEFT JOIN organizations_organization AS partner ON partner.id = grouped.partner_id
UNION ALL SELECT 'alone', occasion, NULL, NULL, NULL, NULL, 0, {columns} FROM alone
UNION ALL SELECT 'cohort', NULL, NULL, code, name, name_en, visited, {columns} FROM cohorts
"""


def _rows(asked: Asked) -> Iterator[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(asked.by, _narrowed(asked)), _parameters(asked))
        names = [column.name for column in cursor.description or ()]
        for row in cursor.fetchall():
            yield dict(zip(names, row, strict=True))


def _narrowed(asked: Asked) -> dict[str, str]:
    """Which visits, commitments without a visit, and members are counted, as conditions of this file."""
    if asked.organization_id is not None:
        own = "organization_id = %(organization_id)s"
        alone = own if asked.side is Side.VISITOR else "false"
        return {"held": f"{asked.side}_id = %(organization_id)s", "alone": alone, "member": f"one.{own}"}
    if asked.province_ids is None:
        return {"held": "true", "alone": "true", "member": "true"}
    regions = "(SELECT id FROM organizations_organization WHERE province_id = ANY(%(province_ids)s))"
    return {
        "held": f"visitor_id IN {regions}",
        "alone": f"organization_id IN {regions}",
        "member": f"one.organization_id IN {regions}",
    }


def _statement(by: Side, narrowed: Mapping[str, str]) -> str:
    parts = (
        _PROMISES,
        _VISITS,
        _GROUPED.format(by=by, sums=_SUMS.format(counted="*"), narrowed=narrowed["held"]),
        _ALONE.format(sums=_SUMS.format(counted="*"), narrowed=narrowed["alone"]),
        _COHORTS.format(sums=_SUMS.format(counted="member_id"), narrowed=narrowed["member"]),
    )
    return "WITH" + ",".join(parts) + _ANSWER.format(columns=", ".join(_COUNTS))


def _parameters(asked: Asked) -> dict[str, Any]:
    return {
        "today": asked.today,
        "ripe_on": asked.today - timedelta(days=DAYS_TO_RIPEN),
        "with_synthetic": asked.with_synthetic,
        "withdrawn": CommitmentState.WITHDRAWN.value,
        "region": VisitorKind.REGION.value,
        "took_place": [state.value for state in sorted(TOOK_PLACE)],
        "disputed": MemberStatus.DISPUTED.value,
        "province_ids": list(asked.province_ids or ()),
        "organization_id": asked.organization_id,
    }
