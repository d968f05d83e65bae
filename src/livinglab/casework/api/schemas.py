"""What the API says of services that a region runs, and of applications for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import BaseModel, Field

from livinglab.casework.domain.reopening import LONGEST_REASON
from livinglab.ui.api.lists import PlainText

Ended = Literal["granted", "refused", "lapsed", "withdrawn", "handed_over"]
NotFree = Literal["full", "closed", "past", "too_far"]


class TwoLanguages(Schema):
    """A text in Indonesian and in English."""

    id: str
    en: str


class OfferedItem(Schema):
    """A service that a region runs and that can be applied for."""

    package: str = Field(examples=["sktm"])
    publisher: str = Field(examples=["32.11"])
    name: TwoLanguages
    summary: TwoLanguages
    functions: list[str]
    life_events: list[str] = Field(
        description="Events in a life or a business for which it is there.",
        examples=[["hardship", "education"]],
    )
    is_free: bool
    days: int = Field(description="The standard of the whole request.")
    calendar: Literal["working", "calendar"] = Field(description="How these days are counted.")
    state: Literal["open", "resting", "closed"] = Field(description="Only an open service takes forms.")
    is_synthetic: bool = Field(description="True for what a demo person entered: invented.")
    page: str = Field(description="Address of its page for people.")


class OfferedPlace(Schema):
    """A district or village that offers a service."""

    code: str
    name: str
    level: Literal["district", "village"]


class OfferedDetail(OfferedItem):
    """A service with what its standard promises and what its form asks."""

    version: str = Field(description="Forms that are begun now keep it until their case ends.")
    reason: str = Field(description="Why it takes no forms now, empty while it does.")
    standard: dict[str, TwoLanguages] = Field(
        description="The fourteen components of UU 25/2009 article 21, by their names in the format of packages."
    )
    purpose: TwoLanguages = Field(description="What personal data is asked for.")
    keep_months: int = Field(description="How long it is kept.")
    form: dict[str, Any] = Field(
        description="JSON Schema 2020-12 with the package's own words (`x-…`): pages, titles, conditions, kinds."
    )
    places: list[OfferedPlace] = Field(description="What an answer of the kind `place` may name.")


# not of Ninja's own base: that reads attributes of anything, and a list without any would say nothing wrong
class BeginFormBody(BaseModel):
    """Where somebody applies."""

    unit_code: PlainText = Field(
        "", description="Village or district that offers the service; empty: what the answers name."
    )


class BegunForm(Schema):
    """A form that was begun. Its secret is told once: whoever has it is the applicant."""

    secret: str = Field(description="For `Authorization: Bearer`; also the last part of the page's address.")
    page: str = Field(description="Address of the form's page for people.")
    version: str
    ends_at: datetime = Field(description="When it is deleted unless somebody goes on with it.")


class AnswersBody(Schema):
    """Answers by the id of their question; null takes one away, what is not named stays."""

    answers: dict[str, Any]


class ActBody(AnswersBody):
    """Answers, and a key of your own that names this act: sent again with it, nothing happens twice."""

    key: str = Field(min_length=1, max_length=64)


class ReopeningBody(Schema):
    """Why an ended case is to be looked at again, and a key of your own that names this act."""

    reason: str = Field(min_length=1, max_length=LONGEST_REASON)
    key: str = Field(min_length=1, max_length=64)


class ProblemItem(Schema):
    """What is wrong with an answer."""

    field: str
    code: str
    message: str


class WaitItem(Schema):
    """A step that waits: who has it, and by when."""

    role: TwoLanguages
    step: TwoLanguages
    since: datetime
    due_at: datetime | None
    is_late: bool


class HappenedItem(Schema):
    """Something that happened to a case."""

    at: datetime
    kind: str
    text: str


class MessageItem(Schema):
    """What the applicant was told: subjects as plain text, bodies as HTML, by language."""

    at: datetime
    message: str
    subject: dict[str, str]
    body: dict[str, str]


class FileItem(Schema):
    """A file that answers a question."""

    id: UUID
    step: str = Field(description="The form of the step whose office attached it; empty: the applicant.")
    question: str
    name: str
    size: int = Field(description="In bytes, as it is kept.")
    content_type: Literal[
        "application/pdf",
        "image/jpeg",
        "image/png",
        "text/csv",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    sha256: str
    at: datetime


class PaperItem(Schema):
    """A document that the case issued."""

    nth: int = Field(description="Its number in the case, from 1.")
    document: str
    name: TwoLanguages
    number: str = Field(description="From the office's register.")
    at: datetime
    state: Literal["waiting", "signed", "plain", "revoked"] = Field(
        description="`waiting`: for its signature, so its PDF is not to be had yet; `plain`: it needs none."
    )
    languages: list[str] = Field(description="In which its PDF is to be had.")


class PaperText(PaperItem):
    """A document with its text."""

    pages: dict[str, str] = Field(description="HTML by language.")


class BillItem(Schema):
    """What the applicant pays in a case, and by which code."""

    amount: int = Field(description="In rupiah.")
    state: Literal["free", "prepared", "without_code", "open", "expired", "paid", "void"] = Field(
        description="`open`: it can be paid by its code; `prepared`: the code is still being asked for; "
        "`void`: the case ended before."
    )
    code: str | None = Field(description="By which it is paid; null while there is none.")
    code_until: datetime | None = Field(description="Until when the code can be used.")
    until: datetime | None = Field(description="How long the case waits for it; null: as long as it takes.")
    paid_at: datetime | None = Field(description="When it was paid, as the payment system says.")


class CaseItem(Schema):
    """An application that was sent."""

    number: str
    started_at: datetime
    due_at: datetime = Field(description="By the standard; it moves while the applicant is asked.")
    is_late: bool
    outcome: Ended | None
    finding: TwoLanguages = Field(description="In one sentence how it stands.")
    waits: list[WaitItem]
    is_asked: bool = Field(description="The office waits for the applicant's answer, or would take one.")
    may_object: bool = Field(description="The answer that it waits for is an objection to a refusal.")
    may_reopen_until: date | None = Field(
        description="The last day on which its applicant may have it opened again; null: they may not."
    )
    reopened_at: datetime | None = Field(description="When its applicant had it opened again.")
    history: list[HappenedItem]
    messages: list[MessageItem] = Field(description="The newest first.")
    papers: list[PaperItem]
    bill: BillItem | None = Field(description="The newest; null: nothing was asked to be paid.")
    is_synthetic: bool


class FreeHourItem(Schema):
    """An hour that still has a place."""

    value: str = Field(description="The answer that asks for it.", examples=["s0900"])
    clock: str = Field(description="When it begins, on the region's clocks.", examples=["09.00"])
    left: int = Field(description="Places that nobody holds.")


class FreeDayItem(Schema):
    """A day with the hours of it that have a place, in order."""

    day: date
    hours: list[FreeHourItem]


class FreeHoursItem(FreeDayItem):
    """The hours of the day that was answered, where the service holds places; none is held before sending."""

    field: str = Field(description="The question that asks for the hour.", examples=["slot"])
    day_field: str = Field(description="The question that asks for the day.", examples=["visit_on"])
    chosen: NotFree | None = Field(
        description="Why the hour that was answered cannot be had; null: it can, or none was answered."
    )
    next: FreeDayItem | None = Field(
        description="The next other day with a place; null: none of the days that can be booked."
    )


class FiledItem(Schema):
    """What stands at a secret: a form that is being filled in, or the case that became of it."""

    package: str
    name: TwoLanguages
    version: str
    state: Literal["form", "open", "ended"]
    answers: dict[str, Any] | None = Field(description="While the form is open; null otherwise.")
    asked: list[str] = Field(description="The questions that are asked with these answers, in order.")
    problems: list[ProblemItem] = Field(description="What is still wrong; empty: it can be sent.")
    free_hours: list[FreeHoursItem] = Field(
        description="While the form is open and a day is answered, of a service that holds places in an hour."
    )
    ends_at: datetime | None = Field(description="Of a form: when it is deleted.")
    case: CaseItem | None


class DeskFilters(Schema):
    """What an inbox is narrowed to; without any of them everything at the reader's seats."""

    show: Literal["all", "late", "mine"] = Field("all", description="`mine`: assigned to the reader.")
    number: PlainText = Field("", description="Number of the application, or its last digits.")
    package: PlainText = Field("", description="A service by its package.")
    step: PlainText = Field("", description="A step by its name in the process.")
    place: PlainText = Field(
        "", description="Code of a district or village; of a district with its villages."
    )
    due: Literal["late", "today", "week"] | None = Field(
        None, description="Late now, or due today or until Sunday in the region's zone."
    )
    who: Literal["mine", "nobody"] | UUID | None = Field(
        None, description="Whose it is: the reader's, nobody's, or that of the person with this id."
    )
    standing: Literal["again", "asked", "escalated"] | None = Field(
        None,
        description="Opened again, beside a question to the applicant, or late and told to the superior.",
    )


