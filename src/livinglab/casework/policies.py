"""Who may do what with services and cases; each policy returns None or a Refusal, for the button and for the write."""

from collections.abc import Collection
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.casework.domain.deliveries import DeliveryState
from livinglab.casework.domain.forgetting import LONGEST_ANSWER
from livinglab.casework.domain.outside import LONGEST_WHY, BillState, CallState, Fault, OutsideKind
from livinglab.casework.domain.reopening import LONGEST_REASON, OUTCOMES
from livinglab.casework.domain.states import SERVICE_STEPS, SeatKind, ServiceState, ServiceStep
from livinglab.casework.queries.reopening import Outlook
from livinglab.casework.queries.seats import ANSWERS_FOR_SERVICES
from livinglab.kernel.refusals import Refusal
from livinglab.organizations.queries import Role
from livinglab.packages.domain.process import Outcome

_DISTRICT_DOTS: Final = 2
#: who answers for a region's services, and says who works in them
DECIDES: Final = ANSWERS_FOR_SERVICES


def may_decide(roles: Collection[Role]) -> Refusal | None:
    """This function will return why somebody may not decide on the organisation's services."""
    if DECIDES.intersection(roles):
        return None
    return Refusal(
        "may_not_decide",
        _("This is decided by the head of region, the coordinator or the responsible officer."),
    )


def may_withdraw_publication(*, reason: str) -> Refusal | None:
    """This function will return why something published may not be withdrawn for this reason."""
    if not reason:
        return Refusal("no_reason", _("Say why it is withdrawn: everybody reads it at its address."))
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", _("Say it in at most 1,000 characters."))
    return None


def may_move(roles: Collection[Role], *, state: ServiceState, step: ServiceStep) -> Refusal | None:
    """This function will return why a service may not be moved."""
    if refusal := may_decide(roles):
        return refusal
    if (state, step) not in SERVICE_STEPS:
        return Refusal("not_in_this_state", _("This is not possible where the service stands now."))
    return None


def may_renew(*, is_same_service: bool, before: int, after: int) -> Refusal | None:
    """This function will return why open cases may not be moved between two versions, by their numbers."""
    if is_same_service and before < after:
        return None
    return Refusal("not_newer", _("Cases move to a newer version of the same service only."))


def may_begin(*, state: ServiceState) -> Refusal | None:
    """This function will return why no new application may be begun. What was begun may always be finished."""
    if state is ServiceState.OPEN:
        return None
    if state is ServiceState.RESTING:
        return Refusal("resting", _("This service takes no applications for a while."))
    return Refusal("closed", _("This service is closed."))


def may_be_proved(*, state: ServiceState, has_evaluation: bool) -> Refusal | None:
    """This function will return why a service cannot become evidence now.

    `has_evaluation`: the region works on an evaluation with an indicator that the service's package names.
    """
    if state is ServiceState.CLOSED:
        return Refusal("closed", _("This service is closed."))
    if not has_evaluation:
        words = _("The region works on no evaluation with an indicator that this service helps.")
        return Refusal("no_open_evaluation", words)
    return None


def may_reopen(now: Outlook) -> Refusal | None:
    """This function will return why the applicant of a case may not have it opened again."""
    if not now.outcome:
        return Refusal(
            "not_ended", _("This case has not ended. Wait for the decision, or answer the office.")
        )
    if now.is_forgotten:
        return Refusal("forgotten", _("The data of this case was deleted. It cannot be opened again."))
    if now.was_opened:
        return Refusal(
            "opened_before", _("This case was opened again once already. It can be done once only.")
        )
    if now.outcome == Outcome.WITHDRAWN:
        return Refusal("withdrawn", _("You withdrew this application. Apply anew."))
    if now.outcome not in OUTCOMES:
        return Refusal("handed_over", _("Another agency has this case now. Turn to that agency."))
    if now.outcome == Outcome.REFUSED and now.could_object:
        words = _("You could object within this case, and it was decided after that. It is not opened again.")
        return Refusal("could_object", words)
    if not now.step:
        return Refusal("no_office", _("No office decided this case, so there is none that could look again."))
    if not now.is_in_time:
        return Refusal("too_late", _("The days in which this case could be opened again are over."))
    return None


def may_give_reason(reason: str) -> Refusal | None:
    """This function will return why a reason for opening a case again cannot be taken."""
    if not reason:
        return Refusal("no_reason", _("Say what the office should look at again."))
    if len(reason) > LONGEST_REASON:
        words = _("Say it in at most %(most)s characters; these are %(count)s.")
        return Refusal("reason_too_long", words % {"most": LONGEST_REASON, "count": len(reason)})
    return None


