"""The working sheet out to a workbook and back: looked at change by change, then stored in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from livinglab.audit import operations as audit
from livinglab.evaluations.adapters.workbook_in import WorkbookRefused, read_workbook
from livinglab.evaluations.adapters.workbook_out import WorkbookContent, write_workbook
from livinglab.evaluations.domain.answers import AnswerStep, Draft
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.workbook import (
    CellFault,
    Compared,
    Identity,
    ReadRow,
    WrongCell,
    compare,
    fingerprint,
    row_from_json,
    row_to_json,
)
from livinglab.evaluations.models import Answer, AnswerVersion, Evaluation, WorkbookDraft
from livinglab.evaluations.operations import answers
from livinglab.evaluations.operations.answer_steps import refusal_of_step
from livinglab.evaluations.operations.problems import find_problems
from livinglab.evaluations.operations.projection import project
from livinglab.evaluations.operations.records import lock_evaluation
from livinglab.evaluations.policies import may_import
from livinglab.evaluations.queries import records
from livinglab.evaluations.queries.places import Place
from livinglab.evaluations.queries.sheets import sheet_of
from livinglab.kernel.clock import ZONES, day_of
from livinglab.kernel.refusals import Refusal, Refused, ensure
from livinglab.kernel.tenancy import tenancy

#: how long an upload waits for its confirmation
WAITS_FOR: Final = timedelta(days=1)

#: what a choice in a conflict may be
MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True, slots=True)
class RowRefusal:
    """Why a row of the workbook is left out. `number` is the row in the sheet."""

    indicator: str
    number: int
    reasons: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a workbook would do now. `seen` names exactly this: it is another one once anything changed."""

    draft: WorkbookDraft
    touched: tuple[Compared, ...]
    refusals: tuple[RowRefusal, ...]
    unchanged: int
    seen: str

    @property
    def has_conflicts(self) -> bool:
        """Whether somebody has to choose."""
        return any(one.conflicts for one in self.touched)


class PreviewOutdated(Exception):
    """Something changed between looking and confirming; nothing was written. `preview` is how it stands now."""

    def __init__(self, preview: Preview) -> None:
        super().__init__("the preview is outdated")
        self.preview = preview


class ChoicesRefused(Exception):
    """Choices are missing or give an answer that cannot be; nothing was written."""

    def __init__(self, refusals: tuple[RowRefusal, ...]) -> None:
        super().__init__(", ".join(one.indicator for one in refusals))
        self.refusals = refusals


def export(*, place: Place, at: datetime, language: str) -> bytes:
    """This function will return the working sheet as XLSX, open for what this person may write now."""
    with tenancy(place.organization.id):
        evaluation = records.find_evaluation(place.organization.id, place.participation.id)
        given = records.answers(place.organization.id, place.participation.id)
        sheet = sheet_of(
            place.organization, place.participation, place.instrument, day=day_of(at, place.organization.zone)
        )
    content = WorkbookContent(
        identity=identity_of(place),
        round_title=place.participation.round.title,
        sheet=sheet,
        instrument=place.instrument,
        versions={key: row.version for key, row in given.items()},
        editable=frozenset(key for key in sheet.answers if not _refusal(place, evaluation, given.get(key))),
        made_at=at,
        zone=ZONES[place.organization.zone],
        is_official=place.participation.state == State.DECIDED,
        is_synthetic=sheet.is_synthetic or place.organization.is_synthetic,
    )
    return write_workbook(content, language=language)


def upload(*, place: Place, content: bytes, at: datetime) -> WorkbookDraft:
    """This function will read a workbook and keep what it says for a day; no answer changes yet.

    Errors: `Refused` by the policy, `WorkbookRefused` for a file that is not this working sheet.
    """
    with tenancy(place.organization.id):
        ensure(may_import(place.actor, state=State(place.participation.state)))
        read = read_workbook(content)
        _ensure_same(identity_of(place), read.identity)
        evaluation = lock_evaluation(place, at=at)
        _forget_old(evaluation, at)
        draft = WorkbookDraft.objects.create(
            organization_id=place.organization.id,
            evaluation_id=evaluation.id,
            rows=[row_to_json(row) for row in read.rows],
            uploaded_at=at,
            uploaded_by=place.actor.user_id,
        )
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.workbook_uploaded",
            subject=str(draft.id),
            facts={"year": place.participation.year, "count": len(read.rows)},
        )
    return draft


