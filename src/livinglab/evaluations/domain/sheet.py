"""The working sheet (lembar kerja evaluasi) of a region and year as values: what checks, workbooks, reports read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from livinglab.evaluations.domain.answers import AnswerState
from livinglab.evaluations.domain.evidence import EvidenceType
from livinglab.evaluations.domain.stages import RoundKind, Stage


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """One piece of evidence as it is used for one indicator and level.

    `id` names the piece, which may be used for many indicators; `letter` is its place in the indicator (a, b, …);
    `reference` is the article or page; `issued_on` is the day of the document, of the review for a review;
    `sha256` is empty for a link; `also_under` are the other indicators whose evidence is the very same file.
    """

    id: str
    title: str
    type: EvidenceType
    level: int
    letter: str
    reference: str = ""
    document_number: str = ""
    issued_on: date | None = None
    expires_on: date | None = None
    is_link: bool = False
    url: str = ""
    file_name: str = ""
    content_type: str = ""
    size: int = 0
    pages: int | None = None
    sha256: str = ""
    is_exempt: bool = False
    is_accepted: bool | None = None  # None: nobody reviewed it yet
    also_under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One indicator's answer. `level` None: not answered, which counts as the lowest level.

    `met` are the levels whose criterion the region says it meets; `external_source` says where the value of an
    indicator that rests on another agency's index was taken from.
    """

    indicator: str
    state: AnswerState = AnswerState.OPEN
    level: Decimal | None = None
    met: frozenset[int] = frozenset()
    facts: str = ""
    analysis: str = ""
    agency: str = ""
    assignee: str = ""
    due_on: date | None = None
    returned_reason: str = ""
    external_source: str = ""
    evidence: tuple[EvidenceItem, ...] = ()


@dataclass(frozen=True, slots=True)
class StageScore:
    """What an assessor found at one stage. `is_valid` None: the review team has not looked."""

    stage: Stage
    indicator: str
    level: Decimal
    facts: str = ""
    analysis: str = ""
    justification: str = ""
    assessor: str = ""
    is_valid: bool | None = None


@dataclass(frozen=True, slots=True)
class TeamMember:
    """A member of the internal assessor team by the function the decree names."""

    function: str
    name: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one region in one round.

    `day` is the day for which ages and expiry are judged; `previous_levels` are last year's of the same instrument.
    """

    region_code: str
    region_name: str
    instrument: str
    year: int
    kind: RoundKind
    day: date
    answers: Mapping[str, AnswerLine]
    stage: Stage = Stage.SELF
    scores: tuple[StageScore, ...] = ()
    decree_number: str = ""
    decree_date: date | None = None
    team: tuple[TeamMember, ...] = ()
    minutes_number: str = ""
    minutes_date: date | None = None
    has_consent: bool = False
    is_synthetic: bool = False
    previous_levels: Mapping[str, Decimal] = field(default_factory=dict)
