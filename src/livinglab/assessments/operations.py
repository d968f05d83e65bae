"""Writes of published results: imports, and the first load of the reference files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from livinglab.assessments import queries
from livinglab.assessments.adapters.table_files import read_table
from livinglab.assessments.domain.claims import (
    AverageClaim,
    Correction,
    RefusedRow,
    Reliability,
    ResultClaim,
    SourceStatement,
    leading_position,
)
from livinglab.assessments.domain.result_rows import Defaults, Row, read_average_rows, read_result_rows
from livinglab.assessments.events import ResultsPublished
from livinglab.assessments.models import PublishedAverage, PublishedResult, Source
from livinglab.audit import operations as audit
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.organizations.queries import Kind, organizations

Progress = Callable[[str], None]
RESULT_FILES = ("results-2023-2024.csv", "results-other-years.csv")
AVERAGES_FILE = "averages.csv"
CORRECTIONS_PER_ENTRY = 100  # some tens of kilobytes


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do. With any refused row nothing is stored."""

    added: int
    changed: int
    unchanged: int
    refused: tuple[RefusedRow, ...]
    years: tuple[int, ...]
    stored: bool
    corrections: tuple[Correction, ...] = ()  # one for each changed claim


class ReferenceRefused(ValueError):
    """A file of the repository's own reference data that cannot be loaded."""


@transaction.atomic
def import_results(
    *,
    rows: Sequence[Row],
    by: UUID | None,
    at: datetime,
    year: int | None = None,
    source: SourceStatement | None = None,
    dry_run: bool = False,
) -> ImportReport:
    """Store published results as claims and return what changed; all of `rows`, or none if any is refused.

    `year` and `source` hold for rows that do not state their own. A claim is known by organisation, year and
    source: a second import of the same file changes nothing. With `dry_run` nothing is stored in any case.
    """
    known = dict(organizations().exclude(kind=Kind.PLATFORM).values_list("code", "id"))
    claims, refused = read_result_rows(
        rows,
        defaults=Defaults(year, source),
        instrument_for_year=queries.instrument_for_year,
        organizations=known.keys(),
    )
    store = not dry_run and not refused
    report = _store_results(claims, refused, known, store=store)
    if store and report.added + report.changed:
        _lead(report.years)
        _tell(report, by=by, at=at)
    return report


def _store_results(
    claims: list[ResultClaim], refused: list[RefusedRow], organization_ids: dict[str, UUID], *, store: bool
) -> ImportReport:
    years = sorted({claim.year for claim in claims})
    present = {
        (one.organization_id, one.year, _statement(one.source)): one
        for one in PublishedResult.objects.filter(year__in=years).select_related("source")
    }
    sources = _sources({claim.source for claim in claims}) if store else {}
    new: list[PublishedResult] = []
    amended: list[PublishedResult] = []
    corrections: list[Correction] = []
    touched: set[int] = set()
    added = 0
    for claim in claims:
        organization_id = organization_ids[claim.code]
        one = present.get((organization_id, claim.year, claim.source))
        fields = _fields(claim)
        if one is None:
            added += 1
            touched.add(claim.year)
            if store:
                key = {
                    "organization_id": organization_id,
                    "year": claim.year,
                    "source": sources[claim.source],
                }
                new.append(PublishedResult(**key, **fields))
        elif differing := _amend(one, fields):
            amended.append(one)
            corrections.append(Correction(claim.code, claim.year, claim.source, *differing))
            touched.add(claim.year)
    if store:
        PublishedResult.objects.bulk_create(new, batch_size=500)
        PublishedResult.objects.bulk_update(amended, _FIELDS, batch_size=500)
    unchanged = len(claims) - added - len(amended)
    return ImportReport(
        added, len(amended), unchanged, tuple(refused), tuple(sorted(touched)), store, tuple(corrections)
    )


_FIELDS = ("instrument", "index", "predicate", "domains", "note")


def _fields(claim: ResultClaim | AverageClaim) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "instrument": claim.instrument,
        "index": claim.index,
        "domains": {code: str(value) for code, value in claim.domains.items()},
        "note": claim.note,
    }
    if isinstance(claim, ResultClaim):
        return {**fields, "predicate": claim.predicate}
    return {**fields, "is_leading": claim.leads}


