"""A service of a region whose applicants are asked. All of it is made up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID

from livinglab.kernel.identifiers import new_id
from livinglab.organizations.models import Organization
from livinglab.surveys import operations
from livinglab.surveys.domain.elements import Answers
from livinglab.surveys.domain.invitations import Asked
from tests.organizations.people import organization

#: half past midnight on the first of November where the region is, and still October in UTC
AT: Final = datetime(2026, 10, 31, 17, 30, tzinfo=UTC)
MINUTE: Final = timedelta(minutes=1)
SERVICE: Final = UUID("01980000-0000-7000-8000-00000000a001")
OTHER: Final = UUID("01980000-0000-7000-8000-00000000a002")
HAPPY: Final = (4, 4, 3, 4, 4, 4, 4, 3, 4)
UNHAPPY: Final = (3, 2, 1, 4, 3, 2, 2, 1, 3)
UNTIL: Final = date(2027, 1, 31)


def region() -> Organization:
    return organization("32.11")


def asked(**changed: object) -> Asked:
    """Return a question about a new case, in some things another."""
    plain = Asked(
        service_id=SERVICE,
        package="99.71/sktm",
        version="1.2.0",
        case_id=new_id(),
        step="issued",
        names={"id": "Surat contoh", "en": "Sample letter"},
        comment_until=UNTIL,
    )
    return replace(plain, **changed)  # type: ignore[arg-type]


def invited(one: Asked | None = None, *, at: datetime = AT) -> str:
    """Return the token of a link about a case."""
    return operations.invite(organization_id=region().id, asked=one or asked(), by=None, at=at)


def answered(token: str, answers: Answers = HAPPY, comment: str = "", *, at: datetime = AT + MINUTE) -> None:
    """Answer by a link."""
    operations.answer(organization_id=region().id, token=token, answers=answers, comment=comment, at=at)


def enough(number: int = 10, answers: Answers = HAPPY, *, at: datetime = AT, **changed: object) -> None:
    """Have some applicants asked, all of whom answer alike."""
    for _one in range(number):
        answered(invited(asked(**changed), at=at), answers, at=at + MINUTE)
