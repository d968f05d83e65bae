"""A service that went live from a package is proposed as evidence for the indicators that the package names."""

from datetime import timedelta

import pytest

from livinglab.adoptions.domain.states import AdoptionState
from livinglab.adoptions.models import AdoptionFigure
from livinglab.evaluations.models import EvidenceUse
from livinglab.evaluations.operations.proposals import take_proposal
from livinglab.evaluations.queries.proposals import proposals_for
from livinglab.evidence.models import Piece
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.adoptions import kit
from tests.evaluations.browsing import BASE, page, text_of
from tests.evaluations.kit import AT, Region, open_round
from tests.organizations.people import signed_in

pytestmark = pytest.mark.django_db

PAGE = "2025/45/evidence/"
ORIGIN = "https://lab.example"


@pytest.fixture
def siak() -> Region:
    region = open_round()
    kit.started()
    before = AT - timedelta(days=30)
    AdoptionFigure.objects.update(state=AdoptionState.LIVE, started_at=before, live_at=before)
    return region


def key(siak: Region, indicator: str = "45") -> str:
    [one] = proposals_for(siak.organization.id, "spbe-2020", indicator)
    return one.key


def test_only_what_is_live_is_proposed_and_only_where_the_package_says_so(siak: Region) -> None:
    assert key(siak)
    assert proposals_for(siak.organization.id, "spbe-2020", "44") == []
    assert len(proposals_for(siak.organization.id, "pemdi-2026", "17")) == 1
    for state in (AdoptionState.PREPARING, AdoptionState.PAUSED, AdoptionState.ENDED):
        AdoptionFigure.objects.update(state=state)
        assert proposals_for(siak.organization.id, "spbe-2020", "45") == [], state


def test_the_page_proposes_it_and_one_button_attaches_it(siak: Region) -> None:
    client = signed_in(siak.entry)
    text = page(client, PAGE)
    assert "Services that you run" in text
    assert "Attach for level 4" in text
    assert "Services that you run" not in page(client, "2025/44/evidence/")
    closed = client.post(f"{BASE}{PAGE}", {"proposal": key(siak)})
    assert "Nobody elsewhere can open http://testserver/en/packages/32.11/sktm/adopters/" in text_of(
        closed, 422
    )
    sent = client.post(f"{BASE}{PAGE}", {"proposal": key(siak)}, headers={"host": "127.0.0.1"})
    assert sent.status_code == 302
    with tenancy(siak.organization.id):
        use, piece = EvidenceUse.objects.get(), Piece.objects.get()
    assert (use.indicator, use.level, use.piece_id) == ("45", 4, piece.id)
    assert (piece.type, piece.url) == ("live_service", "http://127.0.0.1/en/packages/32.11/sktm/adopters/")


def test_it_is_kept_in_the_library_once(siak: Region) -> None:
    place = siak.as_(siak.entry)
    take_proposal(place=place, indicator="45", key=key(siak), origin=ORIGIN, at=AT)
    with pytest.raises(Refused, match="shown_already"):
        take_proposal(place=place, indicator="45", key=key(siak), origin=ORIGIN, at=AT)
    with tenancy(siak.organization.id):
        EvidenceUse.objects.all().delete()
    take_proposal(place=place, indicator="45", key=key(siak), origin=ORIGIN, at=AT)
    with tenancy(siak.organization.id):
        assert (Piece.objects.count(), EvidenceUse.objects.count()) == (1, 1)


def test_nothing_is_kept_where_it_may_not_be_attached_or_is_proposed_no_more(siak: Region) -> None:
    known = key(siak)
    with pytest.raises(Refused):
        take_proposal(place=siak.as_(siak.officer), indicator="45", key=known, origin=ORIGIN, at=AT)
    AdoptionFigure.objects.update(state=AdoptionState.ENDED)
    for gone in (known, "", "x"):
        with pytest.raises(Refused, match="proposal_unknown"):
            take_proposal(place=siak.as_(siak.entry), indicator="45", key=gone, origin=ORIGIN, at=AT)
    with tenancy(siak.organization.id):
        assert not Piece.objects.exists()
        assert not EvidenceUse.objects.exists()
