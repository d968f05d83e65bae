"""Taking a package over: started with one click, parameters set, made ready, put live, paused, ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.accounts.queries import User
from livinglab.adoptions import policies
from livinglab.adoptions.domain.requirements import Requirement
from livinglab.adoptions.domain.states import ADOPTION_STEPS, AdoptionState, AdoptionStep
from livinglab.adoptions.domain.units import chain_of
from livinglab.adoptions.domain.values import Wrong, is_looser, taken
from livinglab.adoptions.events import AdoptionMoved
from livinglab.adoptions.models import Adoption, Answered, Value
from livinglab.adoptions.operations import editions
from livinglab.adoptions.operations.records import LONGEST_REASON, lock_adoption, record
from livinglab.adoptions.operations.serving import serve
from livinglab.adoptions.operations.units import refusal_of_values
from livinglab.adoptions.queries.adoptions import (
    agreement_of,
    missing_values,
    open_requirements,
    package_of,
    values_of,
)
from livinglab.adoptions.queries.seated import is_seated
from livinglab.adoptions.queries.units import values_for
from livinglab.kernel.clock import day_of
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable
from livinglab.organizations.queries import Organization, roles_in
from livinglab.packages.domain.manifest import Parameter
from livinglab.releases.queries.releases import Release, is_listed

LONGEST_NUMBER = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """How a requirement is met: a document's number and day; or waived, with a reason."""

    number: str = ""
    on: date | None = None
    waived_because: str = ""


class ValuesRefused(Exception):
    """Values that cannot be kept; nothing was written. `problems` by parameter."""

    def __init__(self, problems: Mapping[str, Wrong]) -> None:
        super().__init__(", ".join(f"{parameter}: {wrong}" for parameter, wrong in problems.items()))
        self.problems = problems


def start(*, organization: Organization, release: Release, by: User, at: datetime) -> Adoption:
    """This function will take a listed release over as it is; a second call returns the adoption that there is.

    Errors: `Refused` by the policy.
    """
    with tenancy(organization.id):
        known = Adoption.objects.filter(
            organization_id=organization.id, listing_id=release.listing_id
        ).exclude(state=AdoptionState.ENDED)
        ensure(
            policies.may_start(
                roles_in(by, organization.id),
                organization_id=organization.id,
                publisher_id=release.listing.publisher_id,
                is_listed=is_listed(release),
            )
        )
        if (row := known.first()) is not None:
            return row
        row = Adoption.objects.create(
            organization_id=organization.id,
            listing_id=release.listing_id,
            base=release,
            started_at=at,
            started_by=by.id,
            changed_at=at,
            is_synthetic=by.is_synthetic or organization.is_synthetic or release.listing.is_synthetic,
        )
        record(row, "adoptions.started", by=by.id, at=at, facts={"revision": release.version})
        editions.first(row, by=by.id, at=at)
        _tell(row)
    return row


def set_values(
    *,
    organization: Organization,
    adoption_id: UUID,
    unit_code: str,
    said: Mapping[str, Mapping[str, str]],
    by: User,
    at: datetime,
) -> Adoption:
    """This function will keep what was typed for parameters, for the adopter or one unit; an empty value is taken away.

    `said` holds the parts of each field by parameter (`domain.values.taken`). All or nothing.
    Errors: `Refused` by the policy, for a parameter that the package does not have, and for one that the unit may not
    set; `ValuesRefused`.
    """
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(refusal_to_set(row, by=by, unit_code=unit_code))
        known = {parameter.id: parameter for parameter in package_of(row).manifest.parameters}
        unknown = sorted(set(said) - set(known))
        if unknown:
            raise Refused(
                Refusal("parameter_unknown", _("The package has no parameter %s.") % ", ".join(unknown))
            )
        ensure(refusal_of_values(row, unit_code, [known[name] for name in said]))
        found = {name: taken(known[name], parts) for name, parts in said.items()}
        problems = {name: one.wrong for name, one in found.items() if one.wrong is not None}
        problems |= _looser(row, unit_code, {name: (known[name], one.value) for name, one in found.items()})
        if problems:
            raise ValuesRefused(problems)
        for name, one in found.items():
            place = Value.objects.filter(adoption_id=row.id, unit_code=unit_code, parameter=name)
            if one.value is None:
                place.delete()
            elif not place.update(value=one.value, set_at=at, set_by=by.id):
                Value.objects.create(
                    organization_id=organization.id,
                    adoption=row,
                    unit_code=unit_code,
                    parameter=name,
                    value=one.value,
                    set_at=at,
                    set_by=by.id,
                )
        where = {"code": unit_code} if unit_code else {}
        record(row, "adoptions.values_set", by=by.id, at=at, facts={"fields": sorted(found), **where})
        serve(row, by=by.id, at=at)
    return row


