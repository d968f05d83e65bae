"""Index steps that assessors confirmed count for the version that ran, as proof of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from livinglab.adoptions.models import VersionUse
from livinglab.adoptions.operations import use
from livinglab.adoptions.queries.steps import Steps, steps_of
from livinglab.casework.models import Service, ServiceVersion
from livinglab.evaluations.domain.process import State
from livinglab.evaluations.domain.stages import Stage
from livinglab.evaluations.models import (
    Evaluation,
    EvidenceUse,
    EvidenceVerdict,
    Participation,
    Round,
    Score,
)
from livinglab.evaluations.operations.evidence_uses import attach
from livinglab.evidence.models import Piece
from livinglab.evidence.operations import Details, add_link
from livinglab.evidence.queries import EvidenceType
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, Region, open_round
from tests.releases import kit as releases

pytestmark = pytest.mark.django_db
SKTM = ("32.11", "sktm")
DECIDED = date(2025, 11, 30)
#: before the decision
LIVE = datetime(2025, 7, 1, 3, tzinfo=UTC)


@pytest.fixture
def siak() -> Region:
    """A region in a round that runs the letter of hardship."""
    region = open_round()
    releases.published()
    at_work(region, "1.0.0", LIVE)
    return region


def at_work(region: Region, release: str, at: datetime) -> None:
    """Give the region's service a version."""
    here = region.organization.id
    with tenancy(here):
        service, _new = Service.objects.get_or_create(
            organization_id=here,
            publisher=SKTM[0],
            package=SKTM[1],
            defaults={"opened_at": at, "changed_at": at},
        )
        number = ServiceVersion.objects.filter(service=service).count() + 1
        ServiceVersion.objects.create(
            organization_id=here,
            service=service,
            number=number,
            release=release,
            digest="",
            content=b"",
            parameters={},
            made_at=at,
        )


def shown(
    region: Region, indicator: str, level: int, *, path: str = "/packages/32.11/sktm/adopters/"
) -> Piece:
    """Show a page of this platform for a level of an indicator."""
    piece = add_link(
        organization_id=region.organization.id,
        url=f"https://lab.example{path}",
        details=Details(title="Layanan berjalan (uji)", type=EvidenceType.LIVE_SERVICE, issued_on=AT.date()),
        by=region.entry.id,
        at=AT,
    )
    attach(place=region.as_(region.entry), indicator=indicator, piece_id=piece.id, level=level, at=AT)
    return piece


def decided(region: Region, **levels: int) -> None:
    """Let a decision stand behind levels, given as i45=4; the way to it is tested by itself."""
    here, evaluation_id = region.organization.id, region.participation.id
    with tenancy(here):
        Evaluation.objects.get_or_create(id=evaluation_id, organization_id=here, defaults={"started_at": AT})
        Score.objects.bulk_create(
            Score(
                organization_id=here,
                evaluation_id=evaluation_id,
                stage=Stage.CONSOLIDATED,
                indicator=key.removeprefix("i"),
                level=level,
                scored_at=AT,
                scored_by=region.external.id,
                justification="Alasan uji.",
            )
            for key, level in levels.items()
        )
    Participation.objects.filter(id=evaluation_id).update(
        state=State.DECIDED, decision_number="Kepmen 1/2025", decision_date=DECIDED
    )


def counted(region: Region) -> dict[tuple[str, str, str], Steps]:
    with tenancy(region.organization.id):
        return dict(steps_of(region.organization))


def test_a_level_that_the_decision_found_is_a_step_confirmed(siak: Region) -> None:
    shown(siak, "45", 4)
    shown(siak, "44", 4, path="/en/packages/32.11/sktm/adopters/")
    assert counted(siak) == {}
    decided(siak, i45=4, i44=3)
    assert counted(siak) == {(*SKTM, "1.0.0"): Steps(shown=2, confirmed=1)}


def test_what_assessors_refused_is_not_confirmed(siak: Region) -> None:
    piece = shown(siak, "45", 4)
    decided(siak, i45=5)
    with tenancy(siak.organization.id):
        EvidenceVerdict.objects.create(
            organization_id=siak.organization.id,
            evaluation_id=siak.participation.id,
            indicator="45",
            piece_id=piece.id,
            is_accepted=False,
            note="Tidak membuktikan (uji).",
            judged_at=AT,
            judged_by=siak.external.id,
        )
    assert counted(siak) == {(*SKTM, "1.0.0"): Steps(shown=1, confirmed=0)}


def test_one_indicator_is_one_step_at_the_highest_level_that_was_shown(siak: Region) -> None:
    piece = shown(siak, "45", 3)
    attach(place=siak.as_(siak.entry), indicator="45", piece_id=piece.id, level=4, at=AT)
    decided(siak, i45=3)
    with tenancy(siak.organization.id):
        assert EvidenceUse.objects.count() == 2
    assert counted(siak) == {(*SKTM, "1.0.0"): Steps(shown=1, confirmed=0)}


def test_invented_rounds_other_pages_and_packages_that_were_not_at_work_count_for_nothing(
    siak: Region,
) -> None:
    shown(siak, "44", 4, path="/packages/32.11/sktm/")
    shown(siak, "46", 4, path="/packages/32.11/another/adopters/")
    shown(siak, "45", 4)
    decided(siak, i44=4, i45=4, i46=4)
    assert counted(siak) == {(*SKTM, "1.0.0"): Steps(shown=1, confirmed=1)}
    Participation.objects.update(decision_date=LIVE.date() - timedelta(days=1))
    assert counted(siak) == {}
    Participation.objects.update(decision_date=LIVE.date())
    assert counted(siak) == {(*SKTM, "1.0.0"): Steps(shown=1, confirmed=1)}
    Round.objects.update(is_synthetic=True)
    assert counted(siak) == {}


def test_the_version_of_the_day_of_the_decision_is_what_counts_and_everybody_reads_it(
    siak: Region, client: Client
) -> None:
    at_work(siak, "1.1.0", LIVE + timedelta(days=30))
    at_work(siak, "2.0.0", datetime(2026, 1, 5, 3, tzinfo=UTC))
    shown(siak, "45", 4)
    decided(siak, i45=4)
    assert counted(siak) == {(*SKTM, "1.1.0"): Steps(shown=1, confirmed=1)}
    touched = use.count_use(organization_id=siak.organization.id, at=AT)
    assert len(touched) == 1
    row = VersionUse.objects.get()
    assert (row.version, row.cases, row.steps_claimed, row.steps_confirmed) == ("1.1.0", 0, 1, 1)
    assert "1 of 1 index step confirmed" in client.get("/en/packages/32.11/sktm/adopters/").content.decode()
    assert use.count_use(organization_id=siak.organization.id, at=AT) == frozenset()


def test_a_step_goes_over_to_the_version_of_the_newest_decision(siak: Region) -> None:
    shown(siak, "45", 4)
    decided(siak, i45=4)
    use.count_use(organization_id=siak.organization.id, at=AT)
    at_work(siak, "1.1.0", LIVE + timedelta(days=30))
    use.count_use(organization_id=siak.organization.id, at=AT)
    rows = VersionUse.objects.order_by("version").values_list("version", "steps_claimed", "steps_confirmed")
    assert list(rows) == [("1.0.0", 0, 0), ("1.1.0", 1, 1)]