def may_ask_erasure(*, outcome: str) -> Refusal | None:
    """This function will return why the data of a case cannot be deleted at its applicant's request now."""
    if outcome:
        return None
    words = _(
        "This case is still open. Withdraw the application first, then ask for your data to be deleted."
    )
    return Refusal("still_open", words)


def may_answer_erasure(*, is_granted: bool, reason: str, outcome: str) -> Refusal | None:
    """This function will return why a request for deletion cannot be answered so."""
    if is_granted:
        if outcome:
            return None
        return Refusal("open_again", _("This case was opened again. Its data is needed until it ends."))
    if not reason:
        return Refusal(
            "no_reason", _("Say which law has the data kept, and until when. The applicant reads it.")
        )
    if len(reason) > LONGEST_ANSWER:
        words = _("Say it in at most %(most)s characters; these are %(count)s.")
        return Refusal("reason_too_long", words % {"most": LONGEST_ANSWER, "count": len(reason)})
    return None


#: a form that was sent meanwhile is a case, whose data is deleted otherwise
SENT: Final = Refusal("sent_already", _("This application was sent already."))


def may_work(*, is_seated: bool, assignee: UUID | None, by: UUID) -> Refusal | None:
    """This function will return why somebody may not do a task. `is_seated`: a seat of theirs covers it."""
    if not is_seated:
        return Refusal("not_seated", _("You have no seat in the office where this waits."))
    if assignee not in (None, by):
        return Refusal(
            "assigned_otherwise", _("Somebody else works on this. Ask them, or take it over first.")
        )
    return None


def may_assign(
    *,
    is_seated: bool,
    is_over: bool,
    is_fit: bool,
    assignee: UUID | None,
    to: UUID | None,
    by: UUID,
) -> Refusal | None:
    """This function will return why somebody may not say who does a task; `to` is None where it is given back.

    `is_seated`: a seat of theirs covers it; `is_over`: they are its superior, or answer for the services; `is_fit`:
    a seat of whom it is given to covers it.
    """
    if not is_seated and not is_over:
        return Refusal("not_seated", _("You have no seat in the office where this waits."))
    if to is None and assignee not in (None, by) and not is_over:
        return Refusal("assigned_otherwise", _("Somebody else works on this. Take it over first."))
    if to is not None and not is_fit:
        return Refusal(
            "no_seat_there", _("This person has no seat where this waits. Choose one of the list.")
        )
    return None


def may_dispose(*, is_seated: bool, is_over: bool, kind: str, is_known: bool, letters: int) -> Refusal | None:
    """This function will return why somebody may not hand a step's part of a case over to an agency.

    `is_seated`, `is_over`: as in `may_assign`; `is_known`: the region has such an agency, which is not closed.
    """
    if not is_seated and not is_over:
        return Refusal("not_seated", _("You have no seat in the office where this waits."))
    if kind not in OF_AN_AGENCY:
        return Refusal(
            "no_agency", _("Only what waits at the region's agencies is handed over to another one.")
        )
    if not is_known:
        return UNKNOWN_AGENCY
    if letters > LONGEST_INSTRUCTION:
        return Refusal("too_long", _("An instruction has at most %s characters.") % LONGEST_INSTRUCTION)
    return None


def may_do_together(
    *, is_same_step: bool, is_signed: bool, takes_files: bool, asks_the_same: bool, is_free: bool
) -> Refusal | None:
    """This function will return why a step may not get the same answers as others, compared with the first of them.

    `is_signed`: it is a signer's; `is_free`: nobody else works on it.
    """
    if is_signed:
        return Refusal("signed", _("It is a signer's step. Several are signed on the page for that."))
    if not is_same_step:
        return Refusal(
            "another_step", _("It waits at another step, or under another version of the service.")
        )
    if takes_files:
        return Refusal("takes_files", _("Its form takes files. Do it on its own page."))
    if not asks_the_same:
        return Refusal("asks_otherwise", _("Its form asks something else. Do it on its own page."))
    if not is_free:
        return Refusal(
            "assigned_otherwise", _("Somebody else works on this. Ask them, or take it over first.")
        )
    return None


