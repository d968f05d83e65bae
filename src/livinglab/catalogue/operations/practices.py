"""Writes of practices: an officer writes, who answers for the region publishes, the public row follows."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.catalogue.domain.functions import Reliability, Status
from livinglab.catalogue.domain.practice_steps import State, Step, after
from livinglab.catalogue.domain.practices import PracticeText, Problem, problems, read_practice
from livinglab.catalogue.domain.shelf import EntryKind, ShelfEntry
from livinglab.catalogue.events import PracticePublished, PracticeWithdrawn
from livinglab.catalogue.models import OwnPractice, Practice
from livinglab.catalogue.operations.shelf import indicators_of, shelve, unshelve
from livinglab.catalogue.policies import may_record, may_take_step
from livinglab.catalogue.queries import region_services, taxonomy
from livinglab.catalogue.queries.practices import practice_key
from livinglab.catalogue.queries.shelf import indicator_levels
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, organizations, roles_in

LONGEST_REASON = 600


class PracticeRefused(Exception):
    """A text has problems; nothing was written."""

    def __init__(self, found: tuple[Problem, ...]) -> None:
        super().__init__(", ".join(f"{one.field}: {one.fault}" for one in found))
        self.problems = found


def write_practice(*, organization: Organization, text: PracticeText, by: User, at: datetime) -> OwnPractice:
    """This function will begin a practice as a draft of its region.

    Errors: `Refused` for somebody who may not, `PracticeRefused` with every problem of the text.
    """
    ensure(may_record(roles_in(by, organization.id)))
    text = _checked(organization, text, at, is_complete=False)
    with tenancy(organization.id):
        row = OwnPractice.objects.create(
            organization_id=organization.id,
            state=State.DRAFT,
            title=text.title,
            text=text.as_json(),
            written_at=at,
            written_by=by.id,
        )
        _record(row, "catalogue.practice_written", by, at)
    return row


def save_practice(
    *,
    organization: Organization,
    practice_id: UUID,
    base_version: int,
    text: PracticeText,
    by: User,
    at: datetime,
) -> OwnPractice:
    """This function will store a newer text of a practice; what was published stays public until the next time.

    Errors: `Refused` for somebody who may not, a practice handed in or withdrawn, and a text that somebody else
    changed since `base_version`; `PracticeRefused`; `OwnPractice.DoesNotExist`.
    """
    with tenancy(organization.id):
        row = _locked(organization, practice_id)
        ensure(may_take_step(roles_in(by, organization.id), State(row.state), Step.SAVE))
        if row.version != base_version:
            reason = _(
                "Somebody else changed this practice meanwhile. Open it again and enter your changes once more."
            )
            raise Refused(Refusal("changed_meanwhile", reason))
        text = _checked(organization, text, at, is_complete=False)
        row.text, row.title = text.as_json(), text.title
        row.version, row.state = row.version + 1, State.DRAFT
        row.written_at, row.written_by = at, by.id
        row.save()
        _record(row, "catalogue.practice_saved", by, at)
    return row


def move_practice(
    *, organization: Organization, practice_id: UUID, step: Step, reason: str = "", by: User, at: datetime
) -> OwnPractice:
    """This function will hand a practice in, return it with a reason, publish or withdraw it.

    Errors: `Refused` for somebody who may not, a step that its state does not allow, a return without a reason;
    `PracticeRefused` for handing in or publishing what is not complete; `OwnPractice.DoesNotExist`.
    """
    reason = storable(reason)
    with tenancy(organization.id):
        row = _locked(organization, practice_id)
        ensure(may_take_step(roles_in(by, organization.id), State(row.state), step))
        ensure(_refusal_of_reason(step, reason))
        if step in (Step.SUBMIT, Step.PUBLISH):
            _checked(organization, read_practice(row.text), at, is_complete=True)
        was_public = row.published is not None
        row.state = after(State(row.state), step) or row.state
        row.return_reason = reason if step is Step.RETURN else ""
        _keep_public_text(row, step, by, at)
        row.save()
        _record(row, _ACTIONS[step], by, at)
        if step is Step.PUBLISH:
            publish(PracticePublished(organization_id=organization.id, practice_id=row.id))
        elif step is Step.WITHDRAW and was_public:
            publish(PracticeWithdrawn(organization_id=organization.id, practice_id=row.id))
    return row


_ACTIONS = {
    Step.SUBMIT: "catalogue.practice_submitted",
    Step.RETURN: "catalogue.practice_returned",
    Step.PUBLISH: "catalogue.practice_published",
    Step.WITHDRAW: "catalogue.practice_withdrawn",
}


def _refusal_of_reason(step: Step, reason: str) -> Refusal | None:
    if step is Step.RETURN and not reason:
        return Refusal("reason_missing", _("Say what is to be changed before it can be published."))
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", _("Shorten the reason to 600 characters."))
    return None


def _keep_public_text(row: OwnPractice, step: Step, by: User, at: datetime) -> None:
    if step is Step.PUBLISH:
        row.published, row.published_at, row.published_by = row.text, at, by.id
    elif step is Step.WITHDRAW:
        row.published, row.published_at, row.published_by = None, None, None


def _locked(organization: Organization, practice_id: UUID) -> OwnPractice:
    return OwnPractice.objects.select_for_update().get(organization_id=organization.id, id=practice_id)


def _checked(
    organization: Organization, text: PracticeText, at: datetime, *, is_complete: bool
) -> PracticeText:
    text = text.trimmed()
    found = problems(
        text,
        taxonomy=taxonomy(),
        indicators=indicator_levels(),
        services={one.key for one in region_services(organization.code)},
        this_year=at.year,
        is_complete=is_complete,
    )
    if found:
        raise PracticeRefused(found)
    return text


def _record(row: OwnPractice, action: str, by: User, at: datetime) -> None:
    facts = {"name": row.title, "version": row.version}
    audit.record(
        organization_id=row.organization_id, by=by.id, at=at, action=action, subject=str(row.id), facts=facts
    )


def project_practice(*, organization_id: UUID, practice_id: UUID) -> None:
    """This function will make the public row of a practice equal to what its region published; none if withdrawn.

    Idempotent and deaf to order: it reads what is true now. Its audit entry was written with the practice.
    """
    with tenancy(organization_id):
        row = OwnPractice.objects.get(organization_id=organization_id, id=practice_id)
        if row.published is None or row.published_at is None:
            Practice.objects.filter(practice_id=practice_id).delete()
            unshelve(EntryKind.PRACTICE, [practice_key(practice_id)])
            return
        region = organizations().get(id=organization_id)
        text = read_practice(row.published)
        shown, _is_new = Practice.objects.update_or_create(
            practice_id=practice_id,
            defaults={
                "key": practice_key(practice_id),
                "region_code": region.code,
                "region_name": region.name,
                "service_key": text.service,
                "text": text.as_json(),
                "published_at": row.published_at,
                "is_synthetic": User.objects.filter(id=row.written_by, is_synthetic=True).exists(),
            },
        )
        shelve([_on_shelf(shown, text)], at=row.published_at)


def _on_shelf(row: Practice, text: PracticeText) -> ShelfEntry:
    named = [one.indicator for one in text.steps]
    return ShelfEntry(
        kind=EntryKind.PRACTICE,
        key=row.key,
        path=f"/practices/{row.key}/",
        title=text.title,
        summary_id=text.summary,
        summary_en=text.summary,
        body="\n".join((text.audience, text.result, text.lessons, text.legal_basis)),
        region_code=row.region_code,
        region_name=row.region_name,
        agency=text.agency,
        functions=(text.function,),
        indicators=tuple(dict.fromkeys(named or indicators_of((text.function,)))),
        status=Status(text.status),
        reliability=Reliability.REGION,
        known=text.known,
        is_synthetic=row.is_synthetic,
    )
