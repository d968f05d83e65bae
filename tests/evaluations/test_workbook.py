"""A workbook that was filled offline is looked at, then stored: nothing is lost, nothing is written unseen."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from livinglab.evaluations.adapters.workbook_in import WorkbookRefused
from livinglab.evaluations.domain.answers import Draft
from livinglab.evaluations.models import Answer, Participation, WorkbookDraft
from livinglab.evaluations.operations import answers, delegation, workbooks
from livinglab.evaluations.operations.workbooks import ChoicesRefused, PreviewOutdated
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.kit import AT, SPBE, Region, draft, of_year, open_round
from tests.evaluations.test_workbook_files import WHOLE, edited, where
from tests.organizations.people import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def siak() -> Region:
    return open_round()


def out(region: Region, user: Any) -> bytes:
    return workbooks.export(place=region.as_(user), at=AT, language="id")


def kept(region: Region, user: Any, content: bytes) -> WorkbookDraft:
    return workbooks.upload(place=region.as_(user), content=content, at=AT)


def look(region: Region, user: Any, one: WorkbookDraft) -> workbooks.Preview:
    with tenancy(region.organization.id):
        return workbooks.preview(region.as_(user), one)


def store(region: Region, user: Any, one: WorkbookDraft, **choices: str) -> int:
    found = look(region, user, one)
    made = {("21", field): value for field, value in choices.items()}
    return workbooks.apply(place=region.as_(user), draft=one, seen=found.seen, choices=made, at=AT)


def answer_21(region: Region) -> Answer:
    with tenancy(region.organization.id):
        return Answer.objects.get(indicator="21")


def test_what_was_filled_offline_is_stored_in_one_go_after_somebody_looked(siak: Region) -> None:
    content = out(siak, siak.entry)
    cells = {where(content, "21", "level"): 2, where(content, "21", "met_1"): "x"}
    cells |= {where(content, "21", "met_2"): "x", where(content, "21", "facts"): "Diisi luring."}
    one = kept(siak, siak.entry, edited(content, **cells))
    with tenancy(siak.organization.id):
        assert not Answer.objects.exists()
    found = look(siak, siak.entry, one)
    assert [(change.field, change.after) for change in found.touched[0].changes] == [
        ("level", Decimal(2)),
        ("met", frozenset({1, 2})),
        ("facts", "Diisi luring."),
    ]
    assert (found.unchanged, found.refusals) == (46, ())
    assert store(siak, siak.entry, one) == 1
    stored = answer_21(siak)
    assert (stored.level, stored.met, stored.facts, stored.version) == (2, [1, 2], "Diisi luring.", 1)
    assert Participation.objects.get(id=siak.participation.id).self_index == Decimal("1.02")
    actions = [entry.action.removeprefix("evaluations.") for entry in trail("14.08")][:3]
    assert actions == ["workbook_imported", "answer_saved", "workbook_uploaded"]


def test_an_upload_is_stored_once(siak: Region) -> None:
    content = out(siak, siak.entry)
    one = kept(siak, siak.entry, edited(content, **{where(content, "21", "facts"): "Sekali."}))
    seen = look(siak, siak.entry, one).seen
    store(siak, siak.entry, one)
    with pytest.raises(Refused) as refused:
        workbooks.apply(place=siak.as_(siak.entry), draft=one, seen=seen, choices={}, at=AT)
    assert refused.value.refusal.code == "upload_gone"
    assert answer_21(siak).version == 1


def test_what_two_people_changed_is_chosen_and_the_rest_is_merged(siak: Region) -> None:
    place = siak.as_(siak.entry)
    answers.save(place=place, indicator="21", draft=draft(2, "F", "A"), base_version=0, at=AT)
    content = out(siak, siak.entry)
    cells = {where(content, "21", "facts"): "F luring", where(content, "21", "analysis"): "A luring"}
    answers.save(place=place, indicator="21", draft=draft(2, "F daring", "A"), base_version=1, at=AT)
    one = kept(siak, siak.entry, edited(content, **cells))
    found = look(siak, siak.entry, one)
    (compared,) = found.touched
    assert [(c.field, c.base, c.theirs, c.mine) for c in compared.conflicts] == [
        ("facts", "F", "F daring", "F luring")
    ]
    assert [(c.field, c.after) for c in compared.changes] == [("analysis", "A luring")]
    with pytest.raises(ChoicesRefused):
        store(siak, siak.entry, one)
    assert answer_21(siak).version == 2
    assert store(siak, siak.entry, one, facts=workbooks.MINE) == 1
    assert (answer_21(siak).facts, answer_21(siak).analysis) == ("F luring", "A luring")


def test_what_changed_between_looking_and_confirming_is_shown_again_and_not_written(siak: Region) -> None:
    content = out(siak, siak.entry)
    one = kept(siak, siak.entry, edited(content, **{where(content, "21", "facts"): "Luring."}))
    seen = look(siak, siak.entry, one).seen
    answers.save(
        place=siak.as_(siak.entry), indicator="21", draft=Draft(facts="Daring."), base_version=0, at=AT
    )
    with pytest.raises(PreviewOutdated) as outdated:
        workbooks.apply(place=siak.as_(siak.entry), draft=one, seen=seen, choices={}, at=AT)
    assert outdated.value.preview.has_conflicts
    assert answer_21(siak).facts == "Daring."


def test_rows_that_cannot_be_are_left_out_and_say_why(siak: Region) -> None:
    content = out(siak, siak.entry)
    cells = {
        where(content, "1", "level"): 3,  # the checklist allows 1
        where(content, "2", "facts"): "x" * 20_001,
        where(content, "3", "version"): 9,
        where(content, "4", "level"): "tiga",
        where(content, "5", "indicator"): "99",
        where(content, "6", "facts"): "Baik.",
    }
    one = kept(siak, siak.entry, edited(content, **cells))
    found = look(siak, siak.entry, one)
    assert [row.indicator for row in found.refusals] == ["1", "2", "3", "4", "99"]
    assert "tingkat tertinggi adalah 1" in str(found.refusals[0].reasons[0])
    assert "Sel G6" in str(found.refusals[3].reasons[0])
    assert store(siak, siak.entry, one) == 1
    with tenancy(siak.organization.id):
        assert [row.indicator for row in Answer.objects.filter(version__gt=0)] == ["6"]


def test_an_agency_brings_back_only_its_own_indicators(siak: Region) -> None:
    delegation.assign(
        place=siak.as_(siak.coordinator),
        indicators=["21"],
        agency_id=siak.agency.id,
        assignee_id=None,
        due_on=None,
        at=AT,
    )
    content = out(siak, siak.officer)
    cells = {where(content, "21", "facts"): "Milik kami.", where(content, "22", "facts"): "Bukan."}
    found = look(siak, siak.officer, kept(siak, siak.officer, edited(content, **cells)))
    assert [one.row.indicator for one in found.touched] == ["21"]
    assert [one.indicator for one in found.refusals] == ["22"]


@pytest.mark.parametrize("who", ["external", "ministry"])
def test_assessors_bring_no_workbook(siak: Region, who: str) -> None:
    with pytest.raises(Refused) as refused:
        kept(siak, getattr(siak, who), WHOLE)
    assert refused.value.refusal.code == "not_a_writer"


def test_a_workbook_of_another_year_is_refused_naming_both(siak: Region) -> None:
    other = open_round(of_year(SPBE, 2024), "32.11")
    with pytest.raises(WorkbookRefused) as refused:
        kept(siak, siak.entry, out(other, other.entry))
    assert "2024" in str(refused.value.message)
    assert "2025" in str(refused.value.message)


def test_an_upload_is_its_owners_and_lives_a_day(siak: Region) -> None:
    one = kept(siak, siak.entry, out(siak, siak.entry))
    with tenancy(siak.organization.id):
        mine, theirs = siak.as_(siak.entry), siak.as_(siak.coordinator)
        assert workbooks.find_draft(mine, one.id, at=AT) == one
        assert workbooks.find_draft(theirs, one.id, at=AT) is None
        assert workbooks.find_draft(mine, one.id, at=AT + timedelta(days=1)) is None
    workbooks.upload(place=siak.as_(siak.entry), content=out(siak, siak.entry), at=AT + timedelta(days=1))
    with tenancy(siak.organization.id):
        assert WorkbookDraft.objects.count() == 1