def find_draft(place: Place, draft_id: UUID, *, at: datetime) -> WorkbookDraft | None:
    """This function will return an upload of this person that still waits; None for any other id."""
    waiting = WorkbookDraft.objects.filter(
        organization_id=place.organization.id,
        evaluation_id=place.participation.id,
        uploaded_by=place.actor.user_id,
        uploaded_at__gt=at - WAITS_FOR,
        applied_at__isnull=True,
    )
    return waiting.filter(id=draft_id).first()


def preview(place: Place, draft: WorkbookDraft) -> Preview:
    """This function will return what an upload would change now, what conflicts and what is refused.

    Call it inside the organisation's transaction. Three queries, however many rows there are.
    """
    rows = [row_from_json(one) for one in draft.rows]
    evaluation = records.find_evaluation(place.organization.id, place.participation.id)
    given = records.answers(place.organization.id, place.participation.id)
    bases = _bases(rows, given)
    known = set(records.keys_of(place.instrument, given))
    touched: list[Compared] = []
    refusals: list[RowRefusal] = []
    for row in rows:
        answer = given.get(row.indicator)
        found = _compared(row, answer, bases)
        reasons = _reasons(place, evaluation, answer, found, is_known=row.indicator in known)
        if reasons:
            refusals.append(RowRefusal(row.indicator, row.number, reasons))
        elif found.is_touched:
            touched.append(found)
    unchanged = len(rows) - len(touched) - len(refusals)
    return Preview(draft, tuple(touched), tuple(refusals), unchanged, fingerprint(touched))


def apply(
    *, place: Place, draft: WorkbookDraft, seen: str, choices: Mapping[tuple[str, str], str], at: datetime
) -> int:
    """This function will store every change of an upload at once and return how many answers changed.

    `seen` is the preview that was confirmed; `choices` say for (indicator, field) in conflict whose value stands.
    Errors: `Refused` by the policy or when it was stored already, `PreviewOutdated`, `ChoicesRefused`.
    """
    with tenancy(place.organization.id):
        evaluation = lock_evaluation(place, at=at)
        ensure(may_import(place.actor, state=State(evaluation.state)))
        fresh = _waiting(draft)
        found = preview(place, fresh)
        if found.seen != seen:
            raise PreviewOutdated(found)
        chosen = _chosen(place, found, choices)
        for one, wanted in chosen:
            answers.store(
                place=place,
                evaluation=evaluation,
                indicator=one.row.indicator,
                draft=wanted,
                base_version=one.version,
                at=at,
            )
        fresh.applied_at = at
        fresh.rows = []
        fresh.save(update_fields=["applied_at", "rows"])
        changed = [one.row.indicator for one, wanted in chosen if wanted != one.stored]
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.workbook_imported",
            subject=str(fresh.id),
            facts={"year": place.participation.year, "indicators": changed, "refused": len(found.refusals)},
        )
        project(evaluation=evaluation, instrument=place.instrument, year=place.participation.year, at=at)
    return len(changed)


def discard(*, place: Place, draft: WorkbookDraft, at: datetime) -> None:
    """This function will forget an upload; nothing of it was stored."""
    with tenancy(place.organization.id):
        WorkbookDraft.objects.filter(organization_id=place.organization.id, id=draft.id).delete()
        audit.record(
            organization_id=place.organization.id,
            by=place.actor.user_id,
            at=at,
            action="evaluations.workbook_discarded",
            subject=str(draft.id),
            facts={"year": place.participation.year},
        )


def identity_of(place: Place) -> Identity:
    """This function will return what a workbook of this working sheet says about itself."""
    one = place.participation
    return Identity(str(one.round_id), place.organization.code, one.round.instrument, one.year)


_DIFFERS: Final[Mapping[str, Promise]] = {
    "instrument": _("The workbook is for the instrument %(theirs)s; here it is %(ours)s."),
    "year": _("The workbook is for the year %(theirs)s; here it is %(ours)s."),
    "region": _("The workbook is of the region with code %(theirs)s; here it is %(ours)s."),
    "round_id": _("The workbook is of another round. Download the working sheet of this round."),
}


def _ensure_same(ours: Identity, theirs: Identity) -> None:
    for name in ours.differences(theirs)[:1]:
        values = {"ours": getattr(ours, name), "theirs": str(getattr(theirs, name))[:40]}
        raise WorkbookRefused(_DIFFERS[name] % values)


