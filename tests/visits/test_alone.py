"""Commitments without a visit: promised by a region itself or at a meeting of leaders, and counted for themselves."""

from datetime import date, timedelta

import pytest
from django.test import Client

from livinglab.audit.models import Entry
from livinglab.audit.queries import latest_entries
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.models import Organization
from livinglab.visits.domain.kinds import Occasion, VisitorKind
from livinglab.visits.domain.promises import Promised, StepKey
from livinglab.visits.models import Commitment
from livinglab.visits.operations import commitments
from livinglab.visits.queries.funnel import Asked, Side, funnel
from tests.organizations.people import signed_in
from tests.visits import kit
from tests.visits.kit import VISITOR, Scene

pytestmark = pytest.mark.django_db

NEW = f"/regions/{VISITOR}/commitments/new/"


@pytest.fixture
def who() -> Scene:
    return kit.scene()


def alone(who: Scene, occasion: Occasion = Occasion.OWN, *, number: str = "800/9/2026") -> Commitment:
    return commitments.sign_alone(
        organization=who.visitor,
        occasion=occasion,
        paper=kit.paper(number=number),
        by=who.visitor_head,
        at=kit.on(kit.HELD_ON),
    )


def test_it_counts_under_its_own_kind_and_follows_up_no_visit(who: Scene) -> None:
    alone(who, Occasion.MEETING)
    later = kit.HELD_ON + timedelta(days=90)
    found = funnel(Asked(today=later))
    assert found.kinds == {}
    assert list(found.alone) == [Occasion.MEETING]
    counts = found.alone[Occasion.MEETING]
    assert (counts.started, counts.committed, counts.acted, counts.ripe) == (1, 1, 0, 1)
    visited = kit.minuted(who)
    assert funnel(Asked(today=later)).kinds[VisitorKind.REGION].committed == 0, (
        "the visit is not followed up by it"
    )
    assert visited.state == "minuted"


def test_each_occasion_is_counted_for_itself_and_a_host_has_none(who: Scene) -> None:
    alone(who, Occasion.OWN, number="1")
    commitments.withdraw(
        commitment_id=Commitment.objects.get().id, reason="Uji.", by=who.visitor_head, at=kit.on(kit.HELD_ON)
    )
    alone(who, Occasion.MEETING, number="2")
    today = kit.HELD_ON
    assert list(funnel(Asked(today=today)).alone) == [Occasion.MEETING], "a withdrawn one is none"
    hosted = funnel(Asked(today=today, organization_id=who.visitor.id, side=Side.HOST, by=Side.VISITOR))
    made = funnel(Asked(today=today, organization_id=who.visitor.id, side=Side.VISITOR, by=Side.HOST))
    assert (hosted.alone, list(made.alone)) == ({}, [Occasion.MEETING])


@pytest.mark.parametrize("person", ["visitor_entry", "citizen", "host_coordinator", "ministry", "mentor"])
def test_only_head_and_coordinator_enter_it(who: Scene, person: str) -> None:
    with pytest.raises(Refused, match="not_a_signer"):
        commitments.sign_alone(
            organization=who.visitor,
            occasion=Occasion.OWN,
            paper=kit.paper(),
            by=getattr(who, person),
            at=kit.on(kit.HELD_ON),
        )
    assert not Commitment.objects.exists()
    assert signed_in(getattr(who, person)).get(NEW).status_code == 403


def test_the_occasion_of_a_visit_needs_a_visit(who: Scene) -> None:
    with pytest.raises(ValueError, match="signed with the visit"):
        alone(who, Occasion.VISIT)


def test_a_step_promised_after_a_visit_is_not_promised_again(who: Scene) -> None:
    kit.committed(who)
    with pytest.raises(Refused, match="promised_already"):
        alone(who)
    assert Commitment.objects.count() == 1


def test_one_entry_stands_in_the_own_trail(who: Scene) -> None:
    commitment = alone(who)
    [entry] = of(who.visitor, commitment)
    assert (entry.action, entry.by) == ("visits.commitment_signed", who.visitor_head.id)
    assert entry.facts["occasion"] == "own"
    assert of(who.host, commitment) == []


def of(organization: Organization, commitment: Commitment) -> list[Entry]:
    with tenancy(organization.id):
        return [one for one in latest_entries(organization.id) if one.subject == str(commitment.id)]


def typed(today: date, **changed: str) -> dict[str, str]:
    given = {
        "instrument": "spbe-2020",
        "occasion": "meeting",
        "title": "Rapat koordinasi kepala daerah (uji)",
        "number": "800/7/2026",
        "signer": "Bupati (uji)",
        "signed_on": today.isoformat(),
        "ends_on": (today + timedelta(days=300)).isoformat(),
        "indicator-1": "21",
        "level-1": "4",
        "due-1": (today + timedelta(days=200)).isoformat(),
        "manner-1": "",
    }
    return given | changed


def test_the_form_enters_it_and_everybody_sees_from_what_it_came(who: Scene) -> None:
    client = signed_in(who.visitor_head)
    assert NEW in client.get(f"/regions/{VISITOR}/visits/").content.decode()
    assert client.get(NEW).status_code == 200
    answer = client.post(NEW, typed(clock.today()))
    commitment = Commitment.objects.get()
    assert answer.status_code == 302
    page = Client().get(f"/commitments/{commitment.id}/").content.decode()
    assert "dalam pertemuan para pemimpin" in page
    assert "Rapat koordinasi" not in page
    assert "800/7/2026" in client.get(f"/regions/{VISITOR}/visits/").content.decode()
    follow = Client().get("/en/follow-through/").content.decode()
    assert "At a meeting of leaders" in follow
    [item] = Client().get("/api/v1/follow-through").json()["without_visit"]
    assert (item["occasion"], item["counts"]["committed"]) == ("meeting", 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"occasion": ""}, "occasion"),
        ({"occasion": "visit"}, "occasion"),
        ({"number": ""}, "number"),
        ({"signed_on": "31.31.2026"}, "signed_on"),
        ({"due-1": "bukan tanggal"}, "due-1"),
        ({"due-1": ""}, "due-1"),
        ({"indicator-1": ""}, "indicator-1"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_kept(
    who: Scene, changed: dict[str, str], field: str
) -> None:
    answer = signed_in(who.visitor_head).post(NEW, typed(clock.today(), **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    assert "Bupati (uji)" in page, "what was typed stays"
    assert not Commitment.objects.exists()


def test_the_address_proposes_steps(who: Scene) -> None:
    page = signed_in(who.visitor_head).get(f"{NEW}?instrument=spbe-2020&steps=22:3").content.decode()
    assert '<option value="22" selected>' in page


def test_a_promise_of_a_meeting_is_missed_like_any_other(who: Scene) -> None:
    promised = (Promised(StepKey("21", 4), kit.HELD_ON + timedelta(days=30)),)
    commitments.sign_alone(
        organization=who.visitor,
        occasion=Occasion.MEETING,
        paper=kit.paper(promised),
        by=who.visitor_head,
        at=kit.on(kit.HELD_ON),
    )
    on_its_day = funnel(Asked(today=kit.HELD_ON + timedelta(days=30)))
    after = funnel(Asked(today=kit.HELD_ON + timedelta(days=31)))
    assert (on_its_day.alone[Occasion.MEETING].missed, after.alone[Occasion.MEETING].missed) == (0, 1)
