"""The region against an assessor's level: raised with a reason, withdrawn, or settled from outside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations import policies
from livinglab.evaluations.domain.opinions import Opinion, with_checklist
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.ratings import may_be_requested
from livinglab.evaluations.domain.stages import level_text
from livinglab.evaluations.events import ObjectionRaised, ObjectionSettled
from livinglab.evaluations.models import Evaluation, Objection
from livinglab.evaluations.operations.problems import LONGEST_TEXT
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.operations.score_drafts import ScoreRefused
from livinglab.evaluations.operations.scores import find_problems, present_score, put
from livinglab.evaluations.queries import raters
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.raters import RatedLine
from livinglab.evaluations.queries.records import Standing
from livinglab.kernel.events import publish
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy


class Outcome(StrEnum):
    """What became of an objection."""

    UPHELD = "upheld"  # the level becomes the requested one
    PARTLY = "partly"  # another level than both
    DISMISSED = "dismissed"  # the level stays
    WITHDRAWN = "withdrawn"  # by the region


#: what an assessor can decide
SETTLEMENTS: Final = (Outcome.UPHELD, Outcome.PARTLY, Outcome.DISMISSED)


@dataclass(frozen=True, slots=True)
class Settled:
    """An objection with its outcome, and what the whole sheet is worth after it."""

    objection: Objection
    standing: Standing


def refusal_to_object(place: Place, line: RatedLine | None, *, state: State) -> Refusal | None:
    """This function will return why this person may not object to this indicator's level now."""
    refusal = policies.may_object(place.actor, state=state)
    if refusal is not None:
        return refusal
    if line is None or line.newest is None or line.difference == 0:
        return Refusal(
            "nothing_to_object_to",
            _("The region sees no assessor's level here that differs from its own answer."),
        )
    if any(one.stage == line.stage and one.outcome != Outcome.WITHDRAWN for one in line.objections):
        return Refusal("objected_already", _("The region objected to this level already: once is possible."))
    if line.open_objection is not None:
        return Refusal("objection_open", _("An earlier objection to this indicator is not settled yet."))
    return None


def raise_objection(
    *, place: Place, indicator: str, requested_level: Decimal | None, reason: str, at: datetime
) -> Objection:
    """This function will keep the region's objection to the assessors' level that it sees.

    Errors: `Refused` by the policy, where no level differs, for a second objection to the same level, without a
    reason, and for a level beyond the own answer.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        seen = raters.raters(place)
        line = seen.line(indicator) if seen else None
        ensure(refusal_to_object(place, line, state=State(evaluation.state)))
        assert line is not None
        reason = _checked(reason)
        ensure(_refusal_of_level(place, line, requested_level))
        assert requested_level is not None
        row = Objection.objects.create(
            organization_id=place.organization.id,
            evaluation_id=evaluation.id,
            indicator=indicator,
            stage=line.stage,
            requested_level=requested_level,
            reason=reason,
            raised_at=at,
            raised_by=place.actor.user_id,
        )
        facts = {"level": str(line.standing), "requested": str(requested_level)}
        _record(place, row, "objection_raised", at, facts)
        publish(
            ObjectionRaised(
                organization_id=place.organization.id,
                evaluation_id=evaluation.id,
                objection_id=row.id,
                indicator=indicator,
                at=at,
            )
        )
        _project(place, evaluation, at)
    return row


def withdraw(*, place: Place, objection_id: UUID, reason: str, at: datetime) -> Objection:
    """This function will take an open objection back.

    Errors: `Refused` by the policy, for one that is settled, and without a reason.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_object(place.actor, state=State(evaluation.state)))
        row = _open(place, objection_id)
        _settle(row, Outcome.WITHDRAWN, _checked(reason), by=place.actor.user_id, at=at)
        _record(place, row, "objection_withdrawn", at, {})
        _project(place, evaluation, at)
    return row