def _looser(
    row: Adoption, unit_code: str, found: Mapping[str, tuple[Parameter, object]]
) -> Mapping[str, Wrong]:
    """This function will return the numbers of a unit that may only become stricter, and are above what holds there."""
    if not unit_code or not any(parameter.only_stricter for parameter, _value in found.values()):
        return {}
    above = values_for(row, chain_of(unit_code)[1])
    return {
        name: Wrong.LOOSER
        for name, (parameter, value) in found.items()
        if name in above and is_looser(parameter, value, above[name].value)
    }


def refusal_to_set(row: Adoption, *, by: User, unit_code: str) -> Refusal | None:
    """This function will return why somebody may not set values, the adopter's or a unit's: for button and write."""
    return policies.may_set_values(
        roles_in(by, row.organization_id),
        state=AdoptionState(row.state),
        is_seated=bool(unit_code) and is_seated(row, by.id, unit_code),
    )


def answer(
    *,
    organization: Organization,
    adoption_id: UUID,
    requirement: Requirement,
    how: Answer,
    by: User,
    at: datetime,
) -> Answered:
    """This function will keep how a requirement of going live is met, or that somebody waives it and why.

    Errors: `Refused` by the policy; when neither a number with its day nor a reason is given; for a day to come; a
    requirement is waived only by who decides.
    """
    number, reason = (" ".join(storable(one).split()) for one in (how.number, how.waived_because))
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        roles = roles_in(by, organization.id)
        ensure(policies.may_edit(roles, state=AdoptionState(row.state)))
        if reason:
            ensure(policies.may_decide(roles))
        today = day_of(at, organization.zone)
        ensure(_refusal_of_answer(number, how.on, reason, today=today))
        kept, _created = Answered.objects.update_or_create(
            organization_id=organization.id,
            adoption=row,
            requirement=requirement,
            defaults={
                "is_waived": bool(reason),
                "number": "" if reason else number,
                "on": today if reason or how.on is None else how.on,
                "reason": reason,
                "answered_by": by.id,
                "answered_at": at,
            },
        )
        record(
            row,
            "adoptions.requirement_waived" if reason else "adoptions.requirement_met",
            by=by.id,
            at=at,
            facts={"kind": requirement},
        )
    return kept


def take(
    *,
    organization: Organization,
    adoption_id: UUID,
    step: AdoptionStep,
    reason: str = "",
    by: User,
    at: datetime,
) -> Adoption:
    """This function will put a service live, pause, resume or end it.

    Errors: `Refused` by the policy, and without a reason where one is owed (to pause and to end).
    """
    reason = " ".join(reason.split())
    with tenancy(organization.id):
        row = lock_adoption(organization.id, adoption_id)
        ensure(refusal_of_step(row, organization=organization, step=step, by=by))
        if step in (AdoptionStep.PAUSE, AdoptionStep.END) and not 0 < len(reason) <= LONGEST_REASON:
            raise Refused(Refusal("reason_missing", _("Say in up to 500 characters why.")))
        row.state = ADOPTION_STEPS[AdoptionState(row.state), step]
        row.reason = reason
        if step is AdoptionStep.GO_LIVE:
            row.live_at = at
        record(row, "adoptions.moved", by=by.id, at=at, facts={"kind": step})
        serve(row, by=by.id, at=at)
        _tell(row)
    return row


def refusal_of_step(
    row: Adoption, *, organization: Organization, step: AdoptionStep, by: User
) -> Refusal | None:
    """This function will return why a step may not be taken: the same for the button and for the write."""
    agreement = agreement_of(row)
    missing = len(open_requirements(row.id)) + len(missing_values(package_of(row), values_of(row.id)))
    return policies.may_take(
        roles_in(by, organization.id),
        state=AdoptionState(row.state),
        step=step,
        is_agreed=agreement is not None and agreement.is_agreed,
        missing=missing,
    )


def _refusal_of_answer(number: str, on: date | None, reason: str, *, today: date) -> Refusal | None:
    if reason:
        return (
            None
            if len(reason) <= LONGEST_REASON
            else Refusal("too_long", _("Say in up to 500 characters why."))
        )
    if not number or len(number) > LONGEST_NUMBER or on is None:
        return Refusal(
            "number_missing",
            _("Give the number and the day of the document, or say why the requirement is waived."),
        )
    if on > today:
        return Refusal("day_to_come", _("This day is still to come. Enter what was done already."))
    return None


def _tell(row: Adoption) -> None:
    publish(
        AdoptionMoved(
            organization_id=row.organization_id,
            adoption_id=row.id,
            listing_id=row.listing_id,
            state=row.state,
        )
    )
