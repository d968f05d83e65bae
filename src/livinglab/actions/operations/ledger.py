"""Writes of the ledger of many hands (*gotong royong*): what is given to an action, its paper, its withdrawal."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.domain.kinds import GiftKind, PaperKind, Payer
from livinglab.actions.domain.rupiah import MOST
from livinglab.actions.models import Action, ActionPlan, Contribution
from livinglab.actions.operations.actions import ActionRefused, Problem
from livinglab.actions.operations.records import UnknownAction, lock_action, record
from livinglab.actions.queries.places import Place
from livinglab.kernel.clock import day_of
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.kernel.texts import storable

LONGEST_GIVER: Final = 160
LONGEST_WHAT: Final = 300
LONGEST_NUMBER: Final = 80
LONGEST_REASON: Final = 300


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that makes a contribution count: all three, or none of them while it is promised."""

    kind: str = ""
    number: str = ""
    day: date | None = None

    @property
    def is_none(self) -> bool:
        """Whether nothing of it is known."""
        return not (self.kind or self.number or self.day)


@dataclass(frozen=True, slots=True)
class GiftDraft:
    """What somebody gives to an action, as it is typed. `rupiah` is whole; of gifts in kind, the giver's own figure."""

    payer: str
    giver: str
    kind: str
    rupiah: int
    what: str = ""
    paper: Paper = Paper()


def enter(*, place: Place, action_id: UUID, draft: GiftDraft, at: datetime) -> Contribution:
    """This function will enter what somebody gives to an action: counted with its paper, promised without.

    More than the cost is entered: the pages name the excess. Errors: `Refused` by the policy, `ActionRefused` with
    every problem, `UnknownAction`.
    """
    draft = _cleaned(draft)
    with tenancy(place.organization.id):
        action, plan = lock_action(place.organization.id, action_id)
        ensure(policies.may_change_plan(place.actor, plan))
        today = day_of(at, place.organization.zone)
        problems = (*_problems(draft), *_paper_problems(draft.paper, today))
        if problems:
            raise ActionRefused(problems)
        row = Contribution.objects.create(
            organization_id=place.organization.id,
            action=action,
            payer=draft.payer,
            giver=draft.giver,
            kind=draft.kind,
            rupiah=draft.rupiah,
            what=draft.what,
            paper=draft.paper.kind,
            paper_number=draft.paper.number,
            paper_date=draft.paper.day,
            entered_at=at,
            entered_by=place.actor.user_id,
        )
        facts = {"payer": row.payer, "kind": row.kind, "rupiah": row.rupiah, "counts": bool(row.paper)}
        record(place, "contribution_entered", action, at=at, contribution=str(row.id), **facts)
    return row


def give_paper(*, place: Place, contribution_id: UUID, paper: Paper, at: datetime) -> Contribution:
    """This function will enter the paper of a promised contribution, which counts from now on.

    Errors: `Refused` by the policy, for one that has its paper or was withdrawn; `ActionRefused` for a paper without
    kind, number or day; `UnknownAction`.
    """
    paper = Paper(storable(paper.kind), " ".join(storable(paper.number).split()), paper.day)
    with tenancy(place.organization.id):
        row, action, plan = _lock(place, contribution_id)
        ensure(policies.may_change_plan(place.actor, plan))
        ensure(_refusal_of_change(row))
        if row.paper:
            raise Refused(Refusal("has_paper", _("This contribution has its paper already.")))
        problems = _paper_problems(paper, day_of(at, place.organization.zone), must_be=True)
        if problems:
            raise ActionRefused(problems)
        row.paper, row.paper_number, row.paper_date = paper.kind, paper.number, paper.day
        row.save(update_fields=["paper", "paper_number", "paper_date"])
        record(place, "contribution_papered", action, at=at, contribution=str(row.id), kind=row.paper)
    return row


