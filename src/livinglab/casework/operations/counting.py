"""Counts what services did, month by month. Projections: the audit entry is that of each case."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from livinglab.casework.domain.durations import Counted, taken
from livinglab.casework.models import Case, CaseFact, OfferedService, Reopening, ServiceMonth
from livinglab.casework.queries.running import package_of
from livinglab.kernel.freshness import changed
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, organizations
from livinglab.packages.domain.process import Outcome
from livinglab.packages.queries.calendars import days_of

#: what pages of these figures are fresh by
FIGURES: Final = "casework-figures"

_BATCH: Final = 5_000
_FOLLOWS: Final = ("release", "arrived", "ended", "outcome", "days", "hours", "is_late")


@dataclass(frozen=True, slots=True)
class _Month:
    service_id: UUID
    release: str
    month: date


def count_case(*, organization_id: UUID, case_id: UUID) -> None:
    """This function will bring the figures up to what a case says now; a second call changes nothing."""
    with tenancy(organization_id):
        _hold(organization_id, alone=False)
        row = _cases(organization_id).select_for_update(of=("self",)).filter(id=case_id).first()
        if row is None:
            return
        now = _fact(row, organizations().get(id=organization_id))
        before = CaseFact.objects.filter(case_id=case_id).first()
        if before is not None and _values(before) == _values(now):
            return
        held, is_new = list(_parts(before)) if before else [], before is None
        now.id = before.id if before else now.id
        now.save(force_insert=is_new, force_update=not is_new)
        says = list(_parts(now))
        _add(organization_id, [one for one in held if one not in says], sign=-1)
        _add(organization_id, [one for one in says if one not in held], sign=1)
        changed(FIGURES)


def recount(*, organization_id: UUID) -> int:
    """This function will count every case of an organisation anew, and return how many there are."""
    found: dict[_Month, Counted] = {}
    counted = 0
    with tenancy(organization_id):
        _hold(organization_id, alone=True)
        organization = organizations().get(id=organization_id)
        CaseFact.objects.filter(organization_id=organization_id).delete()
        ServiceMonth.objects.filter(organization_id=organization_id).delete()
        for facts in _batches(_fact(row, organization) for row in _cases(organization_id).iterator(_BATCH)):
            CaseFact.objects.bulk_create(facts)
            counted += len(facts)
            for month, part in (one for fact in facts for one in _parts(fact)):
                found[month] = found.get(month, Counted()) + part
        ServiceMonth.objects.bulk_create(
            ServiceMonth(
                organization_id=organization_id, **_key(month), **_numbers(part), **_histograms(part)
            )
            for month, part in found.items()
        )
        changed(FIGURES)
    return counted


def with_services() -> tuple[UUID, ...]:
    """This function will return the organisations that run or ran a service. One query."""
    return tuple(OfferedService.objects.values_list("organization_id", flat=True).distinct())


def _hold(organization_id: UUID, *, alone: bool) -> None:
    """This function will keep single cases from being counted while all of an organisation are."""
    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {lock}(hashtextextended(%s, 0))", [f"casework.counting/{organization_id}"])


def _cases(organization_id: UUID) -> "QuerySet[Case]":
    """Return the cases, with when they were opened again and whether they were late before that."""
    opened = Reopening.objects.filter(case_id=OuterRef("id"), organization_id=organization_id)
    rows = Case.objects.select_related("version").filter(organization_id=organization_id)
    rows = rows.annotate(
        opened_at=Subquery(opened.values("at")), was_late=Exists(opened.filter(was_late=True))
    )
    return rows.defer("state", "version__content", "version__parameters").order_by("id")


def _batches(facts: Iterable[CaseFact]) -> Iterator[list[CaseFact]]:
    batch: list[CaseFact] = []
    for fact in facts:
        batch.append(fact)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _fact(row: Case, organization: Organization) -> CaseFact:
    days = days_of(organization.zone)
    fact = CaseFact(
        organization_id=row.organization_id,
        case_id=row.id,
        service_id=row.service_id,
        release=row.version.release,
        arrived=days.local(row.started_at).date().replace(day=1),
    )
    if row.ended_at is None:
        return fact
    within = package_of(row.version).manifest.standard.within
    took = taken(
        started=getattr(row, "opened_at", None) or row.started_at,
        ended=row.ended_at,
        asked=row.asked_at,
        due=row.due_at,
        within=within if row.within_days is None else replace(within, days=row.within_days),
        days=days,
    )
    fact.ended = days.local(row.ended_at).date().replace(day=1)
    fact.outcome, fact.is_late = row.outcome, row.is_late or bool(getattr(row, "was_late", False))
    fact.days, fact.hours = took.days, took.hours
    return fact


def _values(fact: CaseFact) -> tuple[object, ...]:
    return tuple(getattr(fact, name) for name in _FOLLOWS)


def _parts(fact: CaseFact) -> Iterator[tuple[_Month, Counted]]:
    """This function will yield what a case adds: to the month in which it arrived, and to the one in which it ended."""
    yield _Month(fact.service_id, fact.release, fact.arrived), Counted(arrived=1)
    if fact.ended is None:
        return
    outcome = Outcome(fact.outcome)
    part = Counted(ended=Counter([outcome]))
    if outcome is not Outcome.WITHDRAWN:
        part = Counted(
            ended=Counter([outcome]),
            kept=int(not fact.is_late),
            breached=int(fact.is_late),
            days=Counter([fact.days]),
            hours=Counter([fact.hours]),
        )
    yield _Month(fact.service_id, fact.release, fact.ended), part


def _key(month: _Month) -> dict[str, object]:
    return {"service_id": month.service_id, "release": month.release, "month": month.month}


def _numbers(part: Counted) -> dict[str, int]:
    return {
        "arrived": part.arrived,
        **{outcome.value: part.ended.get(outcome, 0) for outcome in Outcome},
        "kept": part.kept,
        "breached": part.breached,
    }


def _histograms(part: Counted) -> dict[str, dict[str, int]]:
    return {
        name: {str(value): count for value, count in sorted(histogram.items())}
        for name, histogram in (("days", part.days), ("hours", part.hours))
    }


def _add(organization_id: UUID, parts: Iterable[tuple[_Month, Counted]], *, sign: int) -> None:
    for month, part in parts:
        key = _key(month)
        ServiceMonth.objects.bulk_create(
            [ServiceMonth(organization_id=organization_id, **key)], ignore_conflicts=True
        )
        row = ServiceMonth.objects.select_for_update().get(**key)
        for name, more in _numbers(part).items():
            setattr(row, name, getattr(row, name) + sign * more)
        for name, histogram in _histograms(part).items():
            setattr(row, name, _sum(getattr(row, name), histogram, sign))
        row.save()


def _sum(held: Mapping[str, int], more: Mapping[str, int], sign: int) -> dict[str, int]:
    together = Counter(held)
    for value, count in more.items():
        together[value] += sign * count
    return {value: count for value, count in together.items() if count}
