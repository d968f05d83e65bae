"""A plan's actions out to a workbook and back: looked at change by change, then stored in one transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.actions import policies
from livinglab.actions.adapters.workbook_in import read_workbook
from livinglab.actions.adapters.workbook_out import ActionLine, PlanContent, write_workbook
from livinglab.actions.domain.drafts import FIELDS, ActionDraft
from livinglab.actions.domain.sheet import (
    CellFault,
    Compared,
    WrongCell,
    compare,
    fingerprint,
    row_from_json,
    row_to_json,
)
from livinglab.actions.models import Action, ActionPlan, PlanWorkbook
from livinglab.actions.operations.actions import draft_of, find_problems, touch
from livinglab.actions.operations.projection import project
from livinglab.actions.queries.places import Place
from livinglab.audit import operations as audit
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import agencies

#: how long an upload waits for its confirmation
WAITS_FOR: Final = timedelta(days=1)
#: what a choice in a conflict may be
MINE, THEIRS = "mine", "theirs"

#: what an action's step and state are called, in the language of the workbook
Named = Callable[[Action], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """Why a row of the workbook is left out; `row` is its place in the sheet."""

    number: int
    row: int
    reasons: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would do now. `seen` names exactly this: it is another one once anything changed."""

    workbook: PlanWorkbook
    touched: tuple[Compared, ...]
    refusals: tuple[RowRefusal, ...]
    unchanged: int
    seen: str


class PreviewOutdated(Exception):
    """Something changed between looking and confirming; nothing was written. `preview` is how it stands now."""

    def __init__(self, preview: Preview) -> None:
        super().__init__("the preview is outdated")
        self.preview = preview


class ChoicesRefused(Exception):
    """Choices are missing or give an action that cannot be; nothing was written."""

    def __init__(self, refusals: tuple[RowRefusal, ...]) -> None:
        super().__init__(", ".join(str(one.number) for one in refusals))
        self.refusals = refusals


def export(*, place: Place, plan: ActionPlan, named: Named, language: str) -> bytes:
    """This function will return a plan's actions as XLSX. Two queries."""
    here = place.organization.id
    with tenancy(here):
        rows = Action.objects.filter(organization_id=here, plan_id=plan.id).order_by("number")
        lines = [ActionLine(one.number, one.version, *named(one), draft_of(one)) for one in rows]
        names = {one.id: one.name for one in agencies(here)}
    content = PlanContent(
        plan_id=plan.id,
        region=place.organization.name,
        title=plan.title,
        lines=lines,
        agencies=names,
        is_synthetic=plan.is_synthetic,
    )
    return write_workbook(content, language=language)


def upload(*, place: Place, plan: ActionPlan, content: bytes, at: datetime) -> PlanWorkbook:
    """This function will read a workbook and keep what it says for a day; no action changes yet.

    Errors: `Refused` by the policy, `WorkbookRefused` for a file that is not this plan's workbook.
    """
    here = place.organization.id
    with tenancy(here):
        ensure(policies.may_change_plan(place.actor, plan))
        names = {one.name: one.id for one in agencies(here)}
        rows = read_workbook(content, plan_id=plan.id, agencies=names)
        waiting = PlanWorkbook.objects.filter(organization_id=here, plan_id=plan.id, applied_at__isnull=True)
        waiting.filter(uploaded_at__lte=at - WAITS_FOR).delete()
        workbook = PlanWorkbook.objects.create(
            organization_id=here,
            plan=plan,
            rows=[row_to_json(row) for row in rows],
            uploaded_at=at,
            uploaded_by=place.actor.user_id,
        )
        _record(place, "uploaded", workbook, at, count=len(rows))
    return workbook


def find_workbook(place: Place, plan_id: UUID, workbook_id: UUID, *, at: datetime) -> PlanWorkbook | None:
    """This function will return an upload of this person that still waits; None for any other id."""
    return PlanWorkbook.objects.filter(
        organization_id=place.organization.id,
        plan_id=plan_id,
        id=workbook_id,
        uploaded_by=place.actor.user_id,
        uploaded_at__gt=at - WAITS_FOR,
        applied_at__isnull=True,
    ).first()


def preview(place: Place, workbook: PlanWorkbook) -> Preview:
    """This function will return what an upload would change now, what conflicts and what is refused.

    Call it inside the region's transaction. One query, and one for each agency that changes.
    """
    rows = [row_from_json(one) for one in workbook.rows]
    actions = _actions(workbook)
    touched: list[Compared] = []
    refusals: list[RowRefusal] = []
    for row in rows:
        action = actions.get(row.number)
        if row.wrong:
            refusals.append(RowRefusal(row.number, row.row, tuple(_fault(one) for one in row.wrong)))
        elif action is None:
            refusals.append(RowRefusal(row.number, row.row, (_("This plan has no such action."),)))
        elif (found := compare(row, stored=draft_of(action), version=action.version)).is_touched:
            problems = () if found.conflicts else _problems(place, found.stored, found.merged)
            if problems:
                refusals.append(RowRefusal(row.number, row.row, problems))
            else:
                touched.append(found)
    unchanged = len(rows) - len(touched) - len(refusals)
    return Preview(workbook, tuple(touched), tuple(refusals), unchanged, fingerprint(touched))


