"""What assessors typed for an indicator at a stage, and how it came about. Call these inside the transaction."""

from dataclasses import dataclass
from datetime import datetime

from livinglab.accounts.queries import name_of
from livinglab.evaluations.domain.opinions import FIELDS, Opinion
from livinglab.evaluations.models import Score, ScoreDraft, ScoreDraftVersion


def opinion_of(draft: ScoreDraft | None) -> Opinion:
    """This function will return what is stored of a draft, an empty opinion without one."""
    if draft is None:
        return Opinion()
    return Opinion(draft.level, draft.facts, draft.analysis, draft.justification, frozenset(draft.met))


def opinion_of_version(row: ScoreDraftVersion) -> Opinion:
    """This function will return a draft as it was stored once."""
    return Opinion(row.level, row.facts, row.analysis, row.justification, frozenset(row.met))


def opinion_of_score(row: Score) -> Opinion:
    """This function will return what an assessor wrote of a score."""
    return Opinion(row.level, row.facts, row.analysis, row.justification, frozenset(row.met))


def is_entered(draft: ScoreDraft | None, entry: Score | None) -> bool:
    """This function will say whether nothing was typed that does not count yet."""
    if draft is None or draft.version == 0:
        return True
    return entry is not None and opinion_of(draft) == opinion_of_score(entry)


def base_of(draft: ScoreDraft, number: int) -> Opinion:
    """This function will return a draft as it was at a version; empty before the first. One query."""
    rows = ScoreDraftVersion.objects.filter(organization_id=draft.organization_id, draft_id=draft.id)
    row = rows.filter(number=number).first()
    return Opinion() if row is None else opinion_of_version(row)


@dataclass(frozen=True, slots=True)
class Version:
    """A draft as somebody left it, and which fields differ from the version before."""

    number: int
    stage: str
    at: datetime
    by: str
    opinion: Opinion
    changed: tuple[str, ...]
    is_entered: bool


def versions_of(draft: ScoreDraft) -> list[Version]:
    """This function will return every version of a draft, newest first. One query."""
    rows = ScoreDraftVersion.objects.filter(organization_id=draft.organization_id, draft_id=draft.id)
    found: list[Version] = []
    before = Opinion()
    for row in rows.annotate(writer=name_of("by")).order_by("number"):
        now = opinion_of_version(row)
        changed = tuple(name for name in FIELDS if getattr(before, name) != getattr(now, name))
        found.append(Version(row.number, draft.stage, row.at, row.writer or "", now, changed, row.is_entered))
        before = now
    return found[::-1]
