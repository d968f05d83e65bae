"""Reports are asked for, made by a job that says how far it is, and kept for a week."""

import logging
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from procrastinate.contrib.django import app

from livinglab.assessments.queries import get_instrument
from livinglab.audit import operations as audit
from livinglab.evaluations.adapters.docx_files import write_docx
from livinglab.evaluations.adapters.report_pdf import draw_pictures, write_pdf
from livinglab.evaluations.adapters.report_words import paper_of
from livinglab.evaluations.domain.actors import Actor
from livinglab.evaluations.domain.report import Report
from livinglab.evaluations.events import ReportMade
from livinglab.evaluations.models import Participation, ReportJob, ReportState
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.reports import report_of
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused
from livinglab.kernel.tenancy import tenancy

_log = logging.getLogger("livinglab.evaluations")

#: the job that makes a report; `livinglab.evaluations.tasks` defines it
TASK: Final = "evaluations.make_report"
QUEUE: Final = "reports"
LANGUAGES: Final = ("id", "en")
FORMS: Final = ("pdf", "docx")
KEPT_FOR: Final = timedelta(days=7)
#: a job that has not ended after this long died with its process
LOST_AFTER: Final = timedelta(minutes=5)


def audience_of(place: Place) -> str:
    """This function will return for whom a report is made: the region sees the stages that are shown to it."""
    return "external" if place.actor.is_external else "region"


def ask(*, place: Place, language: str, form: str, at: datetime) -> ReportJob:
    """This function will have a report made, and return the job; the same one while it is being made.

    Errors: `Refused` for a language or form that there is not.
    """
    if language not in LANGUAGES or form not in FORMS:
        raise Refused(Refusal("report_unknown", _("Choose a language and a form for the report.")))
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        rows = ReportJob.objects.filter(organization_id=place.organization.id, evaluation_id=evaluation.id)
        rows.filter(requested_at__lte=at - KEPT_FOR).delete()
        wanted = rows.filter(language=language, form=form, audience=audience_of(place))
        under_way = wanted.filter(state__in=(ReportState.WAITING, ReportState.WORKING))
        under_way.filter(requested_at__lte=at - LOST_AFTER).update(
            state=ReportState.FAILED, problem="lost", finished_at=at
        )
        present = under_way.first()
        if present is not None:
            return present
        job = ReportJob.objects.create(
            organization_id=place.organization.id,
            evaluation_id=evaluation.id,
            language=language,
            form=form,
            audience=audience_of(place),
            requested_at=at,
            requested_by=place.actor.user_id,
        )
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.report_asked",
            subject=str(job.id),
            facts={"year": place.participation.year, "language": language, "form": form},
        )
        app.configure_task(TASK, queue=QUEUE, allow_unknown=True).defer(
            organization_id=str(place.organization.id), job_id=str(job.id)
        )
    return job


def make(*, organization_id: UUID, job_id: UUID, at: datetime) -> None:
    """This function will make a report that was asked for; each step is told as it is done.

    A failure is kept with the job and not raised: asking again is one click. Running twice makes it once.
    """
    job = _begin(organization_id, job_id)
    if job is None:
        return
    try:
        report = _read(job, at)
        _tell(job, 30)
        content = _write(job, report, at)
    except Exception:
        _log.exception("a report could not be made", extra={"job": str(job_id)})
        _fail(job, "broken", at)
    else:
        _finish(job, content, at)


def _begin(organization_id: UUID, job_id: UUID) -> ReportJob | None:
    with tenancy(organization_id):
        rows = ReportJob.objects.select_for_update().defer("content")
        job = rows.filter(organization_id=organization_id, id=job_id, state=ReportState.WAITING).first()
        if job is not None:
            job.state, job.percent = ReportState.WORKING, 5
            job.save(update_fields=["state", "percent"])
    return job


def _read(job: ReportJob, at: datetime) -> Report:
    with tenancy(job.organization_id), override(job.language):
        one = Participation.objects.select_related("round", "organization").get(id=job.evaluation_id)
        actor = Actor(user_id=job.requested_by, is_ministry=job.audience == "external")
        place = Place(one.organization, one, get_instrument(one.round.instrument), actor)
        return report_of(place, language=job.language, at=at)


def _write(job: ReportJob, report: Report, at: datetime) -> bytes:
    paper = paper_of(report)
    _tell(job, 40)
    if job.form == "pdf":
        return write_pdf(paper)
    pictures = draw_pictures(paper)
    _tell(job, 70)
    return write_docx(paper, pictures, at=at)


def _tell(job: ReportJob, percent: int) -> None:
    _update(job, percent=percent)


def _fail(job: ReportJob, problem: str, at: datetime) -> None:
    _update(job, state=ReportState.FAILED, problem=problem, finished_at=at)


def _finish(job: ReportJob, content: bytes, at: datetime) -> None:
    with tenancy(job.organization_id):
        if _update(job, state=ReportState.DONE, percent=100, content=content, finished_at=at):
            publish(
                ReportMade(
                    organization_id=job.organization_id,
                    evaluation_id=job.evaluation_id,
                    report_id=job.id,
                    audience=job.audience,
                    at=at,
                )
            )


def _update(job: ReportJob, **values: object) -> bool:
    """Each step is a transaction of its own: a page that asks meanwhile sees how far it is. Whether it still works."""
    with tenancy(job.organization_id):
        rows = ReportJob.objects.filter(
            organization_id=job.organization_id, id=job.id, state=ReportState.WORKING
        )
        return bool(rows.update(**values))
