"""A region's own efforts: who says them, what is kept, what counts, and the file."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.test import Client

from livinglab.accounts.models import User
from livinglab.assessments.queries import get_instrument
from livinglab.kernel.refusals import Refused
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, Role
from livinglab.planning import operations
from livinglab.planning.models import EffortEdit
from livinglab.planning.policies import EFFORT_SETTERS, may_set_efforts
from livinglab.planning.queries import likely_efforts, open_steps
from livinglab.planning.queries.efforts import edits_of, efforts_of, told_of
from livinglab.planning.queries.starts import Start, start_of
from tests.organizations.people import make_member, organization, signed_in, trail
from tests.planning.reading import text_of

pytestmark = pytest.mark.django_db
SIAK = "14.08"
PAGE = f"/en/regions/{SIAK}/efforts/"
FILE = f"/en/regions/{SIAK}/efforts.csv"
AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
STEP = ("21", 3)
SPBE = get_instrument("spbe-2020")


@pytest.fixture
def siak() -> Organization:
    return organization(SIAK)


@pytest.fixture
def planner() -> User:
    return make_member("perencana", Role.PLANNING_AGENCY, SIAK)


def begin(siak: Organization) -> Start:
    found = start_of(siak.id, is_member=False)
    assert found is not None
    return found


def say(
    siak: Organization, by: User, effort: Fraction | None, *, after: int = 0, reason: str = "Sudah ada."
) -> EffortEdit:
    return operations.set_effort(
        organization=siak,
        instrument=SPBE,
        step=STEP,
        effort=effort,
        reason=reason,
        by=by,
        at=AT + timedelta(minutes=after),
    )


def counts(siak: Organization) -> dict[tuple[str, int], Fraction]:
    with tenancy(siak.id):
        return efforts_of(siak.id, SPBE, begin(siak).levels)


def test_the_newest_effort_counts_and_without_one_the_default(siak: Organization, planner: User) -> None:
    likely = likely_efforts(SPBE, begin(siak).levels)
    assert counts(siak) == likely
    say(siak, planner, Fraction(9, 4))
    say(siak, planner, Fraction(1, 3) + Fraction(1, 6), after=1)
    assert counts(siak) == {**likely, STEP: Fraction(1, 2)}
    say(siak, planner, None, after=2)
    assert counts(siak) == likely
    with tenancy(siak.id):
        assert EffortEdit.objects.filter(organization_id=siak.id).count() == 3


def test_the_order_is_that_of_the_moments_said(siak: Organization, planner: User) -> None:
    say(siak, planner, Fraction(7), after=5)
    with tenancy(siak.id):
        EffortEdit.objects.create(
            organization_id=siak.id,
            instrument=SPBE.code,
            indicator="21",
            to_level=3,
            effort=4,
            reason="lama",
            at=AT,
            by=planner.id,
        )
        assert edits_of(siak.id, SPBE)[STEP].effort == 7


def test_a_step_costs_rupiah_of_its_own(siak: Organization, planner: User) -> None:
    """Rupiah alone leave the effort to its default; what an action costs comes before what was said of the step."""
    row = operations.set_effort(
        organization=siak,
        instrument=SPBE,
        step=STEP,
        effort=None,
        rupiah=40_000_000,
        reason="Harga satuan.",
        by=planner,
        at=AT,
    )
    assert (row.effort, row.rupiah, trail(SIAK)[0].action) == (None, 40_000_000, "planning.effort_set")
    levels = begin(siak).levels
    with tenancy(siak.id):
        told = told_of(siak.id, SPBE, levels)
    assert (told.efforts, told.costs) == (likely_efforts(SPBE, levels), {STEP: Fraction(40_000_000)})
    for wrong in (-1, 10**13 + 1):
        with pytest.raises(Refused) as refused:
            operations.set_effort(
                organization=siak,
                instrument=SPBE,
                step=STEP,
                effort=None,
                rupiah=wrong,
                reason="x",
                by=planner,
                at=AT,
            )
        assert refused.value.refusal.code == "cost_wrong"


def test_what_was_said_cannot_be_changed_any_more(siak: Organization, planner: User) -> None:
    row = say(siak, planner, Fraction(2))
    with pytest.raises(ProgrammingError), tenancy(siak.id), transaction.atomic():
        EffortEdit.objects.filter(organization_id=siak.id, id=row.id).update(effort=1)


def test_each_change_leaves_one_entry(siak: Organization, planner: User) -> None:
    before = len(trail(SIAK))
    say(siak, planner, Fraction(2))
    say(siak, planner, None, after=1)
    entries = trail(SIAK)
    assert [one.action for one in entries[: len(entries) - before]] == [
        "planning.effort_dropped",
        "planning.effort_set",
    ]
    assert entries[0].facts == {"indicator": "21", "level": 3}


@pytest.mark.parametrize(
    ("effort", "reason", "code"),
    [
        (Fraction(2), "", "reason_missing"),
        (Fraction(2), " \x00 ", "reason_missing"),
        (Fraction(2), "x" * 501, "reason_too_long"),
        (Fraction(-1), "Alasan.", "effort_wrong"),
        (Fraction(10**12 + 1), "Alasan.", "effort_wrong"),
        (Fraction(1, 3), "Alasan.", "effort_wrong"),
        (None, "Alasan.", "default_already"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_kept(
    siak: Organization, planner: User, effort: Fraction | None, reason: str, code: str
) -> None:
    before = len(trail(SIAK))
    with pytest.raises(Refused) as refused:
        say(siak, planner, effort, reason=reason)
    assert refused.value.refusal.code == code
    with tenancy(siak.id):
        assert not EffortEdit.objects.filter(organization_id=siak.id).exists()
    assert len(trail(SIAK)) == before


def test_the_same_effort_twice_is_refused(siak: Organization, planner: User) -> None:
    say(siak, planner, Fraction(2))
    with pytest.raises(Refused) as refused:
        say(siak, planner, Fraction(2), after=1)
    assert refused.value.refusal.code == "same_effort"


def test_the_step_of_an_outside_index_or_of_none_is_refused(siak: Organization, planner: User) -> None:
    pemdi = get_instrument("pemdi-2026")
    fixed = next(each for each in pemdi.indicators() if each.external_index is not None)
    for instrument, step in ((SPBE, ("48", 2)), (SPBE, ("21", 1)), (pemdi, (fixed.key, 3))):
        with pytest.raises(Refused) as refused:
            operations.set_effort(
                organization=siak,
                instrument=instrument,
                step=step,
                effort=Fraction(1),
                reason="x",
                by=planner,
                at=AT,
            )
        assert refused.value.refusal.code == "step_unknown"


def test_only_those_who_plan_say_efforts(siak: Organization) -> None:
    for role in Role:
        assert (may_set_efforts(frozenset({role})) is None) is (role in EFFORT_SETTERS)
    outsider = make_member("orang.lain", Role.PLANNING_AGENCY, "32.11")
    with pytest.raises(Refused) as refused:
        say(siak, outsider, Fraction(2))
    assert refused.value.refusal.code == "not_a_member"


# --- the page -----------------------------------------------------------------------------------------


def test_the_page_lists_each_open_step_with_default_and_own_effort(siak: Organization, planner: User) -> None:
    browser = signed_in(planner)
    steps = open_steps(SPBE, begin(siak).levels)
    assert f"All {len(steps)} open steps count with the documented default" in _shown(browser)
    say(siak, planner, Fraction(9, 4), reason="Tim sudah dilatih.")
    said = _shown(browser)
    assert f"Siak says itself what 1 of its {len(steps)} open steps costs" in said
    assert "2.25 Tim sudah dilatih. 22 Nov 2026" in said


def test_an_effort_is_set_and_dropped_by_form(siak: Organization, planner: User) -> None:
    browser = signed_in(planner)
    form = {"step": "21:3", "effort": "2,5", "reason": "Tim sudah dilatih.", "intent": "set"}
    assert browser.post(PAGE, form).status_code == 302
    assert counts(siak)[STEP] == Fraction(5, 2)
    assert "Let the default count again" in _shown(browser, "?step=21:3")
    assert browser.post(PAGE, {**form, "intent": "default"}).status_code == 302
    assert counts(siak) == likely_efforts(SPBE, begin(siak).levels)


def test_rupiah_are_set_by_form_and_file_and_weighed_by_the_plan(siak: Organization, planner: User) -> None:
    browser = signed_in(planner)
    form = {
        "step": "21:3",
        "effort": "",
        "rupiah": "Rp40.000.000",
        "reason": "Harga satuan.",
        "intent": "set",
    }
    assert browser.post(PAGE, form).status_code == 302
    assert "Rp40,000,000 Harga satuan." in _shown(browser)
    content = browser.get(FILE).content
    default = likely_efforts(SPBE, begin(siak).levels)[STEP]
    assert content.decode().splitlines()[0] == "indicator,to_level,effort,rupiah"
    assert f"21,3,{float(default):g},40000000" in content.decode().splitlines()
    assert _import(browser, content.replace(b",40000000", b",41000000")).status_code == 302
    assert counts(siak) == likely_efforts(SPBE, begin(siak).levels)
    asked = "lock=21:3&target=3.6&rupiah=1000000"
    said = text_of(browser.get(f"/en/regions/{SIAK}/plan/?{asked}&budget=40999999").content)
    assert "This budget does not add up" in said
    assert "cost Rp41,000,000" in said or "41,000,000 rupiah" in said
    said = text_of(browser.get(f"/en/regions/{SIAK}/plan/?{asked}&budget=500.000.000").content)
    assert "of a budget of Rp500,000,000" in said


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"step": "21:3", "intent": "set", "rupiah": "1,5", "reason": "x"}, "Write whole rupiah from 0"),
        ({}, "Choose a step from the list"),
        ({"step": "21:3", "intent": "set", "effort": "banyak", "reason": "x"}, "Write a number from 0"),
        ({"step": "21:3", "intent": "set", "effort": "3"}, "Say why"),
        ({"step": "21:9", "intent": "set", "effort": "3", "reason": "x"}, "is not known"),
        ({"intent": "import", "file_reason": "x"}, "Choose a CSV file"),
    ],
)
def test_a_form_that_cannot_be_kept_says_why(
    siak: Organization, planner: User, form: dict[str, str], says: str
) -> None:
    answer = signed_in(planner).post(PAGE, form)
    assert answer.status_code == 422
    assert says in text_of(answer.content)
    assert counts(siak) == likely_efforts(SPBE, begin(siak).levels)


# --- the file -----------------------------------------------------------------------------------------


def test_the_file_has_every_open_step_and_comes_back_unchanged(siak: Organization, planner: User) -> None:
    say(siak, planner, Fraction(9, 4))
    browser = signed_in(planner)
    content = browser.get(FILE).content
    lines = content.decode().splitlines()
    assert lines[0] == "indicator,to_level,effort"
    assert len(lines) == 1 + len(open_steps(SPBE, begin(siak).levels))
    assert "21,3,2.25" in lines
    answer = _import(browser, content)
    assert (answer.status_code, "Nothing in the file differs" in text_of(answer.content)) == (422, True)


def test_only_what_differs_is_taken_over_and_the_rest_stays(siak: Organization, planner: User) -> None:
    say(siak, planner, Fraction(9, 4))
    before = counts(siak)
    browser = signed_in(planner)
    content = browser.get(FILE).content.replace(b"21,4,", b"21,4,1") + b"1,2,7\n"  # 1 stands at level 5
    assert _import(browser, content).status_code == 302
    after = counts(siak)
    assert {key for key in after if after[key] != before[key]} == {("21", 4)}
    assert trail(SIAK)[0].action == "planning.efforts_imported"
    assert trail(SIAK)[0].facts == {"count": 1}


def test_a_wrong_file_is_named_line_by_line_and_nothing_is_kept(siak: Organization, planner: User) -> None:
    browser = signed_in(planner)
    answer = _import(browser, b"indicator,to_level,effort\n21,3,2\n99,3,2\n21,4,-1\n")
    said = text_of(answer.content)
    assert answer.status_code == 422
    assert "Line 3: the instrument has no such indicator that a plan could raise." in said
    assert "Line 4: an effort is not below 0." in said
    assert counts(siak) == likely_efforts(SPBE, begin(siak).levels)


def test_a_file_needs_a_reason(planner: User) -> None:
    answer = _import(signed_in(planner), b"indicator,to_level,effort\n21,3,2\n", reason="")
    assert (answer.status_code, "Say why" in text_of(answer.content)) == (422, True)


def test_the_files_own_efforts_are_what_the_command_reads(siak: Organization, planner: User) -> None:
    """The members' plan and `./livinglab plan --effort` reckon with the same numbers."""
    say(siak, planner, Fraction(1, 8))
    rows = signed_in(planner).get(FILE).content.decode().splitlines()[1:]
    read = {(key, int(level)): Fraction(effort) for key, level, effort in (row.split(",") for row in rows)}
    assert read == counts(siak)


def _shown(browser: Client, query: str = "") -> str:
    answer = browser.get(PAGE + query)
    assert answer.status_code == 200
    return text_of(answer.content)


def _import(browser: Client, content: bytes, reason: str = "Kesepakatan tim.") -> Any:
    file = SimpleUploadedFile("efforts.csv", content, "text/csv")
    return browser.post(PAGE, {"intent": "import", "file": file, "file_reason": reason})
