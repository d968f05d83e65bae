"""Published results as claims: what a source printed about an organisation or a group in a year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Reliability(StrEnum):
    """What stands behind a claim, the most reliable first."""

    OFFICIAL = "official"  # the ministry's own table or decree
    OFFICIAL_AGGREGATE = "official_aggregate"  # an average printed in an official report
    REPORT = "report"  # an institution's own evaluation report
    DECREE_IN_PRESS = "decree_in_press"  # a decree that we know only as the press quotes it
    PRESS = "press"
    SELF_ASSESSMENT = "self_assessment"  # an institution's own claim, never a result

    @property
    def may_lead(self) -> bool:
        """Whether a claim of this kind may stand for the result of a year."""
        return self is not Reliability.SELF_ASSESSMENT


RANKS: Mapping[str, int] = {reliability: rank for rank, reliability in enumerate(Reliability)}


class Scope(StrEnum):
    """Whom a published average is about."""

    NATIONAL = "national"
    PROVINCE = "province"
    REGENCY = "regency"
    CITY = "city"
    MINISTRY = "ministry"
    AGENCY = "agency"  # lembaga pemerintah nonkementerian
    NON_STRUCTURAL_BODY = "non_structural_body"  # lembaga nonstruktural
    OTHER_BODY = "other_body"  # lembaga lain
    OTHER_INSTITUTION = "other_institution"  # instansi lainnya
    NON_STRUCTURAL_OR_OTHER = "non_structural_or_other"  # LNS dan instansi lainnya, one figure for both


@dataclass(frozen=True, slots=True)
class SourceStatement:
    """Where a claim comes from."""

    title: str
    decision: str
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class ResultClaim:
    """One row of an import: what a source printed for one organisation and year.

    `domains` has the value by domain code, by aspect code where the instrument has no domains.
    """

    line: int
    code: str
    year: int
    instrument: str
    index: Decimal | None
    predicate: str
    domains: Mapping[str, Decimal]
    source: SourceStatement
    note: str


@dataclass(frozen=True, slots=True)
class AverageClaim:
    """One published average."""

    line: int
    scope: Scope
    year: int
    instrument: str
    index: Decimal
    domains: Mapping[str, Decimal]
    source: SourceStatement
    leads: bool
    note: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A source's statement that the same source replaced: the fields that differ, before and after.

    `about` is the organisation's code, or the scope of an average.
    """

    about: str
    year: int
    source: SourceStatement
    before: Mapping[str, object]
    after: Mapping[str, object]

    def as_fact(self) -> dict[str, object]:
        """Return it as JSON values, for the audit trail and the command line; decimals are text."""
        return {
            "about": self.about,
            "year": self.year,
            "source": self.source.title,
            "decision": self.source.decision,
            "before": {name: _as_json(value) for name, value in self.before.items()},
            "after": {name: _as_json(value) for name, value in self.after.items()},
        }


def _as_json(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken: its line in the file and why."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


def leading_position(claims: list[tuple[bool, Reliability]]) -> int | None:
    """Return the position of the leading claim of one organisation and year, None if none may lead.

    `claims` says for each, in the order they were stored, whether it has an index and how reliable it is. An
    index leads before none, the more reliable before the less, the earlier before the later.
    """
    standings = [
        (not has_index, RANKS[reliability], position)
        for position, (has_index, reliability) in enumerate(claims)
        if reliability.may_lead
    ]
    return min(standings)[2] if standings else None
