"""A plan's actions out to a workbook and back: looked at, confirmed, nothing lost."""

import io
import re
from datetime import date
from typing import Any
from uuid import UUID

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from livinglab.actions.adapters.workbook_in import WorkbookRefused, read_workbook
from livinglab.actions.adapters.workbook_layout import COLUMNS, FIRST_ROW, IDENTITY_SHEET
from livinglab.actions.adapters.workbook_out import ActionLine, PlanContent, write_workbook
from livinglab.actions.domain.drafts import ActionDraft
from livinglab.actions.domain.sheet import compare
from livinglab.actions.models import Action
from livinglab.actions.operations import actions as operations
from livinglab.actions.operations import workbooks
from livinglab.actions.operations.workbooks import MINE, THEIRS, ChoicesRefused, Preview, PreviewOutdated
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from tests.actions.kit import AT, Region, accepted_region
from tests.organizations.people import signed_in, trail

pytestmark = pytest.mark.django_db
WHERE = {column.key: position for position, column in enumerate(COLUMNS, start=1)}


@pytest.fixture
def siak() -> Region:
    return accepted_region()


def exported(region: Region, language: str = "id") -> bytes:
    return workbooks.export(
        place=region.as_(region.planner),
        plan=region.plan,
        named=lambda action: (f"{action.indicator} → {action.to_level}", action.state),
        language=language,
    )


