"""Exempt evidence opens inside its region to internal assessors under a decree, for answers that they assess."""

from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations import team
from livinglab.evaluations.operations.delegation import assign
from livinglab.evaluations.operations.evidence_uses import attach, detach
from livinglab.evidence.queries import Piece
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.operations import grant_membership
from livinglab.organizations.queries import Role
from tests.evaluations.kit import AT, Region, open_round
from tests.evidence import people as evidence
from tests.organizations.people import make_member, make_person, signed_in, trail

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shelf(settings: Settings, tmp_path: Path) -> None:
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.EVIDENCE_BUCKET = None
    settings.CLAMAV_ADDRESS = ""


@pytest.fixture
def shown() -> tuple[Region, Piece]:
    """An exempt piece, shown for indicator 21."""
    region = open_round()
    exempt = {"classification": "exempt", "exemption": "c", "class_reason": "Memuat rincian keamanan."}
    piece = evidence.add(region.organization, region.entry, **exempt)
    attach(place=region.as_(region.entry), indicator="21", piece_id=piece.id, level=2, reference="", at=AT)
    return region, piece


def decreed(region: Region) -> None:
    """This function will put a decree on the assessor team on file."""
    team.enter_decree(place=region.as_(region.coordinator), number="7/2025", day=date(2025, 6, 1), at=AT)


def address(piece: Piece) -> str:
    return f"/regions/14.08/evidence/{piece.id}/file/"


def openings() -> int:
    return sum(one.action == "evidence.exempt_piece_opened" for one in trail("14.08"))


def test_it_opens_to_the_internal_assessor_under_a_decree(shown: tuple[Region, Piece]) -> None:
    region, piece = shown
    client = signed_in(region.internal)
    assert client.post(address(piece)).status_code == 403  # nobody is set up as a team yet
    assert openings() == 0
    decreed(region)
    assert client.get(address(piece)).status_code == 200
    assert openings() == 0
    assert client.post(address(piece))["Content-Type"] == "application/pdf"
    assert openings() == 1


def test_it_opens_to_nobody_else_inside_not_even_to_who_added_it(shown: tuple[Region, Piece]) -> None:
    region, piece = shown
    decreed(region)
    inspector = make_member("inspektur.siak", Role.INSPECTORATE, "14.08")
    for user in (region.entry, region.coordinator, region.responsible, region.officer, inspector):
        assert signed_in(user).post(address(piece)).status_code == 403
    assert openings() == 0


def test_it_does_not_open_to_the_internal_assessor_of_the_answering_agency(
    shown: tuple[Region, Piece],
) -> None:
    region, piece = shown
    decreed(region)
    own = make_person("asesor.kominfo")
    grant_membership(
        user=own,
        organization=region.organization,
        role=Role.INTERNAL_ASSESSOR,
        agency_id=region.agency.id,
        by=None,
        at=AT,
    )
    assert signed_in(own).get(address(piece)).status_code == 200
    assign(
        place=region.as_(region.coordinator),
        indicators=["21"],
        agency_id=region.agency.id,
        assignee_id=None,
        due_on=None,
        at=AT,
    )
    assert signed_in(own).post(address(piece)).status_code == 403
    assert signed_in(region.internal).get(address(piece)).status_code == 200


def test_it_opens_only_while_an_answer_shows_it(shown: tuple[Region, Piece]) -> None:
    region, piece = shown
    decreed(region)
    with tenancy(region.organization.id):
        use = EvidenceUse.objects.get(piece_id=piece.id)
    detach(place=region.as_(region.entry), indicator="21", use_id=use.id, at=AT)
    assert signed_in(region.internal).post(address(piece)).status_code == 403
    assert openings() == 0
