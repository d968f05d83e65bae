"""Applicants are asked how satisfied they are, and answer: once, by a link, without an account."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db.models import F

from livinglab.audit import operations as audit
from livinglab.kernel.clock import day_of
from livinglab.kernel.events import publish
from livinglab.kernel.freshness import changed
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import organizations
from livinglab.surveys import policies
from livinglab.surveys.domain.elements import ELEMENTS, Answers, checked
from livinglab.surveys.domain.invitations import Asked, LinkState, expiry_of
from livinglab.surveys.domain.scoring import SATISFIED, Band, own_band
from livinglab.surveys.events import SurveyAnswered
from livinglab.surveys.models import Comment, Invitation, Response, SatisfactionFigure, SurveyedService
from livinglab.surveys.queries.links import find_invitation, link_state, sealed, secret_of, token_hash

__all__ = ["Asked", "UnknownLink", "answer", "forget_comments", "invite", "note_unknown_link"]

#: what pages that show these figures are fresh by
FIGURES: Final = "surveys"


class UnknownLink(Exception):
    """The token opens nothing: forged, mistyped, replaced by a newer link, or of another organisation."""


class ServiceOfAnother(Exception):
    """The service that is asked about is already known as one of another organisation."""


def invite(*, organization_id: UUID, asked: Asked, by: UUID | None, at: datetime) -> str:
    """This function will make the link by which an applicant answers about a step of a case; return its token.

    Asked again about the same step, the applicant gets the same link and counts once; while it is open nothing is
    written. Errors: `Refused` when it was answered; `ServiceOfAnother`.
    """
    secret = secret_of(organization_id, asked.case_id, asked.step)
    with tenancy(organization_id):
        link = {"token_hash": token_hash(secret), "made_at": at, "expires_at": expiry_of(at)}
        zone = organizations().values_list("zone", flat=True).get(id=organization_id)
        invitation, is_new = Invitation.objects.select_for_update().get_or_create(
            organization_id=organization_id,
            case_id=asked.case_id,
            step=asked.step,
            defaults={
                "service_id": asked.service_id,
                "version": asked.version,
                "month": day_of(at, zone).replace(day=1),
                "comment_until": asked.comment_until,
                **link,
            },
        )
        if is_new:
            _count_asked(invitation, asked)
        else:
            state = link_state(invitation, at=at)
            ensure(policies.may_invite(state))
            if state is LinkState.OPEN and invitation.token_hash == link["token_hash"]:
                return sealed(secret)
            Invitation.objects.filter(id=invitation.id).update(**link)
        facts = {"name": asked.names["id"], "version": asked.version}
        audit.record(
            organization_id=organization_id,
            by=by,
            at=at,
            action="surveys.invited",
            subject=str(invitation.id),
            facts=facts,
        )
    return sealed(secret)


def answer(*, organization_id: UUID, token: str, answers: Answers, comment: str, at: datetime) -> Band:
    """This function will enter what the holder of a link answers, and return the band of their answers alone.

    The link then takes no more. Errors: `UnknownLink`; `Refused` when it was answered or expired and for a comment
    that is too long; `WrongAnswers`.
    """
    band = own_band(checked(answers))
    comment = comment.replace("\0", "").strip()
    with tenancy(organization_id):
        known = find_invitation(token)
        if known is None:
            raise UnknownLink
        invitation = Invitation.objects.select_for_update().get(id=known.id)
        ensure(policies.may_answer(link_state(invitation, at=at)))
        ensure(policies.may_comment(comment))
        Invitation.objects.filter(id=invitation.id).update(answered_at=at)
        by_element = {one.lower(): given for one, given in zip(ELEMENTS, answers, strict=True)}
        Response.objects.create(organization_id=organization_id, invitation=invitation, at=at, **by_element)
        if comment:
            _keep_comment(invitation, comment, band)
        _count_answer(invitation, answers, band)
        audit.record(
            organization_id=organization_id,
            by=None,
            at=at,
            action="surveys.answered",
            subject=str(invitation.id),
            facts={"version": invitation.version},
        )
        publish(
            SurveyAnswered(
                organization_id=organization_id,
                service_id=invitation.service_id,
                case_id=invitation.case_id,
                version=invitation.version,
                step=invitation.step,
            )
        )
    return band


def note_unknown_link(*, organization_id: UUID, at: datetime) -> None:
    """This function will note in the audit trail that somebody tried a link that is none."""
    audit.record(organization_id=organization_id, by=None, at=at, action="surveys.unknown_link")


def forget_comments(*, today: date, at: datetime) -> int:
    """This function will delete the comments whose last day is over, region by region, and say how many those were."""
    forgotten = 0
    for organization_id in SurveyedService.objects.values_list("organization_id", flat=True).distinct():
        with tenancy(organization_id):
            number, _by_model = Comment.objects.filter(keep_until__lt=today).delete()
            if number:
                audit.record(
                    organization_id=organization_id,
                    by=None,
                    at=at,
                    action="surveys.comments_deleted",
                    facts={"count": number},
                )
        forgotten += number
    return forgotten


def _count_asked(invitation: Invitation, asked: Asked) -> None:
    key = {
        "service": _service(invitation.organization_id, asked),
        "version": invitation.version,
        "step": invitation.step,
        "month": invitation.month,
    }
    SatisfactionFigure.objects.bulk_create([SatisfactionFigure(**key)], ignore_conflicts=True)
    SatisfactionFigure.objects.filter(**key).update(asked=F("asked") + 1)


def _service(organization_id: UUID, asked: Asked) -> SurveyedService:
    """Return the service as the public knows it, under its present name."""
    shown = {"package": asked.package, "name_id": asked.names["id"], "name_en": asked.names["en"]}
    service, is_new = SurveyedService.objects.get_or_create(
        service_id=asked.service_id,
        defaults={"organization_id": organization_id, "is_synthetic": asked.is_synthetic, **shown},
    )
    if service.organization_id != organization_id:
        raise ServiceOfAnother(str(asked.service_id))
    if not is_new and any(getattr(service, name) != value for name, value in shown.items()):
        SurveyedService.objects.filter(id=service.id).update(**shown)
    return service


def _keep_comment(invitation: Invitation, text: str, band: Band) -> None:
    Comment.objects.create(
        organization_id=invitation.organization_id,
        service_id=invitation.service_id,
        version=invitation.version,
        month=invitation.month,
        band=band,
        text=text,
        keep_until=invitation.comment_until,
    )


def _count_answer(invitation: Invitation, answers: Answers, band: Band) -> None:
    added = {one.lower(): F(one.lower()) + given for one, given in zip(ELEMENTS, answers, strict=True)}
    SatisfactionFigure.objects.filter(
        service__service_id=invitation.service_id,
        version=invitation.version,
        step=invitation.step,
        month=invitation.month,
    ).update(
        answered=F("answered") + 1,
        satisfied=F("satisfied") + int(band in SATISFIED),
        squares=F("squares") + sum(answers) ** 2,
        **added,
    )
    changed(FIGURES)
