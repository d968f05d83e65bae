"""What the API says of external assessors, of their conflicts of interest and of universities."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from livinglab.evaluations.api.schemas import LongText, ShortText


class AssessorItem(Schema):
    """A person who may be assigned, and what bears on conflicts of interest."""

    id: UUID
    name: str
    sent_by: str = Field(description="The institution that gave the role.")
    home: str | None = Field(description="Code of the home region; nobody is assigned before it is known.")
    university: str | None = Field(description="Code of the university.")
    conflicts: int = Field(description="Declared ones.")
    assigned: int = Field(description="Regions assessed now.")


class AssignedItem(Schema):
    """A region that somebody assesses now."""

    id: UUID
    code: str = Field(examples=["14.08"])
    year: int
    round: UUID
    assigned_at: datetime


class DeclaredItem(Schema):
    """A declared conflict of interest."""

    code: str = Field(examples=["14.08"])
    reason: str
    declared_at: datetime


class AssessorDetail(AssessorItem):
    """An assessor with the regions assessed now and the declared conflicts."""

    assignments: list[AssignedItem]
    declared: list[DeclaredItem]


class ProfileBody(Schema):
    """Where an assessor is at home and teaches; assignments in conflict with it end."""

    home: ShortText = Field(examples=["14.08"], description="Code of a province, regency or city.")
    university: ShortText = Field("", examples=["universitas-riau"], description="Code, empty for none.")


class ProfileItem(Schema):
    """Where an assessor is at home and teaches."""

    home: str
    university: str | None


class ConflictBody(Schema):
    """A conflict of interest with a region; assignments there end."""

    code: ShortText = Field(examples=["14.08"])
    reason: LongText = Field(description="One sentence, without names of others.")


class AssignBody(Schema):
    """Regions of a round to assign somebody to."""

    round: UUID
    codes: list[ShortText] = Field(min_length=1, max_length=600, examples=[["14.08"]])


class RefusedItem(Schema):
    """A region that somebody cannot be assigned to, and why."""

    code: str = Field(examples=["14.08"])
    rule: str = Field(examples=["an_assessor_is_not_from_there"])
    reason: str


class AssignedManyItem(Schema):
    """How many regions were assigned, and which were refused."""

    added: int
    refused: list[RefusedItem]


class UniversityItem(Schema):
    """A university to choose from."""

    code: str = Field(examples=["universitas-riau"])
    name: str


class UniversityBody(Schema):
    """A university that the list does not have."""

    name: ShortText = Field(examples=["Universitas Lancang Kuning"])
    is_another: bool = Field(False, description="Somebody looked at the one with nearly the same name.")


class UniversityPartnerItem(Schema):
    """A university that works for a region; its assessors do not assess there."""

    id: UUID
    university: str = Field(examples=["universitas-riau"])
    code: str = Field(examples=["14.08"])
    declared_at: datetime


class UniversityPartnerBody(Schema):
    """A university that works for a region."""

    university: ShortText = Field(examples=["universitas-riau"])
    code: ShortText = Field(examples=["14.08"])
