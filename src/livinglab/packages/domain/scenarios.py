"""A walk-through that runs: the package's own test, and its guided tour. docs/package-format.md section 6."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from livinglab.packages.domain.words import Words


class Kind(StrEnum):
    """What a scenario shows."""

    GRANTED = "granted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    HANDED_OVER = "handed_over"
    WITHDRAWN = "withdrawn"
    OFFLINE = "offline"
    WRONG_DATA = "wrong_data"


class Do(StrEnum):
    """What somebody does in a step."""

    APPLY = "apply"
    COMPLETE = "complete"
    ANSWER = "answer"
    PAY = "pay"
    CHECK = "check"
    WITHDRAW = "withdraw"
    WAIT = "wait"


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Somebody (`role`) does something; `refused` names the fields for which it must be turned down.

    `says` is what a register answers, None where it gives no answer.
    """

    do: Do
    role: str = ""
    task: str = ""
    answers: Mapping[str, object] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    says: Mapping[str, object] | None = None
    wait: timedelta = timedelta(0)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What must be true now; None says nothing. Sets compare whole, `messages` and `documents` are all so far."""

    waiting: frozenset[str] | None = None
    breached: frozenset[str] | None = None
    messages: tuple[str, ...] | None = None
    documents: tuple[str, ...] | None = None
    outcome: str | None = None
    rules: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A walk-through; `starts` has no zone: it is the adopter's local time."""

    id: str
    path: str
    title: Words
    kind: Kind
    starts: datetime
    parameters: Mapping[str, object]
    steps: tuple[Act | Expect, ...]