def _amend(
    one: PublishedResult | PublishedAverage, fields: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Set the fields that differ, and return what they were and are; None where none differs."""
    after = {name: value for name, value in fields.items() if getattr(one, name) != value}
    before = {name: getattr(one, name) for name in after}
    for name, value in after.items():
        setattr(one, name, value)
    return (before, after) if after else None


def _statement(source: Source) -> SourceStatement:
    return SourceStatement(source.title, source.decision, Reliability(source.reliability))


def _sources(statements: Iterable[SourceStatement]) -> dict[SourceStatement, Source]:
    """Return the stored source of each statement, making those that are new."""
    stored = {_statement(source): source for source in Source.objects.all()}
    for statement in sorted(set(statements) - stored.keys(), key=lambda each: (each.title, each.decision)):
        stored[statement] = Source.objects.create(
            title=statement.title, decision=statement.decision, reliability=statement.reliability
        )
    return stored


def _lead(years: Iterable[int]) -> None:
    """Let the most reliable claim of each organisation and year lead."""
    groups: dict[tuple[UUID, int], list[PublishedResult]] = defaultdict(list)
    claims = PublishedResult.objects.filter(year__in=list(years)).select_related("source").order_by("id")
    for one in claims:
        groups[one.organization_id, one.year].append(one)
    follow: list[UUID] = []
    lead: list[UUID] = []
    for group in groups.values():
        leading = leading_position(
            [(one.index is not None, Reliability(one.source.reliability)) for one in group]
        )
        for position, one in enumerate(group):
            if one.is_leading != (position == leading):
                (lead if position == leading else follow).append(one.id)
    PublishedResult.objects.filter(id__in=follow).update(is_leading=False)
    PublishedResult.objects.filter(id__in=lead).update(is_leading=True)


def _tell(report: ImportReport, *, by: UUID | None, at: datetime) -> None:
    facts = {"added": report.added, "changed": report.changed, "years": list(report.years)}
    audit.record(by=by, at=at, action="assessments.results_imported", facts=facts)
    _record_corrections(report, by=by, at=at)
    changed("results")
    for year in report.years:
        publish(ResultsPublished(year=year))


def _record_corrections(report: ImportReport, *, by: UUID | None, at: datetime) -> None:
    """Keep what a source said before in the audit trail; a long list goes into several entries."""
    facts = [one.as_fact() for one in report.corrections]
    for start in range(0, len(facts), CORRECTIONS_PER_ENTRY):
        part = facts[start : start + CORRECTIONS_PER_ENTRY]
        audit.record(by=by, at=at, action="assessments.claims_corrected", facts={"corrections": part})


@transaction.atomic
def import_averages(*, rows: Sequence[Row], by: UUID | None, at: datetime) -> ImportReport:
    """Store published averages and return what changed; all of `rows`, or none if any is refused.

    Which of several sources leads is stated in the file, since it was decided by reading them.
    """
    claims, refused = read_average_rows(rows, instrument_for_year=queries.instrument_for_year)
    if refused:
        return ImportReport(0, 0, 0, tuple(refused), (), stored=False)
    sources = _sources({claim.source for claim in claims})
    present = {
        (one.scope, one.year, _statement(one.source)): one
        for one in PublishedAverage.objects.select_related("source")
    }
    new: list[PublishedAverage] = []
    amended: list[PublishedAverage] = []
    corrections: list[Correction] = []
    years: set[int] = set()
    for claim in claims:
        one = present.get((claim.scope, claim.year, claim.source))
        if one is None:
            key = {"scope": claim.scope, "year": claim.year, "source": sources[claim.source]}
            new.append(PublishedAverage(**key, **_fields(claim)))
        elif differing := _amend(one, _fields(claim)):
            amended.append(one)
            corrections.append(Correction(claim.scope, claim.year, claim.source, *differing))
        else:
            continue
        years.add(claim.year)
    for one in sorted(amended, key=lambda each: each.is_leading):  # who steps back goes first
        one.save()
    PublishedAverage.objects.bulk_create(new)
    unchanged = len(claims) - len(new) - len(amended)
    report = ImportReport(
        len(new),
        len(amended),
        unchanged,
        (),
        tuple(sorted(years)),
        stored=True,
        corrections=tuple(corrections),
    )
    if report.added + report.changed:
        facts = {"added": report.added, "changed": report.changed}
        audit.record(by=by, at=at, action="assessments.averages_imported", facts=facts)
        _record_corrections(report, by=by, at=at)
        changed("results")
        for year in report.years:
            publish(ResultsPublished(year=year))
    return report


def load_reference(*, by: UUID | None, at: datetime, progress: Progress | None = None) -> None:
    """Load the published results and averages of `reference/`. Idempotent.

    Raises ReferenceRefused naming file, line and reason if one of the files cannot be taken.
    """
    folder = Path(settings.REFERENCE_DIR)
    for name in RESULT_FILES:
        _all_taken(name, import_results(rows=read_table((folder / name).read_bytes()), by=by, at=at))
        if progress:
            progress(name)
    averages = read_table((folder / AVERAGES_FILE).read_bytes())
    _all_taken(AVERAGES_FILE, import_averages(rows=averages, by=by, at=at))
    if progress:
        progress(AVERAGES_FILE)


def _all_taken(name: str, report: ImportReport) -> None:
    if report.refused:
        reasons = "\n".join(f"{name}, {each}" for each in report.refused[:20])
        raise ReferenceRefused(f"{len(report.refused)} rows of {name} are refused:\n{reasons}")
