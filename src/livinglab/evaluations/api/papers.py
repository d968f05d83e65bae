"""What leaves an evaluation as a file in the API, and what comes back: workbook, archive of evidence, report."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, cast
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from ninja import File, Query, Router, Status
from ninja.files import UploadedFile

from livinglab.evaluations.adapters.workbook_in import MAXIMUM_BYTES, WorkbookRefused
from livinglab.evaluations.api import answers as written
from livinglab.evaluations.api import paper_schemas as schemas
from livinglab.evaluations.api.session import HERE, Code, Year, place_of, session
from livinglab.evaluations.domain.workbook import FieldValue
from livinglab.evaluations.models import ReportJob, WorkbookDraft
from livinglab.evaluations.operations import evidence_archives, reports, workbooks
from livinglab.evaluations.operations.workbooks import ChoicesRefused, PreviewOutdated, RowRefusal
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.reports import find_report
from livinglab.evaluations.queries.reports import reports as reports_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.unknown import UnknownValue
from livinglab.ui.api import errors
from livinglab.ui.api.files import as_file

router = Router(tags=["evaluations"])
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_DRAFT: Final = f"{HERE}/workbook/{{draft_id}}"


_OUTDATED: Final = {
    "responses": {
        409: {
            "description": "Something changed since the preview; `stored` is how it stands now.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
        }
    }
}
Language = Annotated[Literal["id", "en"], Query(description="Language of the file.")]


@router.get(
    f"{HERE}/workbook", openapi_extra=as_file(_XLSX), auth=session, summary="Working sheet as a spreadsheet"
)
def get_workbook(request: HttpRequest, code: Code, year: Year, language: Language = "id") -> Any:
    """XLSX with drop-downs, open for what this person may write now."""
    place = place_of(request)
    content = workbooks.export(place=place, at=clock.now(), language=language)
    return _attachment(content, _XLSX, f"lembar-kerja-{code}-{year}-{language}.xlsx")


@router.post(
    f"{HERE}/workbook", response=schemas.WorkbookItem, auth=session, summary="Bring a filled workbook back"
)
def upload_workbook(
    request: HttpRequest,
    code: Code,
    year: Year,
    file: Annotated[UploadedFile, File(description="The working sheet of this round, at most 5 MB.")],
) -> Any:
    """It is read and waits for a day; no answer changes before it is applied."""
    place = place_of(request)
    if file.size is None or file.size > MAXIMUM_BYTES:
        return errors.problems([("file", _("The file is larger than 5 MB. A working sheet is far smaller."))])
    try:
        draft = workbooks.upload(place=place, content=file.read(), at=clock.now())
    except WorkbookRefused as error:
        return errors.problems([("file", str(error.message))])
    except Refused as error:
        return written.refused(error)
    return _preview_item(workbooks.preview(place, draft))


@router.get(_DRAFT, response=schemas.WorkbookItem, auth=session, summary="What a workbook would change")
def get_preview(request: HttpRequest, code: Code, year: Year, draft_id: UUID) -> Any:
    """As it stands now: another `seen` says that somebody changed something meanwhile."""
    place = place_of(request)
    return _preview_item(workbooks.preview(place, _draft(place, draft_id)))


@router.post(
    f"{_DRAFT}/application",
    response=schemas.AppliedItem,
    openapi_extra=_OUTDATED,
    auth=session,
    summary="Store what a workbook says",
)
def apply_workbook(
    request: HttpRequest, code: Code, year: Year, draft_id: UUID, body: schemas.ApplicationBody
) -> Any:
    """All of it in one transaction, or nothing: 409 when anything changed since the preview, 422 without a choice."""
    place = place_of(request)
    try:
        changed = workbooks.apply(
            place=place,
            draft=_draft(place, draft_id),
            seen=body.seen,
            choices={(one.indicator, one.field): one.choice for one in body.choices},
            at=clock.now(),
        )
    except PreviewOutdated as error:
        now = _preview_item(error.preview).model_dump(mode="json")
        return errors.error(409, _("Something changed since you looked. Nothing was stored yet."), stored=now)
    except ChoicesRefused as error:
        return errors.problems(_rows(error.refusals))
    except Refused as error:
        return written.refused(error)
    return schemas.AppliedItem(changed=changed)


@router.delete(_DRAFT, response={204: None}, auth=session, summary="Forget an uploaded workbook")
def discard_workbook(request: HttpRequest, code: Code, year: Year, draft_id: UUID) -> Any:
    """Nothing of it was stored."""
    place = place_of(request)
    workbooks.discard(place=place, draft=_draft(place, draft_id), at=clock.now())
    return Status(204, None)


def _draft(place: Place, draft_id: UUID) -> WorkbookDraft:
    found = workbooks.find_draft(place, draft_id, at=clock.now())
    if found is None:
        raise UnknownValue(_("workbook"), draft_id, status=404)
    return found


def _rows(found: Iterable[RowRefusal]) -> list[tuple[str, str]]:
    return [(one.indicator, str(reason)) for one in found for reason in one.reasons]


def _preview_item(found: workbooks.Preview) -> schemas.WorkbookItem:
    return schemas.WorkbookItem(
        id=found.draft.id,
        seen=found.seen,
        changes=[
            schemas.ChangeItem(
                indicator=one.indicator,
                field=cast(Any, one.field),
                before=_plain(one.before),
                after=_plain(one.after),
            )
            for row in found.touched
            for one in row.changes
        ],
        conflicts=[
            schemas.ConflictItem(
                indicator=one.indicator,
                field=cast(Any, one.field),
                base=_plain(one.base),
                theirs=_plain(one.theirs),
                mine=_plain(one.mine),
            )
            for row in found.touched
            for one in row.conflicts
        ],
        refused=[
            schemas.LeftRowItem(
                indicator=one.indicator, row=one.number, reasons=[str(each) for each in one.reasons]
            )
            for one in found.refusals
        ],
        unchanged=found.unchanged,
    )


def _plain(value: FieldValue) -> str | list[int] | None:
    if isinstance(value, Decimal):
        return str(value)
    return sorted(value) if isinstance(value, frozenset) else value


@router.post(
    f"{HERE}/archive",
    openapi_extra=as_file("application/zip"),
    auth=session,
    summary="All evidence as one zip",
)
def get_archive(request: HttpRequest, code: Code, year: Year, body: schemas.ArchiveBody) -> Any:
    """Named as the guide asks, with an index. By POST: exempt pieces are watermarked, and each opening is logged."""
    try:
        parts = evidence_archives.archive(
            place=place_of(request),
            reader_name=str(request.user),
            with_exempt=body.with_exempt,
            at=clock.now(),
        )
    except Refused as error:
        return written.refused(error)
    response = StreamingHttpResponse(parts, content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="bukti-dukung-{code}-{year}.zip"'
    return response


@router.get(
    f"{HERE}/reports", response=list[schemas.ReportItem], auth=session, summary="Reports that were asked for"
)
def list_reports(request: HttpRequest, code: Code, year: Year) -> Any:
    """Newest first; each is kept for a week."""
    place = place_of(request)
    audience = reports.audience_of(place)
    found = reports_of(place.organization.id, place.participation.id, audience)
    return [_report_item(one) for one in found]


@router.post(f"{HERE}/reports", response=schemas.ReportItem, auth=session, summary="Have a report made")
def ask_report(request: HttpRequest, code: Code, year: Year, body: schemas.ReportBody) -> Any:
    """A job makes it: ask again for how far it is. While it is being made, the same one comes back."""
    try:
        job = reports.ask(place=place_of(request), language=body.language, form=body.form, at=clock.now())
    except Refused as error:
        return written.refused(error)
    return _report_item(job)


@router.get(
    f"{HERE}/reports/{{job_id}}", response=schemas.ReportItem, auth=session, summary="How far a report is"
)
def get_report(request: HttpRequest, code: Code, year: Year, job_id: UUID) -> Any:
    """Once its state is `done`, its file can be fetched."""
    return _report_item(_report(place_of(request), job_id))


@router.get(
    f"{HERE}/reports/{{job_id}}/file",
    openapi_extra=as_file(*_TYPES.values()),
    auth=session,
    summary="A report that is made",
)
def get_report_file(request: HttpRequest, code: Code, year: Year, job_id: UUID) -> Any:
    """PDF or DOCX; 404 until it is made."""
    job = _report(place_of(request), job_id)
    if job.content is None:
        raise UnknownValue(_("report"), job_id, status=404)
    stem = "laporan" if job.language == "id" else "report"
    name = f"{stem}-{code}-{year}-{job.language}.{job.form}"
    return _attachment(bytes(job.content), _TYPES[job.form], name)


def _report(place: Place, job_id: UUID) -> ReportJob:
    audience = reports.audience_of(place)
    found = find_report(place.organization.id, place.participation.id, audience, job_id)
    if found is None:
        raise UnknownValue(_("report"), job_id, status=404)
    return found


def _report_item(job: ReportJob) -> schemas.ReportItem:
    return schemas.ReportItem(
        id=job.id,
        language=cast(Any, job.language),  # the database holds nothing else, here and below
        form=cast(Any, job.form),
        state=cast(Any, job.state),
        percent=job.percent,
        problem=cast(Any, job.problem or None),
        requested_at=job.requested_at,
        finished_at=job.finished_at,
    )


def _attachment(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
