"""What happened to one answer: who typed what when, and from hand to hand."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from livinglab.accounts.queries import names_of
from livinglab.evaluations.domain.answers import FIELDS, Draft
from livinglab.evaluations.models import Answer, AnswerMove, AnswerVersion


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that somebody did to an answer: a step with its reason, or fields that were typed.

    `step` is empty for typing, `changed` for a step. `times` counts saves of one person in a row that are shown as one.
    """

    at: datetime
    by: str
    step: str = ""
    reason: str = ""
    level: Decimal | None = None
    changed: tuple[str, ...] = ()
    version: int = 0
    times: int = 1


def draft_at(answer: Answer, number: int) -> Draft:
    """This function will return an answer as it was at a version; empty before the first. One query."""
    rows = AnswerVersion.objects.filter(organization_id=answer.organization_id, answer_id=answer.id)
    row = rows.filter(number=number).first()
    if row is None:
        return Draft()
    return Draft(row.level, frozenset(row.met), row.facts, row.analysis, row.external_source)


def versions_of(answer: Answer) -> list[Happening]:
    """This function will return each save of an answer with what it changed, newest first. Two queries."""
    rows = AnswerVersion.objects.filter(organization_id=answer.organization_id, answer_id=answer.id)
    versions = list(rows.order_by("number"))
    return _typed(versions, names_of(_people(versions, [])))[::-1]


def history_of(answer: Answer) -> list[Happening]:
    """This function will return what happened to an answer, newest first. Three queries.

    Saves that one person made in a row, with no step between, are one: autosave makes many.
    """
    here = {"organization_id": answer.organization_id, "answer_id": answer.id}
    versions = list(AnswerVersion.objects.filter(**here).order_by("number"))
    moves = list(AnswerMove.objects.filter(**here))
    names = names_of(_people(versions, moves))
    happened = [*_typed(versions, names), *_moved(moves, names)]
    return _joined(sorted(happened, key=lambda one: one.at))[::-1]


def _people(versions: list[AnswerVersion], moves: list[AnswerMove]) -> set[UUID]:
    found = {one.by for one in versions} | {one.by for one in moves}
    return {one for one in found if one is not None}


def _typed(versions: list[AnswerVersion], names: dict[UUID, str]) -> list[Happening]:
    found, before = [], None
    for one in versions:
        changed = tuple(name for name in FIELDS if getattr(one, name) != _of(before, name))
        found.append(
            Happening(one.at, _name(one.by, names), level=one.level, changed=changed, version=one.number)
        )
        before = one
    return found


def _of(version: AnswerVersion | None, name: str) -> object:
    if version is not None:
        return getattr(version, name)
    return {"level": None, "met": []}.get(name, "")


def _moved(moves: list[AnswerMove], names: dict[UUID, str]) -> list[Happening]:
    return [Happening(one.at, _name(one.by, names), one.step, one.reason, one.level) for one in moves]


def _name(user_id: UUID | None, names: dict[UUID, str]) -> str:
    return names.get(user_id, "") if user_id else ""


def _joined(happened: list[Happening]) -> list[Happening]:
    found: list[Happening] = []
    for one in happened:
        last = found[-1] if found else None
        if last and not one.step and not last.step and last.by == one.by:
            changed = tuple(name for name in FIELDS if name in {*last.changed, *one.changed})
            found[-1] = Happening(
                one.at,
                one.by,
                level=one.level,
                changed=changed,
                version=one.version,
                times=last.times + 1,
            )
        else:
            found.append(one)
    return found
