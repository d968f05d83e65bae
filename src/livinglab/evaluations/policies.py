"""Who may do what in an evaluation. Each policy returns None or a Refusal: for the button and for the write."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from livinglab.evaluations.domain import process
from livinglab.evaluations.domain.actors import (
    ASSIGNS,
    KEEPS_TEAM,
    WRITES_EVERY_ANSWER,
    WRITES_OWN_ANSWERS,
    Actor,
)
from livinglab.evaluations.domain.answers import TAKEN_BY, AnswerState, AnswerStep, Duty, next_state
from livinglab.evaluations.domain.process import Party, State, Step
from livinglab.evaluations.domain.ratings import is_shown
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.kernel.refusals import Refusal

_TAKEN_BY_WORDS: Final[Mapping[Duty, Promise]] = {
    Duty.WRITER: _(
        "Only the agency or person this indicator was given to, and the data entry officers, do this."
    ),
    Duty.INTERNAL_ASSESSOR: _("Only an internal assessor who is not of the answering agency does this."),
    Duty.RESPONSIBLE_OFFICER: _("Only the responsible officer does this."),
}
_NOT_NOW: Final[Mapping[AnswerState, Promise]] = {
    AnswerState.OPEN: _("The answer was not handed in yet."),
    AnswerState.ANSWERED: _("The answer lies with the internal assessor."),
    AnswerState.RETURNED: _("The answer was returned and has to be handed in again."),
    AnswerState.ACCEPTED: _("The answer lies with the responsible officer."),
    AnswerState.VALIDATED: _("The answer is validated."),
}
_PARTY_WORDS: Final[Mapping[Party, Promise]] = {
    Party.RESPONSIBLE_OFFICER: _("the responsible officer"),
    Party.COORDINATOR: _("the coordinator"),
    Party.EXTERNAL_ASSESSOR: _("the assigned assessor"),
    Party.MINISTRY: _("the ministry"),
}


_NEXT_WORDS: Final[Mapping[Step, Promise]] = {
    Step.APPROVE: _("approving the self-assessment"),
    Step.SIGN: _("signing minutes and consent"),
    Step.SEND: _("sending the self-assessment"),
    Step.INTERVIEW: _("opening the interview"),
    Step.VISIT: _("opening the visit"),
    Step.CONSOLIDATE: _("consolidating the scores"),
    Step.DECIDE: _("entering the decision"),
}


def may_read(actor: Actor, *, is_reader: bool, state: State | None) -> Refusal | None:
    """This function will return why somebody may not read an organisation's evaluation.

    Assessors and the ministry read what was sent; while the region works, its draft is its own.
    """
    if is_reader:
        return None
    if not actor.is_external:
        return Refusal("no_part", _("You have no part in this region's evaluation."))
    if state is not None and process.STAGE_OF[state] is Stage.SELF:
        words = _(
            "The region still works on its self-assessment. Assessors and the ministry read it once it is sent."
        )
        return Refusal("not_sent", words)
    return None


def may_take_answer_step(
    actor: Actor,
    step: AnswerStep,
    *,
    evaluation_state: State,
    answer_state: AnswerState,
    agency_id: UUID | None,
    assignee_id: UUID | None,
) -> Refusal | None:
    """This function will return why this person may not take this step with this answer now."""
    if evaluation_state not in process.OPEN_TO_THE_REGION:
        return Refusal(
            "evaluation_closed", _("The self-assessment is closed: nothing in it changes any more.")
        )
    if next_state(answer_state, step) is None:
        return Refusal("answer_elsewhere", _NOT_NOW[answer_state])
    wanted = TAKEN_BY[step][answer_state]
    if not wanted & actor.duties(agency_id=agency_id, assignee_id=assignee_id):
        first = next(duty for duty in Duty if duty in wanted)
        return Refusal("not_your_step", _TAKEN_BY_WORDS[first])
    return None


def may_import(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not bring a filled workbook back; each row is asked again."""
    if not actor.roles & (WRITES_EVERY_ANSWER | WRITES_OWN_ANSWERS):
        return Refusal("not_a_writer", _("Only those who answer indicators bring a workbook back."))
    if state not in process.OPEN_TO_THE_REGION:
        return Refusal(
            "evaluation_closed", _("The self-assessment is closed: nothing in it changes any more.")
        )
    return None


