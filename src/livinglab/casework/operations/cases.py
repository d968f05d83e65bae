"""What people and time do to cases: each act is one transaction, and a repeat of it changes nothing."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from hashlib import sha256
from uuid import UUID

from livinglab.accounts.queries import User
from livinglab.audit import operations as audit
from livinglab.casework import policies
from livinglab.casework.domain.contacts import Contact
from livinglab.casework.domain.numbers import case_number
from livinglab.casework.domain.states import Channel
from livinglab.casework.events import CaseMoved
from livinglab.casework.models import Case, Draft, Step, Task
from livinglab.casework.operations import asking, attachments, checking, publishing, telling
from livinglab.casework.operations.billing import waits_for_payment
from livinglab.casework.operations.booking import places_of as bookable
from livinglab.casework.operations.drafts import lock_draft
from livinglab.casework.operations.keeping import keep, next_number, register
from livinglab.casework.operations.locking import lock_case
from livinglab.casework.queries.attachments import is_file
from livinglab.casework.queries.publications import address_of
from livinglab.casework.queries.running import package_of, runner_of, state_of
from livinglab.casework.queries.seats import covers, seats_of
from livinglab.casework.queries.services import places_of, values_at
from livinglab.kernel.events import publish
from livinglab.kernel.identifiers import new_id
from livinglab.kernel.refusals import ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization
from livinglab.packages.domain.form import FieldType
from livinglab.packages.domain.manifest import Manifest, RoleKind
from livinglab.packages.queries import cases
from livinglab.packages.queries.cases import Actor, IllegalMove, Runner
from livinglab.packages.queries.filling import has_files

#: how the applicant is called in a case: who it is stands in the case, not in its steps
APPLICANT = "applicant"

#: what an act does to a case, at a moment that never lies before what already happened
_Act = Callable[[Runner, cases.Case, datetime], cases.Case]


def submit(
    *,
    organization: Organization,
    token: str,
    contact: Contact | None = None,
    by: UUID | None,
    at: datetime,
) -> Case:
    """This function will make a case of a form; sending it again returns the same case.

    `contact` is where the applicant agreed to be told, None where they look at the case's page themselves.
    The case begins and stays on the version of the form, whatever became of the service meanwhile.
    Errors: `UnknownDraft`; `AnswersRefused` with every mistake, and then no number was used.
    """
    with tenancy(organization.id):
        draft = lock_draft(organization.id, token, at=at, applicant=by)
        if draft.case_id is not None:
            return Case.objects.get(organization_id=organization.id, id=draft.case_id)
        row = _new_case(organization, draft, at=at)
        row.unit_code = draft.unit_code or _place_of(draft)
        telling.put_contact(row, contact, at=at)
        runs = _runner(organization, row)
        year = runs.days.local(at).year
        nth = next_number(organization.id, series=f"case/{draft.service.package}", unit_code="", year=year)
        row.number = case_number(draft.service.package, nth, year)
        state = runs.start(
            number=row.number,
            answers=draft.answers,
            parameters=runs.parameters(values_at(draft.version, row.unit_code)),
            by=_applicant(runs.package.manifest, draft),
            at=at,
        )
        state = checking.settled(runs, state, at=at)
        keep(row, None, state, runs=runs, key=row.key)
        brings_files = any(is_file(one) for one in draft.answers.values())
        draft.case_id, draft.answers = row.id, {}
        draft.save(update_fields=["case_id", "answers"])
        if brings_files:
            attachments.hand_over(draft, row, answers=state.answers, at=at)
        _told(row, state, by=by or draft.helped_by, at=at)
    return row


def complete(
    *,
    organization: Organization,
    case_id: UUID,
    task: str,
    answers: Mapping[str, object],
    key: str,
    by: User,
    at: datetime,
) -> Case:
    """This function will do an office's task. `key` names this act: a repeat with it changes nothing.

    Errors: `UnknownCase`; `Refused` without a seat; `IllegalMove`; `AnswersRefused`.
    """

    def act(runs: Runner, state: cases.Case, now: datetime) -> cases.Case:
        waiting = Task.objects.filter(case_id=case_id, node=task).order_by("token").first()
        if waiting is None:
            raise IllegalMove("over" if state.is_over else "not_waiting", task)
        is_seated = any(covers(seat, waiting) for seat in seats_of(organization.id, by.id))
        ensure(policies.may_work(is_seated=is_seated, assignee=waiting.assignee, by=by.id))
        actor = Actor(waiting.lane, str(by.id))
        return runs.complete(state, task=task, answers=answers, by=actor, at=now)

    return _moved(organization, case_id, act, key=key, by=by.id, at=at, of_task=task)


def answer(
    *,
    organization: Organization,
    case_id: UUID,
    task: str,
    answers: Mapping[str, object],
    key: str,
    by: UUID | None,
    at: datetime,
) -> Case:
    """This function will complete the form as the office asked for. The caller has checked that it is the applicant.

    Errors: as `complete`.
    """

    def act(runs: Runner, state: cases.Case, now: datetime) -> cases.Case:
        return runs.answer(state, task=task, answers=answers, by=citizen(runs.package.manifest), at=now)

    return _moved(organization, case_id, act, key=key, by=by, at=at, of_task="")


def withdraw(*, organization: Organization, case_id: UUID, key: str, by: UUID | None, at: datetime) -> Case:
    """This function will end a case for its applicant; the caller has checked who it is. Errors: `IllegalMove`."""

    def act(runs: Runner, state: cases.Case, now: datetime) -> cases.Case:
        return runs.withdraw(state, by=citizen(runs.package.manifest), at=now)

    return _moved(organization, case_id, act, key=key, by=by, at=at)


def pay(*, organization: Organization, case_id: UUID, key: str, paid_at: datetime, at: datetime) -> Case:
    """This function will let a case go on by what was paid at `paid_at`, which may lie before `at`.

    Whoever paid in time and was told late has paid in time, unless time has moved the case already.
    Errors: `UnknownCase`; `IllegalMove` where the case waits for no payment.
    """

    def act(runs: Runner, state: cases.Case, now: datetime) -> cases.Case:
        waiting = [one.node.id for one in runs.waiting(state) if waits_for_payment(runs, one.node.id)]
        if not waiting:
            raise IllegalMove("over" if state.is_over else "not_waiting")
        moment = max(min(paid_at, now), state.now)
        return runs.pay(state, task=waiting[0], by=citizen(runs.package.manifest), at=moment)

    return _moved(organization, case_id, act, key=key, by=None, at=at)


def check(
    *,
    organization: Organization,
    case_id: UUID,
    step: str,
    says: Mapping[str, object] | None,
    source: str,
    why: str,
    key: str,
    at: datetime,
) -> Case:
    """This function will let a case go on by what a register said; `says` is None where it gave no answer.

    Errors: `UnknownCase`; `IllegalMove` where the case does not wait there any more.
    """

    def act(runs: Runner, state: cases.Case, now: datetime) -> cases.Case:
        return runs.checked(state, task=step, says=says, source=source, why=why, at=now)

    return _moved(organization, case_id, act, key=key, by=None, at=at)


def ring(*, organization: Organization, case_id: UUID, at: datetime) -> Case:
    """This function will let time move a case: every timer up to `at` rings, in order. A second call finds nothing."""

    def act(runs: Runner, state: cases.Case, now: datetime) -> cases.Case:
        due = runs.next_ring(state)
        return state if due is None or due > now else runs.advance(state, to=now)

    return _moved(organization, case_id, act, key="", by=None, at=at)


def act_name(case_id: UUID, key: str) -> str:
    """This function will return by what an act stands in the steps of a case, so that a repeat is recognised."""
    return sha256(f"{case_id}/{key}".encode()).hexdigest()


def _moved(
    organization: Organization,
    case_id: UUID,
    act: _Act,
    *,
    key: str,
    by: UUID | None,
    at: datetime,
    of_task: str | None = None,
) -> Case:
    """Move a case and keep it. `of_task` names whose answers the act gave: "" the applicant's, else the step's."""
    name = act_name(case_id, key) if key else ""
    with tenancy(organization.id):
        row = lock_case(organization.id, case_id)
        if name and Step.objects.filter(organization_id=organization.id, key=name).exists():
            return row
        runs, before = _runner(organization, row), state_of(row)
        now = max(at, before.now)  # a clock that was set back stops nobody
        after = act(runs, before, now)
        publishing.ensure_impersonal(before, after, runs=runs)
        if after is not before:
            after = checking.settled(runs, after, at=max(now, after.now))
            keep(row, before, after, runs=runs, key=name)
            publishing.publish(row, before, after, runs=runs, by=by, at=at)
            _give_files(row, runs, after, of_task=of_task, at=at)
            _told(row, after, by=by, at=at, since=len(before.history))
            is_asked = asking.is_asked(row.outcome, runs.package.manifest) and not before.is_over
            if is_asked and not asking.is_answered(row, at=at):  # the last message carries the link
                asking.ask(organization=organization, row=row, by=None, at=at)
    return row


def _give_files(row: Case, runs: Runner, state: cases.Case, *, of_task: str | None, at: datetime) -> None:
    if of_task is None:
        return
    form = runs.form_id(of_task) if of_task else ""
    given = runs.package.tasks.get(form) if of_task else runs.package.form
    if given is None or not has_files(given):
        return
    answers = state.tasks.get(form, {}) if form else state.answers
    attachments.give(row, form=form, answers=answers, at=at)


def _runner(organization: Organization, row: Case) -> Runner:
    count = register(organization.id, row.unit_code)
    address = partial(address_of, organization.code)
    return runner_of(row.version, zone=organization.zone, count=count, places=bookable(row), address=address)


def _place_of(draft: Draft) -> str:
    """This function will return the village or district that the answers name and that offers the service, or ""."""
    fields = package_of(draft.version).form.fields.values()
    named = [str(draft.answers.get(one.id, "")) for one in fields if one.type is FieldType.PLACE]
    offering = places_of(draft.service_id) if named else ()
    return next((one for one in named if one in offering), "")


def _new_case(organization: Organization, draft: Draft, *, at: datetime) -> Case:
    return Case(
        id=new_id(),
        organization_id=organization.id,
        service=draft.service,
        version=draft.version,
        unit_code=draft.unit_code,
        secret=draft.secret,
        key=sha256(f"draft/{draft.id}".encode()).hexdigest(),
        channel=draft.channel,
        applicant=draft.applicant,
        helped_by=draft.helped_by,
        started_at=at,
        steps=0,
        is_synthetic=draft.service.is_synthetic,
    )


def citizen(manifest: Manifest) -> Actor:
    """This function will return the applicant of a package's cases, as who acts."""
    return Actor(next(one.id for one in manifest.roles if one.kind is RoleKind.CITIZEN), APPLICANT)


def _applicant(manifest: Manifest, draft: Draft) -> Actor:
    """This function will return who applies: the citizen, or the counter that fills the form in with them."""
    applicant = citizen(manifest)
    if draft.channel == Channel.SELF or draft.helped_by is None:
        return applicant
    return Actor(applicant.role, str(draft.helped_by))


def _told(row: Case, state: cases.Case, *, by: UUID | None, at: datetime, since: int = 0) -> None:
    first = state.history[since] if len(state.history) > since else None
    audit.record(
        organization_id=row.organization_id,
        by=by,
        at=at,
        action="casework.arrived" if since == 0 else "casework.moved",
        subject=row.number,
        facts={
            "kind": first.what if first else "",
            "step": first.on if first else "",
            "outcome": row.outcome,
        },
    )
    publish(
        CaseMoved(
            organization_id=row.organization_id,
            case_id=row.id,
            service_id=row.service_id,
            outcome=row.outcome,
        )
    )