def edited(content: bytes, *cells: tuple[int, str, Any]) -> bytes:
    """This function will set cells, each given by the action's place from 1, the column's key and the value."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for place, key, value in cells:
        book.worksheets[0].cell(FIRST_ROW + place - 1, WHERE[key]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(region: Region, content: bytes) -> Preview:
    place = region.as_(region.planner)
    workbook = workbooks.upload(place=place, plan=region.plan, content=content, at=AT)
    with tenancy(region.organization.id):
        return workbooks.preview(place, workbook)


def applied(region: Region, found: Preview, choices: dict[tuple[int, str], str] | None = None) -> int:
    return workbooks.apply(
        place=region.as_(region.planner),
        workbook=found.workbook,
        seen=found.seen,
        choices=choices or {},
        at=AT,
    )


def saved(region: Region, number: int = 1, **values: Any) -> Action:
    """This function will change an action on the platform."""
    action = region.action(number)
    base = operations.draft_of(action)
    draft = ActionDraft(**{name: getattr(base, name) for name in ActionDraft.__slots__} | values)
    operations.save(
        place=region.as_(region.planner),
        action_id=action.id,
        draft=draft,
        base=base,
        base_version=action.version,
        at=AT,
    )
    return region.action(number)


AWKWARD = {
    "title": "=1+1 _x0041_ “judul”",
    "evidence_wanted": "@SUM(A1)\nbaris dua\ttab",
    "sub_activity": "2.16.02.2.01.0001",
    "planning_year": 2028,
    "cost": 1_250_000_000,
    "lever": "control",
    "starts_on": date(2027, 1, 5),
    "due_on": date(2027, 6, 30),
}


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_workbook_that_nobody_touched_changes_nothing(siak: Region, language: str) -> None:
    saved(siak, **AWKWARD)
    content = exported(siak, language)
    for same in (content, edited(content)):
        found = uploaded(siak, same)
        assert (found.touched, found.refusals) == ((), ())
        assert found.unchanged == len(siak.actions())


def test_what_was_filled_is_seen_first_and_stored_at_once_with_one_entry(siak: Region) -> None:
    before = len(trail("14.08"))
    content = edited(
        exported(siak),
        (1, "cost", "Rp 2.500.000"),
        (1, "due_on", "30-06-2027"),
        (2, "agency_id", "dinas kominfo (uji)"),
        (2, "lever", "leadership"),
    )
    found = uploaded(siak, content)
    assert {(one.number, one.field) for row in found.touched for one in row.changes} == {
        (1, "cost"),
        (1, "due_on"),
        (2, "agency_id"),
        (2, "lever"),
    }
    assert siak.action(1).cost is None
    assert applied(siak, found) == 2
    first, second = siak.action(1), siak.action(2)
    assert (first.cost, first.due_on, first.version) == (2_500_000, date(2027, 6, 30), 1)
    assert (second.agency_id, second.lever) == (siak.agency.id, "leadership")
    newest = trail("14.08")[0]
    assert newest.action == "actions.workbook_imported"
    assert newest.facts == {"actions": [1, 2], "refused": 0}
    assert len(trail("14.08")) == before + 2
    with pytest.raises(Refused):
        applied(siak, found)


def test_fields_that_others_changed_meanwhile_are_merged_or_chosen(siak: Region) -> None:
    content = edited(exported(siak), (1, "title", "Luring"), (1, "cost", 5))
    saved(siak, title="Daring", sub_activity="1.01")
    found = uploaded(siak, content)
    (row,) = found.touched
    assert [(one.field, one.base, one.theirs, one.mine) for one in row.conflicts] == [
        ("title", "", "Daring", "Luring")
    ]
    assert [(one.field, one.after) for one in row.changes] == [("cost", 5)]
    with pytest.raises(ChoicesRefused):
        applied(siak, found)
    assert siak.action(1).title == "Daring"
    assert siak.action(1).cost is None
    assert applied(siak, found, {(1, "title"): MINE}) == 1
    stored = siak.action(1)
    assert (stored.title, stored.sub_activity, stored.cost) == ("Luring", "1.01", 5)


def test_theirs_stands_when_it_is_chosen(siak: Region) -> None:
    content = edited(exported(siak), (1, "title", "Luring"))
    saved(siak, title="Daring")
    assert applied(siak, uploaded(siak, content), {(1, "title"): THEIRS}) == 0
    assert siak.action(1).title == "Daring"


def test_what_changed_after_the_look_is_shown_again_and_nothing_is_stored(siak: Region) -> None:
    found = uploaded(siak, edited(exported(siak), (1, "cost", 5)))
    saved(siak, title="Sementara itu")
    with pytest.raises(PreviewOutdated):
        applied(siak, found)
    assert siak.action(1).cost is None


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("due_on", "besok", "Sel G3: ini bukan tanggal"),
        ("due_on", None, "Sel G3: aksi harus memiliki tenggat"),
        ("due_on", date(2020, 1, 1), "mulai setelah"),
        ("cost", "1,5 juta", "Sel L3: ini bukan jumlah uang"),
        ("cost", -5, "Sel L3"),
        ("planning_year", "tahun depan", "Sel K3: ini bukan tahun"),
        ("lever", "kekuatan", "Sel H3: pilih satu dari tiga tuas"),
        ("agency_id", "Dinas Sihir", "Sel E3: daerah ini tidak memiliki"),
        ("sub_activity", "bukan kode!", "kode"),
        ("title", "x" * 201, "200"),
    ],
)
def test_a_bad_cell_is_named_and_leaves_out_its_row_only(
    siak: Region, key: str, value: Any, said: str
) -> None:
    found = uploaded(siak, edited(exported(siak), (1, key, value), (2, "cost", 7)))
    (refused,) = found.refusals
    assert refused.number == 1
    assert said in " ".join(str(one) for one in refused.reasons)
    assert applied(siak, found) == 1
    assert siak.action(2).cost == 7
    assert siak.action(1).version == 0


def test_a_row_whose_past_was_tampered_with_is_left_out(siak: Region) -> None:
    book = openpyxl.load_workbook(io.BytesIO(exported(siak)))
    hidden = book[IDENTITY_SHEET]
    assert hidden.sheet_state == "veryHidden"
    hidden["A10"].value = str(hidden["A10"].value).replace('"version": 0', '"version": 9')
    out = io.BytesIO()
    book.save(out)
    (refused,) = uploaded(siak, out.getvalue()).refusals
    assert "Sel A3" in str(refused.reasons[0])


def test_files_that_are_no_workbook_of_this_plan_are_refused(siak: Region) -> None:
    content = exported(siak)
    place = siak.as_(siak.planner)
    for wrong, said in (
        (b"x", "bukan buku kerja Excel"),
        (b"PK\x03\x04xx", "rusak"),
        (edited(content, (1, "title", "=HYPERLINK(1)")), "sel D3"),
        (edited(content, (2, "number", 1)), "dua kali"),
    ):
        with pytest.raises(WorkbookRefused) as refused:
            workbooks.upload(place=place, plan=siak.plan, content=wrong, at=AT)
        assert said in str(refused.value.message)
    with pytest.raises(WorkbookRefused) as refused:
        read_workbook(content, plan_id=UUID(int=7), agencies={})
    assert "rencana lain" in str(refused.value.message)


def test_only_keepers_bring_a_workbook_back(siak: Region) -> None:
    content = exported(siak)
    with pytest.raises(Refused):
        workbooks.upload(place=siak.as_(siak.officer), plan=siak.plan, content=content, at=AT)


def test_the_pages_lead_from_the_file_to_the_store(siak: Region) -> None:
    client, code = signed_in(siak.planner), siak.organization.code
    here = f"/regions/{code}/actions/{siak.plan.id}/workbook/"
    assert "Isi rencana aksi di spreadsheet" in client.get(here).content.decode()
    out = client.get(f"{here}actions.xlsx?language=id")
    assert out["Content-Disposition"] == 'attachment; filename="rencana-aksi-14.08-id.xlsx"'
    assert client.get(f"{here}actions.xlsx?language=xx").status_code == 404
    given = SimpleUploadedFile("rencana.xlsx", edited(out.content, (1, "cost", 99)))
    looked_at = client.post(here, {"file": given})["Location"]
    looked = client.get(looked_at).content.decode()
    assert "Buku kerja mengubah 1 aksi" in looked
    assert "Rp99" in looked
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', looked)
    assert seen is not None
    assert signed_in(siak.coordinator).get(looked_at).status_code == 404
    done = client.post(looked_at, {"action": "store", "seen": seen[1]})
    assert done["Location"] == f"/regions/{code}/actions/{siak.plan.id}/"
    assert siak.action(1).cost == 99
    assert client.post(here, {}).status_code == 422


def test_a_discarded_upload_changed_nothing(siak: Region) -> None:
    client = signed_in(siak.planner)
    here = f"/regions/14.08/actions/{siak.plan.id}/workbook/"
    given = SimpleUploadedFile("rencana.xlsx", edited(exported(siak), (1, "cost", 99)))
    looked_at = client.post(here, {"file": given})["Location"]
    assert client.post(looked_at, {"action": "discard"})["Location"] == here
    assert client.get(looked_at).status_code == 404
    assert siak.action(1).cost is None


def test_two_hundred_actions_come_back_as_they_went() -> None:
    agency = UUID(int=3)
    lines = [
        ActionLine(
            number=number,
            version=number,
            step=f"Langkah {number}",
            state="Direncanakan",
            draft=ActionDraft(
                due_on=date(2027, 6, 30),
                title=f"_x0041_ judul {number}",
                agency_id=agency,
                assignee_id=UUID(int=number),
                cost=number * 1_000,
            ),
        )
        for number in range(1, 201)
    ]
    content = PlanContent(UUID(int=1), "Siak", "Rencana uji", lines, {agency: "Dinas"}, is_synthetic=True)
    rows = read_workbook(
        write_workbook(content, language="id"), plan_id=UUID(int=1), agencies={"Dinas": agency}
    )
    assert [(one.number, one.base_version, one.wrong) for one in rows] == [
        (line.number, line.version, ()) for line in lines
    ]
    kept = [
        compare(row, stored=line.draft, version=line.version) for row, line in zip(rows, lines, strict=True)
    ]
    assert not any(one.is_touched for one in kept)
