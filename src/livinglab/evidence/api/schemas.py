"""What the API says of evidence."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field

from livinglab.evidence.domain.classes import Classification
from livinglab.evidence.domain.types import EvidenceType


def _storable(text: str) -> str:
    if "\x00" in text:
        raise ValueError("must not contain the character U+0000")
    return text


def _absent(value: object) -> object:
    return None if value == "" else value


#: a text of a form; the operation says how long each may be, this bound only keeps nonsense out
FormText = Annotated[str, Field(max_length=2_500), AfterValidator(_storable)]
#: a day of a form, where an empty field means none
FormDay = Annotated[date | None, BeforeValidator(_absent)]


class PieceItem(Schema):
    """A piece of an organisation's evidence: what it is, not what it holds."""

    id: UUID
    title: str
    type: EvidenceType
    document_number: str
    issued_on: date | None = Field(description="Day of the document; of the review for a review.")
    expires_on: date | None
    classification: Classification
    exemption: str = Field(description="Letter of UU 14/2008 article 17; empty unless exempt.")
    is_link: bool
    file_name: str
    content_type: str = Field(
        examples=["application/pdf"], description="Told by the content, never by the name."
    )
    size: int = Field(description="Bytes; 0 for a link.")
    pages: int | None
    sha256: str
    revision: int
    review_state: Literal["unreviewed", "accepted", "refused"]
    scan_state: Literal["clean", "not_scanned"]


class PieceForm(Schema):
    """A new piece: a form with a file, or with the address of a link instead."""

    title: FormText = Field("", description="At most 200 characters.")
    type: FormText = Field("", examples=["policy"], description="Kind of evidence, as in `PieceItem`.")
    document_number: FormText = ""
    issued_on: FormDay = Field(None, description="Day of the document; of the review for a review.")
    expires_on: FormDay = None
    classification: FormText = Field("", examples=["open"], description="open, limited or exempt.")
    exemption: FormText = Field("", description="Letter of UU 14/2008 article 17; empty unless exempt.")
    class_reason: FormText = Field("", description="Why it is limited or exempt.")
    url: FormText = Field("", description="Address of a link, where no file is sent.")


class DescriptionBody(Schema):
    """What is said about a piece, but for its class."""

    title: FormText = Field("", description="At most 200 characters.")
    type: FormText = Field("", examples=["policy"], description="Kind of evidence, as in `PieceItem`.")
    document_number: FormText = ""
    issued_on: FormDay = Field(None, description="Day of the document; of the review for a review.")
    expires_on: FormDay = None


class ClassBody(Schema):
    """The class of a piece with its legal basis."""

    classification: FormText = Field(examples=["open"], description="open, limited or exempt.")
    exemption: FormText = Field("", description="Letter of UU 14/2008 article 17; empty unless exempt.")
    class_reason: FormText = Field("", description="Why it is limited or exempt.")


class ReviewBody(Schema):
    """Whether a piece will do."""

    is_accepted: bool
    reason: FormText = Field("", description="Needed where it will not.")
