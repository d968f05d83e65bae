"""What others may react to is told in the transaction of the write, and only when the write holds."""

from collections.abc import Iterator
from typing import Any

import pytest

from livinglab.evidence import events as told_here
from livinglab.evidence import operations
from livinglab.evidence.events import (
    PieceAdded,
    PieceClassified,
    PieceDescribed,
    PieceReviewed,
    PieceRevised,
    PieceWithdrawn,
)
from livinglab.organizations.models import Organization
from livinglab.organizations.queries import Role
from tests.evidence.people import AT, details, link, officer
from tests.kernel.listener import events_of, listening, told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def listener() -> Iterator[None]:
    with listening(told_here):
        yield


def test_every_change_of_a_piece_is_told_once(siak: Organization) -> None:
    entry, reviewer = officer(siak, Role.DATA_ENTRY), officer(siak, Role.INTERNAL_ASSESSOR)
    first = link(siak, entry)
    here: dict[str, Any] = {"organization_id": siak.id, "at": AT}
    for _again in range(2):  # the second time nothing changes
        operations.describe(piece_id=first.id, details=details(title="Lain"), by=entry.id, **here)
    operations.classify(piece_id=first.id, classification="limited", class_reason="Uji.", by=entry.id, **here)
    with pytest.raises(operations.DetailsRefused):  # refused without a reason
        operations.review(piece_id=first.id, accepted=False, by=reviewer.id, **here)
    operations.review(piece_id=first.id, accepted=True, by=reviewer.id, **here)
    second = operations.revise_link(
        piece_id=first.id, url="https://baru.example/", details=details(), by=entry.id, **here
    )
    operations.withdraw(piece_id=second.id, by=entry.id, **here)
    assert {one.name: [each["piece_id"] for each in told(one)] for one in events_of(told_here)} == {
        PieceAdded.name: [str(first.id)],
        PieceDescribed.name: [str(first.id)],
        PieceClassified.name: [str(first.id)],
        PieceReviewed.name: [str(first.id)],
        PieceRevised.name: [str(second.id)],
        PieceWithdrawn.name: [str(second.id)],
    }
    assert [one["classification"] for one in told(PieceClassified)] == ["limited"]