def apply(
    *,
    place: Place,
    workbook: PlanWorkbook,
    seen: str,
    choices: Mapping[tuple[int, str], str],
    at: datetime,
) -> int:
    """This function will store every change of an upload at once and return how many actions changed.

    `seen` is the preview that was confirmed; `choices` say for (action, field) in conflict whose value stands.
    Errors: `Refused` by the policy or when it was stored already, `PreviewOutdated`, `ChoicesRefused`.
    """
    here = place.organization.id
    with tenancy(here):
        fresh = _waiting(workbook)
        plan = ActionPlan.objects.get(organization_id=here, id=workbook.plan_id)
        ensure(policies.may_change_plan(place.actor, plan))
        actions = _actions(fresh, lock=True)
        found = preview(place, fresh)
        if found.seen != seen:
            raise PreviewOutdated(found)
        written = []
        for one, wanted in _chosen(place, found, choices):
            changed = _changed(one.stored, wanted)
            if changed:
                action = actions[one.row.number]
                for name in changed:
                    setattr(action, name, getattr(wanted, name))
                touch(action, changed, by=place.actor.user_id, at=at)
                written.append(action)
        if written:
            project(plan, written, at=at)
        fresh.applied_at, fresh.rows = at, []
        fresh.save(update_fields=["applied_at", "rows"])
        numbers = [one.number for one in written]
        _record(place, "imported", fresh, at, actions=numbers, refused=len(found.refusals))
    return len(written)


def discard(*, place: Place, workbook: PlanWorkbook, at: datetime) -> None:
    """This function will forget an upload; nothing of it was stored."""
    with tenancy(place.organization.id):
        PlanWorkbook.objects.filter(organization_id=place.organization.id, id=workbook.id).delete()
        _record(place, "discarded", workbook, at)


def _actions(workbook: PlanWorkbook, *, lock: bool = False) -> dict[int, Action]:
    rows = Action.objects.filter(organization_id=workbook.organization_id, plan_id=workbook.plan_id)
    rows = rows.order_by("number")
    return {one.number: one for one in (rows.select_for_update() if lock else rows)}


def _waiting(workbook: PlanWorkbook) -> PlanWorkbook:
    rows = PlanWorkbook.objects.select_for_update().filter(
        organization_id=workbook.organization_id, id=workbook.id, applied_at__isnull=True
    )
    found = rows.first()
    if found is None:
        words = _(
            "This upload was stored or discarded already. Upload the workbook again if something is missing."
        )
        raise Refused(Refusal("upload_gone", words))
    return found


_FAULTS: Final[Mapping[CellFault, Promise]] = {
    CellFault.NOT_A_DAY: _("Cell %(cell)s: this is no day. Enter it as in 31-12-2026."),
    CellFault.DAY_MISSING: _("Cell %(cell)s: an action needs a due day. Enter it as in 31-12-2026."),
    CellFault.NOT_A_YEAR: _("Cell %(cell)s: this is no year. Enter four digits such as 2027."),
    CellFault.NOT_RUPIAH: _("Cell %(cell)s: this is no sum. Enter whole rupiah, as in 1250000."),
    CellFault.NOT_A_LEVER: _("Cell %(cell)s: choose one of the three levers from the list."),
    CellFault.NOT_A_TEXT: _("Cell %(cell)s: a text is wanted here. Type it as text."),
    CellFault.NO_SUCH_AGENCY: _("Cell %(cell)s: this region has no such agency. Choose one from the list."),
    CellFault.BASE_CHANGED: _(
        "Cell %(cell)s: the workbook does not know what this action was. Download it again."
    ),
}


def _fault(one: WrongCell) -> str:
    return str(_FAULTS[one.fault]) % {"cell": one.cell}


def _changed(stored: ActionDraft, wanted: ActionDraft) -> tuple[str, ...]:
    return tuple(name for name in FIELDS if getattr(wanted, name) != getattr(stored, name))


def _problems(place: Place, stored: ActionDraft, wanted: ActionDraft) -> tuple[str | Promise, ...]:
    return tuple(one.message for one in find_problems(place, wanted, _changed(stored, wanted)))


def _chosen(
    place: Place, found: Preview, choices: Mapping[tuple[int, str], str]
) -> list[tuple[Compared, ActionDraft]]:
    """Return each touched row with the draft that was chosen for it. Errors: `ChoicesRefused`."""
    chosen: list[tuple[Compared, ActionDraft]] = []
    refused: list[RowRefusal] = []
    for one in found.touched:
        number = one.row.number
        made = {conflict.field: choices.get((number, conflict.field)) for conflict in one.conflicts}
        wanted = one.chosen(frozenset(field for field, choice in made.items() if choice == MINE))
        if not set(made.values()) <= {MINE, THEIRS}:
            words = _("Choose which of the two values stands.")
            refused.append(RowRefusal(number, one.row.row, (words,)))
        elif problems := _problems(place, one.stored, wanted):
            refused.append(RowRefusal(number, one.row.row, problems))
        else:
            chosen.append((one, wanted))
    if refused:
        raise ChoicesRefused(tuple(refused))
    return chosen


def _record(place: Place, what: str, workbook: PlanWorkbook, at: datetime, **facts: object) -> None:
    audit.record(
        organization_id=place.organization.id,
        by=place.actor.user_id,
        at=at,
        action=f"actions.workbook_{what}",
        subject=str(workbook.id),
        facts=facts,
    )
