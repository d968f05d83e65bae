"""A case as it stands: what was answered, where its tokens wait, what was sent and issued, what happened."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from livinglab.packages.domain.process import Outcome


class Happened(StrEnum):
    """The kinds of entries in the history of a case."""

    APPLIED = "applied"
    COMPLETED = "completed"
    ANSWERED = "answered"
    PAID = "paid"
    WITHDREW = "withdrew"
    DECIDED = "decided"
    SENT = "sent"
    ISSUED = "issued"
    SIGNED = "signed"
    ASKED = "asked"
    OUTSIDE = "outside"
    CHECKED = "checked"  # a register answered, or was given up
    BOOKED = "booked"  # a place is held
    NO_PLACE = "no_place"  # none was left in the hour, or it cannot be booked
    GAVE_BACK = "gave_back"  # holds no place any more
    TIMED = "timed"
    SILENT = "silent"
    RENEWED = "renewed"  # goes on under another version of the package
    REOPENED = "reopened"  # had ended, and goes on at an office's step
    ASSIGNED = "assigned"  # somebody of the office works on a step, or another person than before
    RELEASED = "released"  # given back: whoever has a seat there does it
    DISPOSED = "disposed"  # handed over to an agency
    RETURNED = "returned"  # no agency has it any more: the lane's own office does it
    ESCALATED = "escalated"  # a step is late, and its superior was told
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that runs on a waiting token: the event that it starts, and when."""

    node: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A place where the case waits. `frame` is the call it belongs to, 0 for the main process."""

    id: int
    frame: int
    node: str
    since: datetime
    due: datetime | None = None
    timers: tuple[Timer, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """A called process at work: its id, and the frame and node that called it."""

    id: int
    process: str
    caller: int
    node: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """A token that stands at a parallel gateway until the other flows have brought theirs."""

    frame: int
    node: str
    flow: str


@dataclass(frozen=True, slots=True)
class Text:
    """A message in one language: its subject as plain text, its body as safe HTML."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that the applicant was sent, by language."""

    message: str
    at: datetime
    texts: Mapping[str, Text] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Issue:
    """A document that was issued: its number, when, its safe HTML by language, who signed it ("": nobody yet)."""

    document: str
    number: str
    at: datetime
    pages: Mapping[str, str] = field(repr=False)
    signed_by: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """What a step made public: as what, from which form, under which number and address. Done anew: another edition."""

    step: str
    kind: str
    form: str
    number: str
    address: str
    at: datetime
    edition: int = 1


@dataclass(frozen=True, slots=True)
class Decision:
    """What a rule gave: the rows that held and its outputs."""

    rows: tuple[str, ...]
    outputs: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Check:
    """What a register said of the applicant, by the names of `registers.NAMES`.

    `source` is who answered, "" where nobody did; then `why` is the reason.
    """

    at: datetime
    says: Mapping[str, object] = field(repr=False)
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened: to which node or thing, by which role and person, "" for the process itself."""

    what: Happened
    at: datetime
    on: str
    role: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case at a moment; `due` is the standard of the whole request.

    `asked` is the moment since which the applicant is asked and the clock stands still, None while it runs; `passed`
    are the tasks that no longer wait and whose standard was passed; `bookings` what each step that books a place said.
    """

    number: str
    started: datetime
    now: datetime
    due: datetime
    parameters: Mapping[str, object]
    answers: Mapping[str, object]
    tasks: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    rules: Mapping[str, Decision] = field(default_factory=dict)
    checks: Mapping[str, Check] = field(default_factory=dict)
    bookings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    tokens: tuple[Token, ...] = ()
    frames: tuple[Frame, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    sent: tuple[Sent, ...] = ()
    issued: tuple[Issue, ...] = ()
    published: tuple[Published, ...] = ()
    history: tuple[Entry, ...] = ()
    outcome: Outcome | None = None
    asked: datetime | None = None
    passed: tuple[str, ...] = ()
    last_id: int = 0

    @property
    def is_over(self) -> bool:
        """Whether the case has ended."""
        return self.outcome is not None

    @property
    def is_stuck(self) -> bool:
        """Whether nothing can happen any more although the case has not ended: a gateway waits in vain."""
        return not self.is_over and not self.tokens

    @property
    def ended(self) -> datetime | None:
        """The moment at which the case ended, None while it is open, also again."""
        if not self.is_over:
            return None
        return next((entry.at for entry in reversed(self.history) if entry.what is Happened.ENDED), None)

    @property
    def counted_until(self) -> datetime:
        """The moment up to which deadlines have run: they stand still while the applicant is asked, and at the end."""
        return self.asked or self.ended or self.now

    @property
    def is_late(self) -> bool:
        """Whether the standard of the whole request was passed."""
        return self.due < self.counted_until

    @property
    def breached(self) -> frozenset[str]:
        """The user tasks whose standard was passed, whether they are done or not."""
        return frozenset(self.passed) | {token.node for token in self.tokens if self.is_passed(token)}

    def is_passed(self, token: Token) -> bool:
        """This function will tell whether the standard of a waiting task was passed."""
        return token.due is not None and token.due < self.counted_until

    def token_at(self, node: str) -> Token | None:
        """This function will return the token that waits at a node, the oldest of several."""
        return next((token for token in self.tokens if token.node == node), None)

    def noted(self, entry: Entry) -> "Case":
        """This function will return the case with one more entry in its history."""
        return replace(self, history=(*self.history, entry))