def withdraw(*, place: Place, contribution_id: UUID, reason: str, at: datetime) -> Contribution:
    """This function will take a contribution out of the sums; its row stays, with the reason.

    Errors: `Refused` by the policy, without a reason, and for one that was withdrawn before; `UnknownAction`.
    """
    reason = storable(reason)
    with tenancy(place.organization.id):
        row, action, plan = _lock(place, contribution_id)
        ensure(policies.may_change_plan(place.actor, plan))
        ensure(_refusal_of_change(row))
        if not reason:
            raise Refused(Refusal("withdrawal_unexplained", _("Say why the contribution is withdrawn.")))
        if len(reason) > LONGEST_REASON:
            words = _("The reason is too long: at most 300 characters.")
            raise Refused(Refusal("withdrawal_too_long", words))
        row.withdrawn_on, row.withdrawn_reason = day_of(at, place.organization.zone), reason
        row.save(update_fields=["withdrawn_on", "withdrawn_reason"])
        facts = {"payer": row.payer, "rupiah": row.rupiah}
        record(place, "contribution_withdrawn", action, at=at, contribution=str(row.id), **facts)
    return row


def _lock(place: Place, contribution_id: UUID) -> tuple[Contribution, Action, ActionPlan]:
    rows = Contribution.objects.filter(organization_id=place.organization.id, id=contribution_id)
    row = rows.select_for_update().first()
    if row is None:
        raise UnknownAction(contribution_id)
    return row, *lock_action(place.organization.id, row.action_id)


def _refusal_of_change(row: Contribution) -> Refusal | None:
    if row.withdrawn_on is None:
        return None
    return Refusal("withdrawn", _("This contribution was withdrawn: it stays as it was."))


def _cleaned(draft: GiftDraft) -> GiftDraft:
    paper = Paper(storable(draft.paper.kind), " ".join(storable(draft.paper.number).split()), draft.paper.day)
    return GiftDraft(
        payer=draft.payer,
        giver=" ".join(storable(draft.giver).split()),
        kind=draft.kind,
        rupiah=draft.rupiah,
        what=" ".join(storable(draft.what).split()),
        paper=paper,
    )


def _problems(draft: GiftDraft) -> list[Problem]:
    found: list[Problem] = []
    if draft.payer not in set(Payer):
        found.append(Problem("payer", _("Choose who pays.")))
    if not draft.giver:
        found.append(Problem("giver", _("Name the institution that gives.")))
    if len(draft.giver) > LONGEST_GIVER:
        found.append(Problem("giver", _("The name is too long: at most 160 characters.")))
    if draft.kind not in set(GiftKind):
        found.append(Problem("kind", _("Choose money or in kind.")))
    if not 0 < draft.rupiah <= MOST:
        found.append(Problem("rupiah", _("Enter whole rupiah above nothing, as in Rp1.250.000.")))
    if draft.kind == GiftKind.IN_KIND and not draft.what:
        found.append(Problem("what", _("Say what is given in kind.")))
    if len(draft.what) > LONGEST_WHAT:
        found.append(Problem("what", _("The text is too long: at most 300 characters.")))
    return found


def _paper_problems(paper: Paper, today: date, *, must_be: bool = False) -> tuple[Problem, ...]:
    if paper.is_none and not must_be:
        return ()
    found: list[Problem] = []
    if paper.kind not in set(PaperKind):
        found.append(
            Problem("paper", _("Choose the kind of paper: it counts with kind, number and date only."))
        )
    if not paper.number:
        found.append(Problem("paper_number", _("Enter the number of the paper.")))
    if len(paper.number) > LONGEST_NUMBER:
        found.append(Problem("paper_number", _("The number is too long: at most 80 characters.")))
    if paper.day is None:
        found.append(Problem("paper_date", _("Enter the date of the paper.")))
    elif paper.day > today:
        found.append(Problem("paper_date", _("The paper cannot be dated in the future.")))
    return tuple(found)
