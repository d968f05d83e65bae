"""A package taken over since a commitment was signed is work begun for it; live it is evidence, done it is never."""

from datetime import date, timedelta

import pytest
from django.test import Client

from livinglab.adoptions.domain.states import AdoptionState, AdoptionStep
from livinglab.adoptions.models import Adoption, AdoptionFigure
from livinglab.adoptions.operations import adoptions
from livinglab.adoptions.queries.helping import helping
from livinglab.releases.models import Listing
from livinglab.visits.domain.keeping import Keeping
from livinglab.visits.domain.promises import Promised, StepKey
from livinglab.visits.models import Commitment
from livinglab.visits.queries.commitments import find_commitment, standings
from livinglab.visits.queries.funnel import Asked, Counts, VisitorKind, funnel
from tests.adoptions import kit as adopting
from tests.visits import kit
from tests.visits.kit import Scene

pytestmark = pytest.mark.django_db

#: the letter of hardship names this one
STEP = StepKey("45", 4)
TODAY = date(2026, 11, 22)


@pytest.fixture
def who() -> Scene:
    return kit.scene(host="35.10", visitor=adopting.ADOPTER)


@pytest.fixture
def promised(who: Scene) -> Commitment:
    return kit.committed(who, kit.paper((Promised(STEP, kit.ENDS_ON),)))


def counts() -> Counts:
    return funnel(Asked(today=TODAY)).kinds[VisitorKind.REGION]


def test_a_package_taken_over_is_work_begun_without_any_action(promised: Commitment) -> None:
    assert (counts().committed, counts().acted, counts().adopted) == (1, 0, 0)
    adopting.started()
    found = counts()
    assert (found.acted, found.adopted, found.evidenced, found.confirmed) == (1, 1, 0, 0)
    assert (found.ripe, found.ripe_acted) == (1, 1)


def test_once_live_it_is_evidence_and_the_step_is_still_not_done(promised: Commitment) -> None:
    row = adopting.started()
    adopting.agreed(row)
    adopting.answered(row)
    adopting.valued(row)
    live(row)
    assert (counts().evidenced, counts().confirmed) == (1, 0)
    [standing] = standings([found(promised)], today=TODAY)[promised.id]
    assert (standing.keeping, standing.is_kept, standing.has_action) == (Keeping.UNDER_WAY, False, False)
    assert [one.live_on for one in standing.adoptions] == [adopting.AT.date()]
    after = standings([found(promised)], today=kit.ENDS_ON + timedelta(days=1))[promised.id]
    assert [one.keeping for one in after] == [Keeping.MISSED]


def live(row: Adoption) -> None:
    adoptions.take(
        organization=adopting.home(),
        adoption_id=row.id,
        step=AdoptionStep.GO_LIVE,
        by=adopting.officer(),
        at=adopting.AT,
    )


def found(one: Commitment) -> Commitment:
    commitment = find_commitment(one.id)
    assert commitment is not None
    return commitment


def test_the_page_of_the_commitment_leads_to_the_package(promised: Commitment) -> None:
    adopting.started()
    page = Client().get(f"/en/commitments/{promised.id}/").content.decode()
    assert "being taken over since" in page
    assert '/en/packages/32.11/sktm/adopters/"' in page


def test_what_was_begun_before_the_signing_was_not_begun_for_it(who: Scene) -> None:
    adopting.started()
    AdoptionFigure.objects.update(started_at=kit.on(kit.HELD_ON - timedelta(days=1)))
    promised = kit.committed(who, kit.paper((Promised(STEP, kit.ENDS_ON),)))
    assert (counts().acted, counts().adopted) == (0, 0)
    assert standings([found(promised)], today=TODAY)[promised.id][0].adoptions == ()
    AdoptionFigure.objects.update(started_at=kit.on(kit.HELD_ON))
    assert (counts().acted, counts().adopted) == (1, 1)


def test_what_ended_or_helps_another_indicator_or_is_made_up_does_not_count(promised: Commitment) -> None:
    adopting.started()
    for changed in ({"state": AdoptionState.ENDED}, {"is_synthetic": True}):
        before = AdoptionFigure.objects.values(*changed).get()
        AdoptionFigure.objects.update(**changed)
        assert counts().adopted == 0, changed
        AdoptionFigure.objects.update(**before)
    Listing.objects.update(indicators=["spbe-2020/4/4", "pemdi-2026/45/4"])
    assert counts().adopted == 0
    Listing.objects.update(indicators=["spbe-2020/45/2"])
    assert counts().adopted == 1


def test_a_package_that_names_an_indicator_twice_helps_it_once(promised: Commitment) -> None:
    row = adopting.started()
    Listing.objects.update(indicators=["spbe-2020/45/4", "spbe-2020/45/3"])
    [one] = helping([row.organization_id])[row.organization_id, "spbe-2020", "45"]
    assert (one.level, one.package_id, one.publisher) == (4, "sktm", "32.11")
    assert helping([]) == {}