def settle(
    *,
    place: Place,
    objection_id: UUID,
    outcome: Outcome,
    reason: str,
    at: datetime,
    level: Decimal | None = None,
) -> Settled:
    """This function will settle an objection from outside; upheld or partly, the new level is scored with it.

    Facts and analysis of the score stay as the assessor wrote them last, the reason becomes its justification.
    Errors: `Refused` by the policy, for an objection that is not open, without a reason, and for a `level` that is no
    middle way; by the database for a conflict of interest.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(policies.may_settle(place.actor, state=State(evaluation.state)))
        row = _open(place, objection_id)
        reason = _checked(reason)
        if outcome not in SETTLEMENTS:
            raise Refused(Refusal("no_such_outcome", _("Choose what becomes of the objection.")))
        seen = raters.raters(place)
        line = seen.line(row.indicator) if seen else None
        assert line is not None, "an objection is to a level that stands"
        wanted = _new_level(row, line, outcome, level)
        _settle(row, outcome, reason, by=place.actor.user_id, at=at)
        facts = {"outcome": outcome, "before": str(line.standing), "after": str(wanted or line.standing)}
        _record(place, row, "objection_settled", at, facts)
        if wanted is None:
            standing = _project(place, evaluation, at)
        else:
            standing = _score(place, evaluation, line, wanted, reason, at)
    return Settled(row, standing)


def _score(
    place: Place, evaluation: Evaluation, line: RatedLine, level: Decimal, reason: str, at: datetime
) -> Standing:
    newest = line.newest
    given = (
        Opinion(level, newest.facts, newest.analysis, reason, None) if newest else Opinion(level, met=None)
    )
    opinion = with_checklist(given, lowest=place.instrument.scale.minimum)
    problems = find_problems(place, line.indicator, opinion)
    if problems:
        raise ScoreRefused(problems)
    row = present_score(evaluation, line.indicator)
    return put(place, evaluation, row, line.indicator, opinion, at=at).standing


def _new_level(row: Objection, line: RatedLine, outcome: Outcome, level: Decimal | None) -> Decimal | None:
    if outcome is Outcome.DISMISSED:
        return None
    if outcome is Outcome.UPHELD:
        return row.requested_level
    low, high = sorted((row.requested_level, line.standing))
    if level is None or not low < level < high:
        words = _(
            "Partly means a level between the assessor's and the requested one. Enter it, or choose otherwise."
        )
        raise Refused(Refusal("no_middle_way", words))
    return level


def _refusal_of_level(place: Place, line: RatedLine, requested: Decimal | None) -> Refusal | None:
    decimals = place.instrument.scale.decimals
    if requested is not None and may_be_requested(
        requested, own=line.own, external=line.standing, decimals=decimals
    ):
        return None
    words = _("Ask for a level between the assessor's %(external)s and the region's own answer %(own)s.")
    return Refusal(
        "level_not_to_be_requested",
        words % {"external": level_text(line.standing), "own": level_text(line.own)},
    )


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Refused(Refusal("reason_missing", _("Write the reason.")))
    if len(reason) > LONGEST_TEXT or "\x00" in reason:
        raise Refused(Refusal("reason_too_long", _("The reason is too long: at most 20,000 characters.")))
    return reason


def _open(place: Place, objection_id: UUID) -> Objection:
    row = raters.find_objection(place.organization.id, place.participation.id, objection_id)
    if row is None:
        raise Refused(Refusal("no_such_objection", _("There is no such objection in this evaluation.")))
    if row.outcome:
        raise Refused(Refusal("settled_already", _("This objection is settled already.")))
    return row


def _settle(row: Objection, outcome: Outcome, reason: str, *, by: UUID, at: datetime) -> None:
    row.outcome, row.outcome_reason, row.settled_at, row.settled_by = outcome, reason, at, by
    row.save(update_fields=["outcome", "outcome_reason", "settled_at", "settled_by"])
    publish(
        ObjectionSettled(
            organization_id=row.organization_id,
            evaluation_id=row.evaluation_id,
            objection_id=row.id,
            indicator=row.indicator,
            outcome=outcome,
            at=at,
        )
    )


def _record(place: Place, row: Objection, what: str, at: datetime, facts: Mapping[str, object]) -> None:
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=f"evaluations.{what}",
        subject=str(row.id),
        facts={
            "year": place.participation.year,
            "indicator": row.indicator,
            "stage": row.stage,
            **facts,
        },
    )


def _project(place: Place, evaluation: Evaluation, at: datetime) -> Standing:
    return project(evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at)