#: the offices that are agencies of the region
OF_AN_AGENCY: Final = frozenset({SeatKind.AGENCY, SeatKind.INSPECTOR})
LONGEST_INSTRUCTION: Final = 1_000
UNKNOWN_AGENCY: Final = Refusal(
    "unknown_agency", _("The region has no such agency any more. Choose one of the list.")
)
#: more than are done together at once
TOO_MANY: Final = Refusal("too_many", _("It is more than are done at once. Do it in the next round."))


def may_sit(*, is_member: bool, kind: SeatKind, unit_code: str, has_agency: bool = False) -> Refusal | None:
    """This function will return why a seat may not be given: to a stranger, or in a place without such an office."""
    if has_agency and kind not in OF_AN_AGENCY:
        return Refusal(
            "agency_elsewhere", _("Only seats of agencies and inspectors are of one agency alone.")
        )
    if not is_member:
        return Refusal(
            "not_a_member", _("Only who holds a role in this region can have a seat. Grant one first.")
        )
    if not unit_code or kind in {SeatKind.SIGNER, SeatKind.SUPERIOR}:
        return None
    level = {SeatKind.DISTRICT: _DISTRICT_DOTS, SeatKind.VILLAGE: _DISTRICT_DOTS + 1}.get(kind)
    if level is None:
        return Refusal("no_place", _("This office is the region's own. Leave the place open."))
    if unit_code.count(".") != level:
        return Refusal(
            "wrong_place", _("A district's officer sits in a district, a village's officer in a village.")
        )
    return None


def may_help(*, is_seated: bool) -> Refusal | None:
    """This function will return why somebody may not apply for a citizen at a counter."""
    if is_seated:
        return None
    return Refusal("not_seated", _("Only who has a seat in an office applies for citizens."))


def may_try_again(state: DeliveryState) -> Refusal | None:
    """This function will return why a message may not be put on its way again."""
    if state is DeliveryState.FAILED:
        return None
    if state is DeliveryState.TOLD:
        return Refusal("told_already", _("This message has left already."))
    return Refusal("on_its_way", _("This message is still on its way. It is tried again by itself."))


def may_ask_again(state: CallState, fault: str, kind: OutsideKind) -> Refusal | None:
    """This function will return why a system outside may not be asked again."""
    if state is not CallState.FAILED:
        return Refusal("not_failed", _("This question is not asked in vain. Look at how it stands."))
    if fault == Fault.UNPRICED:
        return Refusal("no_amount", _("The package says no amount, so there is nothing to ask for."))
    if kind is not OutsideKind.PAYMENT:
        return Refusal(
            "gone_on",
            _("The case has gone on without this answer. Check by hand, then give the question up."),
        )
    return None


def may_give_up(state: CallState, reason: str) -> Refusal | None:
    """This function will return why a question to a system outside may not be given up."""
    if state is not CallState.FAILED:
        return Refusal("not_failed", _("This question is not asked in vain. Look at how it stands."))
    if not reason:
        return Refusal("no_reason", _("Say why it is given up."))
    if len(reason) > LONGEST_WHY:
        words = _("Say it in at most %(most)s characters; these are %(count)s.")
        return Refusal("reason_too_long", words % {"most": LONGEST_WHY, "count": len(reason)})
    return None


def may_renew_bill(state: BillState) -> Refusal | None:
    """This function will return why no other payment code may be asked for."""
    if state is BillState.EXPIRED:
        return None
    return Refusal("not_expired", _("Another code is given only when the last one has run out."))


def may_be_given_out(*, needs_signature: bool, signed_at: datetime | None) -> Refusal | None:
    """This function will return why a document cannot be given to its applicant yet."""
    if needs_signature and signed_at is None:
        return Refusal(
            "not_signed_yet", _("This document still waits for its signature. Look here again later.")
        )
    return None


def may_be_revoked(*, signed_at: datetime | None) -> Refusal | None:
    """This function will return why a document cannot be revoked: anybody checks a signature, and this has none."""
    if signed_at is not None:
        return None
    return Refusal("not_signed_yet", _("Only what was signed can be revoked."))


#: what a signer looked through is not what would be signed now
CHANGED: Final = Refusal(
    "documents_changed", _("The documents are others by now. Look through them again, then sign.")
)
#: what somebody wanted to sign waits no more
GONE: Final = Refusal("not_waiting", _("This step does not wait any more. Look at where the case stands."))


def may_bring_in(*, is_own: bool) -> Refusal | None:
    """This function will return why somebody may not send what was taken offline. `is_own`: they took it themselves."""
    if is_own:
        return None
    return Refusal(
        "taken_otherwise", _("Somebody else brought this in. Sign in as who took it, and send it again.")
    )