def _forget_old(evaluation: Evaluation, at: datetime) -> None:
    """Uploads that nobody confirmed go when the next one comes."""
    own = WorkbookDraft.objects.filter(
        organization_id=evaluation.organization_id, evaluation_id=evaluation.id
    )
    own.filter(applied_at__isnull=True, uploaded_at__lte=at - WAITS_FOR).delete()


def _waiting(draft: WorkbookDraft) -> WorkbookDraft:
    own = WorkbookDraft.objects.select_for_update().filter(
        organization_id=draft.organization_id, id=draft.id, applied_at__isnull=True
    )
    row = own.first()
    if row is None:
        words = _(
            "This upload was stored or discarded already. Upload the workbook again if something is missing."
        )
        raise Refused(Refusal("upload_gone", words))
    return row


def _bases(rows: list[ReadRow], given: Mapping[str, Answer]) -> dict[tuple[UUID, int], Draft]:
    """What was stored when the workbook was made, for answers that changed since."""
    wanted = {
        (answer.id, row.base_version)
        for row in rows
        if (answer := given.get(row.indicator)) is not None and row.base_version != answer.version
    }
    if not wanted:
        return {}
    found = AnswerVersion.objects.filter(
        answer_id__in={key for key, _number in wanted}, number__in={number for _key, number in wanted}
    )
    return {
        (one.answer_id, one.number): answers.draft_of_version(one)
        for one in found
        if (one.answer_id, one.number) in wanted
    }


def _compared(row: ReadRow, answer: Answer | None, bases: Mapping[tuple[UUID, int], Draft]) -> Compared:
    stored = answers.draft_of(answer) if answer else Draft()
    version = answer.version if answer else 0
    base = stored
    if answer is not None and row.base_version != version:
        base = bases.get((answer.id, row.base_version), Draft())
    return compare(row, base=base, stored=stored, version=version)


_FAULTS: Final[Mapping[CellFault, Promise]] = {
    CellFault.NOT_A_LEVEL: _("Cell %(cell)s: this is no level. Enter a number such as 3."),
    CellFault.NOT_A_MARK: _("Cell %(cell)s: put an x when the criterion is met, or leave the cell empty."),
    CellFault.NOT_A_TEXT: _("Cell %(cell)s: a text is wanted here. Type it as text."),
    CellFault.NOT_A_VERSION: _("Cell %(cell)s: a hidden cell was changed. Download the working sheet again."),
}


def _reasons(
    place: Place, evaluation: Evaluation | None, answer: Answer | None, found: Compared, *, is_known: bool
) -> tuple[str | Promise, ...]:
    if not is_known:
        return (_("This instrument has no such indicator."),)
    if found.row.wrong:
        return tuple(_fault(one) for one in found.row.wrong)
    if found.row.base_version > found.version:
        return (
            _("The hidden column names a version that does not exist. Download the working sheet again."),
        )
    if not found.is_touched:
        return ()
    refusal = _refusal(place, evaluation, answer)
    if refusal is not None:
        return (refusal.reason,)
    if found.conflicts:
        return ()  # checked once somebody chose
    return tuple(one.message for one in find_problems(place, found.row.indicator, found.merged))


def _fault(one: WrongCell) -> str:
    return str(_FAULTS[one.fault]) % {"cell": one.cell}


def _refusal(place: Place, evaluation: Evaluation | None, answer: Answer | None) -> Refusal | None:
    return refusal_of_step(place, evaluation, answer, AnswerStep.SAVE)


def _chosen(
    place: Place, found: Preview, choices: Mapping[tuple[str, str], str]
) -> list[tuple[Compared, Draft]]:
    """Return each touched row with the draft that was chosen for it. Errors: `ChoicesRefused`."""
    chosen: list[tuple[Compared, Draft]] = []
    refused: list[RowRefusal] = []
    for one in found.touched:
        key = one.row.indicator
        made = {conflict.field: choices.get((key, conflict.field)) for conflict in one.conflicts}
        wanted = one.chosen(frozenset(field for field, choice in made.items() if choice == MINE))
        if not set(made.values()) <= {MINE, THEIRS}:
            refused.append(RowRefusal(key, one.row.number, (_("Choose which of the two values stands."),)))
        elif problems := find_problems(place, key, wanted):
            refused.append(RowRefusal(key, one.row.number, tuple(each.message for each in problems)))
        else:
            chosen.append((one, wanted))
    if refused:
        raise ChoicesRefused(tuple(refused))
    return chosen