def may_assign(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not give indicators to agencies and people."""
    if not actor.roles & ASSIGNS:
        return Refusal(
            "not_an_assigner", _("Only the coordinator and the responsible officer assign indicators.")
        )
    if state not in process.OPEN_TO_THE_REGION:
        return Refusal(
            "evaluation_closed", _("The self-assessment is closed: nothing in it changes any more.")
        )
    return None


def may_keep_team(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not keep the decree and the members of the assessor team."""
    if not actor.roles & KEEPS_TEAM:
        return Refusal(
            "not_a_team_keeper",
            _("Only the coordinator, the responsible officer and the data entry officers keep the team."),
        )
    if state not in process.OPEN_TO_THE_REGION:
        return Refusal(
            "evaluation_closed", _("The self-assessment is closed: nothing in it changes any more.")
        )
    return None


def may_take_step(actor: Actor, step: Step, *, state: State, kind: RoundKind) -> Refusal | None:
    """This function will return why this person may not move the evaluation on by this step now."""
    if process.next_state(state, step, kind) is None:
        return Refusal("not_in_this_state", _not_now(state, kind))
    wanted = process.TAKEN_BY[step]
    if not wanted & actor.parties:
        words = _("This step is taken by: %(parties)s.")
        return Refusal("not_your_step", words % {"parties": _named(wanted)})
    return None


def _not_now(state: State, kind: RoundKind) -> Promise | str:
    """What comes first, and who does it: the steps that are possible now, but for going back."""
    onward = [step for step in process.steps_from(state, kind) if step is not Step.REOPEN]
    if not onward:
        return _("The decision is entered; this evaluation is closed.")
    steps = (f"{_NEXT_WORDS[step]} ({_named(process.TAKEN_BY[step])})" for step in onward)
    words = _("This step does not follow from where the evaluation stands. Next: %(steps)s.")
    return words % {"steps": "; ".join(steps)}


def _named(parties: frozenset[Party]) -> str:
    return ", ".join(str(_PARTY_WORDS[party]) for party in Party if party in parties)


def may_approve(*, unvalidated: int, errors: int) -> Refusal | None:
    """This function will return why the responsible officer may not approve the self-assessment yet."""
    missing = Refusal(
        "answers_missing",
        _("%(count)s indicators are not validated yet. Validate each answer first.") % {"count": unvalidated},
    )
    return joined(missing if unvalidated else None, may_pass_checks(errors=errors))


def joined(*refusals: Refusal | None) -> Refusal | None:
    """This function will return everything that stands in the way as one refusal, with the code of the first."""
    found = [one for one in refusals if one is not None]
    if not found:
        return None
    return Refusal(
        found[0].code, format_lazy(" ".join("{}" for _one in found), *(one.reason for one in found))
    )


def may_pass_checks(*, errors: int) -> Refusal | None:
    """This function will return why a step that the quality checks guard cannot be taken; warnings stop nothing."""
    if not errors:
        return None
    words = _("The checks found %(count)s errors. Correct them first; warnings do not stop you.")
    return Refusal("checks_failed", words % {"count": errors})


def may_score(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not score as an external assessor now."""
    if not actor.is_external:
        return Refusal("not_an_assessor", _("Only the assessors assigned to this region score its answers."))
    if state not in process.OPEN_TO_ASSESSORS:
        return Refusal("not_open_to_assessors", _("Assessors score after the self-assessment was sent."))
    return None


def may_show_scores(actor: Actor, *, state: State, shown_stage: str) -> Refusal | None:
    """This function will return why this person may not show the region the scores of the stage under way."""
    if (refusal := may_score(actor, state=state)) is not None:
        return refusal
    if is_shown(process.STAGE_OF[state], state=state, shown_stage=shown_stage):
        return Refusal("shown_already", _("The region sees the scores of this stage already."))
    return None


def may_object(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not object to an assessor's level now."""
    if not actor.roles & {"coordinator", "responsible_officer"}:
        return Refusal("not_the_region", _("Only the coordinator and the responsible officer object."))
    if state not in {State.DOCUMENT, State.INTERVIEW, State.VISIT}:
        return Refusal(
            "no_objection_now", _("Objections are raised while the assessors work, before consolidation.")
        )
    return None


def may_settle(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not settle an objection now."""
    return may_score(actor, state=state)


def may_review_validity(actor: Actor, *, state: State) -> Refusal | None:
    """This function will return why this person may not mark a score valid or not; that is the review team's work."""
    if not actor.is_ministry:
        return Refusal("not_the_review_team", _("Only the ministry's review team marks scores valid or not."))
    if state not in process.OPEN_TO_ASSESSORS:
        return Refusal("not_open_to_assessors", _("Assessors score after the self-assessment was sent."))
    return None


def may_keep_assessors(*, is_ministry: bool) -> Refusal | None:
    """This function will return why somebody may not assign external assessors: a ministry does."""
    if is_ministry:
        return None
    return Refusal("not_the_ministry", _("Only the ministry assigns external assessors."))


def may_be_assigned(*, is_assessor: bool, has_home: bool) -> Refusal | None:
    """This function will return why a person can be assigned to no region at all."""
    if not is_assessor:
        return Refusal(
            "not_an_assessor", _("Only people with the role of external assessor can be assigned.")
        )
    if not has_home:
        words = _("The assessor's home region is not entered yet. Enter it first.")
        return Refusal("an_assessors_home_is_known", words)
    return None


def may_enter_own_profile(*, is_ministry: bool, is_assessor: bool, is_home_known: bool) -> Refusal | None:
    """This function will return why somebody may not enter the own home and university: once, as an assessor."""
    if is_ministry:
        return None
    if not is_assessor:
        return Refusal("not_an_assessor", _("Only external assessors enter where they are at home."))
    if is_home_known:
        return Refusal(
            "home_is_kept", _("Your home region is entered. The ministry corrects it if it is wrong.")
        )
    return None


def may_consolidate(*, open_objections: int) -> Refusal | None:
    """This function will return why the scores cannot be consolidated yet: each objection is settled first."""
    if not open_objections:
        return None
    return Refusal(
        "objections_open",
        _("%(count)s objections of the region are open. Settle each of them first.")
        % {"count": open_objections},
    )


def may_recommend(actor: Actor, *, state: State, kind: RoundKind) -> Refusal | None:
    """This function will return why this person may not write recommendations: monitoring ends without any."""
    if kind is RoundKind.MONITORING:
        return Refusal(
            "no_recommendation", _("Monitoring ends without recommendations; an evaluation has them.")
        )
    return may_score(actor, state=state)


def may_open_round(*, is_ministry: bool, is_own_coordinator: bool) -> Refusal | None:
    """This function will return why somebody may not open a round: the ministry for all, a coordinator for the own."""
    if is_ministry or is_own_coordinator:
        return None
    return Refusal(
        "not_an_opener",
        _("A ministry opens rounds for regions; a region's coordinator opens one for the region."),
    )


def may_change_round(*, is_opener: bool) -> Refusal | None:
    """This function will return why somebody may not change a round's dates or participants: who opened it may."""
    if is_opener:
        return None
    return Refusal("not_the_opener", _("Only the organisation that opened the round changes it."))


def are_dates_in_order(*dates: date | None) -> Refusal | None:
    """This function will return a refusal when the days of a round do not follow each other."""
    known = [day for day in dates if day is not None]
    if known == sorted(known):
        return None
    return Refusal("dates_out_of_order", _("The last days of the stages must follow each other."))
