"""What the API says of workbooks, of the archive of evidence and of reports."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from livinglab.evaluations.api.schemas import ShortText

FieldName = Literal["level", "met", "facts", "analysis", "external_source"]
Value = str | list[int] | None


class ChangeItem(Schema):
    """A field that the workbook changes and nobody else did."""

    indicator: str
    field: FieldName
    before: Value
    after: Value


class ConflictItem(Schema):
    """A field that the workbook and somebody on the platform changed differently since it was made."""

    indicator: str
    field: FieldName
    base: Value
    theirs: Value = Field(description="As it is stored now.")
    mine: Value = Field(description="As the workbook says it.")


class LeftRowItem(Schema):
    """A row of the workbook that is left out, and why."""

    indicator: str
    row: int = Field(description="Number of the row in the sheet.")
    reasons: list[str]


class WorkbookItem(Schema):
    """What an uploaded workbook would do now; nothing is stored before it is applied."""

    id: UUID
    seen: str = Field(description="Names exactly this preview; another one as soon as anything changed.")
    changes: list[ChangeItem]
    conflicts: list[ConflictItem]
    refused: list[LeftRowItem]
    unchanged: int = Field(description="How many rows change nothing.")


class ChoiceBody(Schema):
    """Whose value of a field in conflict stands."""

    indicator: ShortText
    field: FieldName
    choice: Literal["mine", "theirs"]


class ApplicationBody(Schema):
    """The preview that was looked at, and a choice for each of its conflicts."""

    seen: ShortText = Field(description="As the preview names itself.")
    choices: list[ChoiceBody] = Field(default_factory=list, max_length=1_000)


class AppliedItem(Schema):
    """What a workbook changed, all of it in one transaction."""

    changed: int = Field(description="How many answers changed.")


class ArchiveBody(Schema):
    """Whether the exempt pieces that the reader assesses are in the archive."""

    with_exempt: bool = False


class ReportBody(Schema):
    """The report that is wanted."""

    language: Literal["id", "en"]
    form: Literal["pdf", "docx"]


class ReportItem(Schema):
    """A report that somebody asked for, and how far its making is."""

    id: UUID
    language: Literal["id", "en"]
    form: Literal["pdf", "docx"]
    state: Literal["waiting", "working", "done", "failed"]
    percent: int
    problem: Literal["lost", "broken"] | None = Field(
        description="Why it failed: the making was interrupted, or something broke."
    )
    requested_at: datetime
    finished_at: datetime | None