class AssigneeBody(Schema):
    """Who is to do a step."""

    person: UUID | None = Field(None, description="A colleague with a seat there; without it the reader.")


class AgencyBody(Schema):
    """To which agency a step is handed over."""

    agency: UUID | None = Field(description="An agency of the region; null gives it back to the office.")
    instruction: str = Field("", description="What they are to do; the applicant does not read it.")


class TaskItem(Schema):
    """A step that waits at the reader's seats."""

    id: str
    number: str = Field(description="Number of the application.")
    package: str
    step: TwoLanguages
    lane: str
    since: datetime
    due_at: datetime
    is_late: bool
    is_mine: bool = Field(description="It is assigned to the reader.")
    assignee: UUID | None = Field(description="Who works on it; null where whoever has a seat there does it.")
    agency: UUID | None = Field(
        description="To which agency it was handed over; null where the office has it."
    )
    is_escalated: bool = Field(description="It is late, and its superior was told.")
    is_synthetic: bool


class AppliedAnswer(Schema):
    """A question and its answer as people read them; numbers of identity are masked."""

    field: str
    question: str
    answer: str


class CheckItem(Schema):
    """What a national register said of the applicant."""

    kind: str = Field(description="`identity` or `welfare`.")
    at: datetime
    source: str = Field(
        description="`register`, or `stand_in`: ours, not the national system; empty: no answer."
    )
    says: dict[str, bool | int | str | None] = Field(
        description="By the names of the package standard, section 5; null: not known."
    )


class TaskDetail(TaskItem):
    """A step with what it asks and what was applied for."""

    form: dict[str, Any] | None = Field(description="JSON Schema of what the step asks; null: nothing.")
    application: list[AppliedAnswer]
    checks: list[CheckItem]


class DoneItem(Schema):
    """What became of a step."""

    number: str
    outcome: Ended | None
