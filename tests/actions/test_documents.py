"""In which budget document an action stands, with number and date; missing the next one moves its money."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from livinglab.actions.domain.cutoffs import Stage, Standing
from livinglab.actions.models import Action, ActionPlan
from livinglab.actions.operations import actions, documents, helpers
from livinglab.actions.operations.actions import draft_of
from livinglab.actions.queries.budget import placed
from livinglab.evidence.queries import uses_of
from livinglab.kernel import clock
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.planning.queries.costs import costs_of
from tests.actions.kit import AT, SIAK, Region, accepted_region
from tests.organizations.people import signed_in, trail

pytestmark = pytest.mark.django_db
SIGNED = date(2026, 1, 15)
PIECE = UUID(int=7)


@pytest.fixture
def region() -> Region:
    """A region whose first action costs something and plans for 2027."""
    found = accepted_region()
    with tenancy(found.organization.id):
        rows = Action.objects.filter(organization_id=found.organization.id, number=1)
        rows.update(planning_year=2027, cost=5_000_000, due_on=date(2027, 6, 1), starts_on=None)
    return found


def enter(
    region: Region, stage: str = Stage.RKPD, number: str = "12/2026", signed_on: date | None = SIGNED
) -> Action:
    return documents.enter(
        place=region.as_(region.planner),
        action_id=region.action().id,
        stage=stage,
        number=number,
        signed_on=signed_on,
        at=AT,
    )


def test_a_document_counts_for_the_year_it_was_entered_for(region: Region) -> None:
    action = enter(region, number="  12 / 2026 ")
    assert (action.document, action.document_number, action.document_date, action.document_year) == (
        "rkpd",
        "12 / 2026",
        SIGNED,
        2027,
    )
    assert placed(action, date(2026, 7, 1)).standing is Standing.STANDS
    behind = placed(action, date(2026, 9, 1))
    assert (behind.standing, behind.money_from) == (Standing.MISSED, date(2027, 10, 1))
    action.planning_year = 2028
    assert placed(action, date(2026, 9, 1)).standing is Standing.OPEN
    (said,) = [one for one in trail(SIAK) if one.action == "actions.document_entered"]
    assert (said.facts["document"], said.facts["number"], said.facts["year"]) == ("rkpd", "12 / 2026", 2027)


def test_a_later_document_replaces_it_and_taking_it_out_brings_back_the_question(region: Region) -> None:
    enter(region)
    action = enter(region, Stage.APBD, "7/2026")
    assert placed(action, date(2027, 1, 2)).standing is Standing.STANDS
    documents.take_out(place=region.as_(region.planner), action_id=action.id, at=AT)
    left = region.action()
    assert (left.document, left.document_number, left.document_date, left.document_year) == (
        "",
        "",
        None,
        None,
    )
    assert placed(left, date(2027, 1, 2)).standing is Standing.MISSED


@pytest.mark.parametrize(
    ("stage", "number", "signed_on", "code"),
    [
        ("dpa", "1", SIGNED, "document_unknown"),
        ("rkpd", " ", SIGNED, "document_unnumbered"),
        ("rkpd", "9" * 81, SIGNED, "document_unnumbered"),
        ("rkpd", "1", None, "document_undated"),
        ("rkpd", "1", date(2099, 1, 1), "document_in_future"),
    ],
)
def test_half_a_document_is_refused_and_nothing_is_stored(
    region: Region, stage: str, number: str, signed_on: date | None, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        enter(region, stage, number, signed_on)
    assert (refused.value.refusal.code, region.action().document) == (code, "")


def test_without_a_budget_year_there_is_no_document_and_only_keepers_enter_one(region: Region) -> None:
    with tenancy(region.organization.id):
        Action.objects.filter(organization_id=region.organization.id, number=1).update(planning_year=None)
    with pytest.raises(Refused) as refused:
        enter(region)
    assert refused.value.refusal.code == "document_without_year"
    with pytest.raises(Refused) as refused:
        documents.take_out(place=region.as_(region.officer), action_id=region.action().id, at=AT)
    assert refused.value.refusal.code == "not_a_keeper"


def test_the_pages_say_that_a_document_was_missed_and_from_where_money_comes(
    region: Region, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "today", lambda *_zone: date(2026, 9, 1))
    client = signed_in(region.planner)
    path = f"/en/regions/{SIAK}/actions/{region.plan.id}/{region.action().id}/"
    given = {
        "intent": "document-enter",
        "document": "rkpd",
        "document_number": "12/2026",
        "document_date": "15-01-2026",
    }
    assert client.post(f"{path}act/", given).status_code == 302
    page = client.get(path).content.decode()
    assert "Work plan (RKPD) 2027, number 12/2026 of 15 January 2026" in page
    assert "Stands in RKPD 2027 but missed KUA-PPAS: money at the earliest in APBD-P 2027 / APBD 2028" in page
    budget = client.get(f"/en/regions/{SIAK}/actions/{region.plan.id}/budget/").content.decode()
    assert "1 action missed a document of its budget year" in budget
    assert client.post(f"{path}act/", {"intent": "document-take-out"}).status_code == 302
    assert "No document was entered." in client.get(path).content.decode()


def test_the_trail_says_fields_documents_and_agencies_in_words(region: Region) -> None:
    enter(region)
    helpers.add(
        place=region.as_(region.planner),
        action_id=region.action(2).id,
        agency_id=region.agency.id,
        person_id=region.officer.id,
        at=AT,
    )
    draft = draft_of(region.action())
    actions.save(
        place=region.as_(region.planner),
        action_id=region.action().id,
        draft=replace(draft, cost=7),
        base=draft,
        base_version=region.action().version,
        at=AT,
    )
    page = " ".join(
        signed_in(region.coordinator).get(f"/en/organizations/{SIAK}/audit/").content.decode().split()
    )
    assert "document: Work plan (RKPD)" in page
    assert "fields: Cost" in page
    assert f"agencies: {region.agency.name}" in page
    assert f"people: {region.officer}" in page


def test_a_piece_of_evidence_says_which_action_names_it(region: Region) -> None:
    with tenancy(region.organization.id):
        Action.objects.filter(organization_id=region.organization.id, number=1).update(
            evidence_pieces=[str(PIECE)]
        )
        found = uses_of(region.organization.id, [PIECE, region.plan.id])
    (use,) = found[PIECE]
    assert use.label.startswith("Aksi 1 (indikator ")
    assert use.url.endswith(f"/actions/{region.plan.id}/{region.action().id}/")
    assert region.plan.id not in found


def test_the_brief_of_a_plan_knows_what_its_actions_cost(region: Region) -> None:
    action = region.action()
    key, other = (action.indicator, action.to_level), (action.indicator, action.to_level + 1)
    with tenancy(region.organization.id):
        assert costs_of(region.organization.id, "spbe-2020", [key, other]) == {key: 5_000_000}
        assert costs_of(region.organization.id, "pemdi-2026", [key]) == {}
        ActionPlan.objects.filter(organization_id=region.organization.id).update(closed_at=AT)
        assert costs_of(region.organization.id, "spbe-2020", [key]) == {}
