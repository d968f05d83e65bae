"""Papers and spreadsheets of an evaluation: its report as PDF, its working sheet out, looked at and taken over."""

import io
from collections.abc import Callable
from functools import partial
from typing import Final

import openpyxl

from benchmarks.evaluation_data import ASSESSED, COUNTRY, WORKING, YEAR, evaluation_database
from benchmarks.evaluations import Session, ministry, officer
from benchmarks.rows import Row, Target, timings
from livinglab.assessments.queries import get_instrument
from livinglab.evaluations.access import actor_before
from livinglab.evaluations.adapters.workbook_layout import ANSWERS_SHEETS, FIRST_ROW, KEYS_ROW
from livinglab.evaluations.models import ReportJob
from livinglab.evaluations.operations import reports, workbooks
from livinglab.evaluations.queries.participations import find_participation
from livinglab.evaluations.queries.places import Place
from livinglab.kernel import clock
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import find_organization

_ANSWERS: Final = 47


def place_of(session: Session, code: str) -> Place:
    """This function will return the place of an evaluation as this person has it."""
    organization = find_organization(code)
    assert organization is not None
    participation = find_participation(organization.id, YEAR)
    assert participation is not None
    actor = actor_before(session.user, organization.id, participation.id)
    return Place(organization, participation, get_instrument(participation.round.instrument), actor)


def report_pdf(*, runs: int) -> Row:
    """This function will time the making of the report of one region as PDF, as the job does it."""
    with evaluation_database(COUNTRY):
        place = place_of(ministry(), ASSESSED)

        def make() -> None:
            with tenancy(place.organization.id):
                ReportJob.objects.filter(organization_id=place.organization.id).delete()
            with tenancy(place.organization.id):
                job = reports.ask(place=place, language="id", form="pdf", at=clock.now())
            reports.make(organization_id=place.organization.id, job_id=job.id, at=clock.now())
            with tenancy(place.organization.id):
                job.refresh_from_db()
            if job.problem:
                raise RuntimeError(f"the report was not made: {job.problem}")

        p50, p95 = timings(make, runs=min(runs, 5), warmup=1)
    return Row(
        name="report-pdf",
        size="47 indicators x 3 stages",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=5_000),
    )


def workbook_out(*, runs: int) -> Row:
    """This function will time the writing of one working sheet as XLSX."""
    with evaluation_database(COUNTRY):
        place = place_of(officer(), WORKING)
        work = partial(workbooks.export, place=place, at=clock.now(), language="id")
        p50, p95 = timings(work, runs=min(runs, 9), warmup=1)
    return Row(name="workbook-out", size="47 answers", p50_ms=p50, p95_ms=p95, target=Target(p95_ms=2_000))


def workbook_in(*, runs: int) -> Row:
    """This function will time the reading of one working sheet from XLSX, up to the preview of its changes."""
    with evaluation_database(COUNTRY):
        place = place_of(officer(), WORKING)
        content = workbooks.export(place=place, at=clock.now(), language="id")

        def read() -> None:
            with tenancy(place.organization.id):
                draft = workbooks.upload(place=place, content=content, at=clock.now())
                workbooks.preview(place, draft)

        p50, p95 = timings(read, runs=min(runs, 9), warmup=1)
    return Row(
        name="workbook-in",
        size="47 answers, to the preview",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=2_000),
    )


def workbook_apply(*, runs: int) -> Row:
    """This function will time a workbook with every answer changed, from its upload to all answers being stored."""
    with evaluation_database(COUNTRY):
        place = place_of(officer(), WORKING)
        sent = {"content": b"", "turn": 0}

        def fill() -> None:
            sent["turn"] += 1
            exported = workbooks.export(place=place, at=clock.now(), language="id")
            sent["content"] = _filled(exported, f"Diisi di luar jaringan, kali {sent['turn']}.")

        def take_over() -> None:
            with tenancy(place.organization.id):
                draft = workbooks.upload(place=place, content=sent["content"], at=clock.now())
                found = workbooks.preview(place, draft)
            stored = workbooks.apply(place=place, draft=draft, seen=found.seen, choices={}, at=clock.now())
            if stored != _ANSWERS:
                raise RuntimeError(f"{stored} answers were stored, not {_ANSWERS}")

        p50, p95 = timings(take_over, runs=min(runs, 9), warmup=1, before=fill)
    return Row(
        name="workbook-apply",
        size="47 answers, all changed",
        p50_ms=p50,
        p95_ms=p95,
        target=Target(p95_ms=2_000),
    )


def _filled(workbook: bytes, facts: str) -> bytes:
    """The workbook with other facts in every row, as somebody fills it offline."""
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    sheet = book[ANSWERS_SHEETS["id"]]
    (column,) = (cell.column for cell in sheet[KEYS_ROW] if cell.value == "facts")
    for row in range(FIRST_ROW, FIRST_ROW + _ANSWERS):
        sheet.cell(row, column).value = facts
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


BENCHMARKS: Final[dict[str, Callable[[int], Row]]] = {
    "report-pdf": lambda runs: report_pdf(runs=runs),
    "workbook-out": lambda runs: workbook_out(runs=runs),
    "workbook-in": lambda runs: workbook_in(runs=runs),
    "workbook-apply": lambda runs: workbook_apply(runs=runs),
}
