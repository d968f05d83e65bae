"""Published results as claims: what is stored, which leads, how a year is imported, what is refused."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from livinglab.assessments import operations, queries
from livinglab.assessments.adapters.table_files import TableRefused, read_table
from livinglab.assessments.domain.claims import Reliability, Scope, SourceStatement, leading_position
from livinglab.assessments.domain.result_rows import Row
from livinglab.assessments.events import ResultsPublished
from livinglab.assessments.models import PublishedAverage, PublishedResult
from livinglab.audit.operations import PLATFORM
from livinglab.audit.queries import count_entries, first_broken_entry, latest_entries
from livinglab.kernel import events
from livinglab.kernel.models import DataVersion
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations.queries import Organization, find_organization, organizations
from tests.assessments.known import ROOT

AT = datetime(2026, 11, 21, tzinfo=UTC)
DECREE = SourceStatement("List of results 2025", "KepmenPANRB 1/2026", Reliability.OFFICIAL)
HEADER = "code,index,predicate,D1,D2,D3,D4\n"
SUMEDANG = "32.11,4.60,Memuaskan,5.00,4.40,4.09,4.75\n"


def place(code: str) -> Organization:
    found = find_organization(code)
    assert found is not None
    return found


def rows(text: str) -> list[Row]:
    return read_table(text.encode())


def imported(text: str, **options: Any) -> operations.ImportReport:
    given = {"year": 2025, "source": DECREE, "by": None, "at": AT} | options
    return operations.import_results(rows=rows(text), **given)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    heard: list[events.Event] = []
    monkeypatch.setattr(operations, "publish", heard.append)
    return heard


def state() -> tuple[int, int, int]:
    version = DataVersion.objects.get(topic="results").number
    return PublishedResult.objects.count(), PublishedAverage.objects.count(), version


def trail() -> int:
    with tenancy(PLATFORM):
        return count_entries(PLATFORM)


@pytest.mark.django_db
class TestTheReferenceData:
    def test_every_row_is_a_claim(self) -> None:
        assert PublishedResult.objects.count() == 1236 + 57
        assert PublishedAverage.objects.count() == 50

    def test_508_regions_are_rankable_and_485_have_a_result_of_2024(self) -> None:
        rankable = organizations().filter(
            kind__in=["regency", "city"], is_autonomous=True, is_synthetic=False
        )
        ids = set(rankable.values_list("id", flat=True))
        assert len(ids) == 508
        assert len(queries.leading_results([2024], ids)) == 485

    def test_the_decree_leads_for_sumedang_in_2022_and_the_press_stands_beside_it(self) -> None:
        claims = [each for each in queries.results_of(place("32.11").id) if each.year == 2022]
        assert [(each.index, each.is_leading, each.reliability) for each in claims] == [
            (Decimal("3.84"), True, Reliability.DECREE_IN_PRESS),
            (Decimal("3.87"), False, Reliability.PRESS),
        ]

    def test_a_self_assessment_is_kept_but_never_leads(self) -> None:
        claims = [each for each in queries.results_of(place("34.02").id) if each.year == 2021]
        assert [(each.index, each.is_leading) for each in claims] == [(Decimal("3.97"), False)]

    @pytest.mark.parametrize(
        ("code", "index", "domains"),
        [
            ("32.11", "4.51", ["5.00", "4.30", "3.91", "4.69"]),
            ("35.10", "4.77", ["5.00", "4.60", "4.18", "5.00"]),
            ("34.02", "4.18", ["4.00", "3.70", "3.09", "4.88"]),
            ("14.08", "3.54", ["4.90", "2.60", "1.73", "4.32"]),
        ],
    )
    def test_the_results_of_2024_are_as_printed(self, code: str, index: str, domains: list[str]) -> None:
        [result] = queries.leading_results([2024], [place(code).id])
        assert str(result.index) == index
        assert [str(value) for value in result.domains.values()] == domains

    def test_national_averages_lead_with_the_ministrys_report(self) -> None:
        found = queries.averages(scopes=[Scope.NATIONAL])
        assert [(each.year, str(each.index)) for each in found] == [
            (2018, "1.98"), (2019, "2.18"), (2020, "2.26"), (2021, "2.24"),
            (2022, "2.34"), (2023, "2.79"), (2024, "3.12"), (2025, "3.23"),
        ]  # fmt: skip
        both = queries.averages(years=[2022], scopes=[Scope.NATIONAL], leading=False)
        assert [(str(each.index), each.is_leading) for each in both] == [("2.34", True), ("2.35", False)]

    def test_a_misprint_does_not_lead(self) -> None:
        [city] = queries.averages(years=[2023], scopes=[Scope.CITY])
        assert str(city.index) == "3.02"

    def test_loading_it_again_changes_nothing(self, published: list[events.Event]) -> None:
        before = state()
        operations.load_reference(by=None, at=AT)
        assert (state(), published) == (before, [])

    def test_exactly_one_row_cannot_come_from_levels(self) -> None:
        found = queries.check_findings()
        assert [
            (each.result.organization_code, each.result.year, each.finding.kind.value, each.finding.part)
            for each in found
        ] == [("16.07", 2023, "impossible_domain", "D4")]
        assert found[0].finding.printed == "0.30"


@pytest.mark.django_db
class TestAnImport:
    def test_a_dry_run_reports_and_stores_nothing(self, published: list[events.Event]) -> None:
        before = state()
        report = imported(HEADER + SUMEDANG, dry_run=True)
        assert (report.added, report.changed, report.unchanged, report.stored) == (1, 0, 0, False)
        assert (state(), published) == (before, [])

    def test_it_is_one_transaction_one_audit_entry_and_one_event_a_year(
        self, published: list[events.Event]
    ) -> None:
        before, entries = state(), trail()
        report = imported(HEADER + SUMEDANG + "14.08,3.70,Sangat Baik,5.00,3.00,2.00,4.40\n")
        assert (report.added, report.stored, report.years) == (2, True, (2025,))
        assert state() == (before[0] + 2, before[1], before[2] + 1)
        assert trail() == entries + 1
        assert published == [ResultsPublished(year=2025)]

    def test_the_same_file_again_changes_nothing(self, published: list[events.Event]) -> None:
        imported(HEADER + SUMEDANG)
        before = state()
        report = imported(HEADER + SUMEDANG)
        assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
        assert (state(), len(published)) == (before, 1)

    def test_a_corrected_row_replaces_what_the_same_source_said(self) -> None:
        imported(HEADER + SUMEDANG)
        report = imported(HEADER + SUMEDANG.replace("4.60", "4.61"))
        assert (report.added, report.changed) == (0, 1)
        [result] = queries.leading_results([2025], [place("32.11").id])
        assert str(result.index) == "4.61"

    def test_what_the_source_said_before_stays_in_the_audit_trail(self) -> None:
        imported(HEADER + SUMEDANG)
        entries = trail()
        report = imported(HEADER + SUMEDANG.replace("4.60", "4.61"))
        correction = {
            "about": "32.11",
            "year": 2025,
            "source": report.corrections[0].source.title,
            "decision": report.corrections[0].source.decision,
            "before": {"index": "4.60"},
            "after": {"index": "4.61"},
        }
        assert trail() == entries + 2
        with tenancy(PLATFORM):
            kept, counted = latest_entries(PLATFORM, limit=2)
            assert first_broken_entry(PLATFORM) is None
        assert (kept.action, kept.facts) == ("assessments.claims_corrected", {"corrections": [correction]})
        assert counted.facts == {"added": 0, "changed": 1, "years": [2025]}

    def test_a_long_list_of_corrections_is_kept_whole_in_several_entries(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(operations, "CORRECTIONS_PER_ENTRY", 2)
        lines = [f"{code},3.70,Sangat Baik,5.00,3.00,2.00,4.40\n" for code in ("14.08", "32.11", "32.73")]
        imported(HEADER + "".join(lines))
        imported(HEADER + "".join(lines).replace("3.70", "3.71"))
        with tenancy(PLATFORM):
            second, first, _counted = latest_entries(PLATFORM, limit=3)
        found = [one["about"] for entry in (first, second) for one in entry.facts["corrections"]]
        assert (len(first.facts["corrections"]), sorted(found)) == (2, ["14.08", "32.11", "32.73"])

    def test_an_average_that_its_source_corrects_is_kept_too(self) -> None:
        table = (ROOT / "reference" / "averages.csv").read_text(encoding="utf-8")
        line = next(one for one in table.splitlines() if one.startswith("2024,national,"))
        wrong = line.replace("national,3.12,", "national,3.13,")
        assert wrong != line
        operations.import_averages(rows=rows(table.replace(line, wrong)), by=None, at=AT)
        with tenancy(PLATFORM):
            [kept] = latest_entries(PLATFORM, limit=1)
        [found] = kept.facts["corrections"]
        assert (found["about"], found["year"]) == ("national", 2024)
        assert (found["before"], found["after"]) == ({"index": "3.12"}, {"index": "3.13"})

    def test_a_dry_run_tells_a_correction_and_keeps_nothing(self) -> None:
        imported(HEADER + SUMEDANG)
        entries = trail()
        [found] = imported(HEADER + SUMEDANG.replace("4.60", "4.61"), dry_run=True).corrections
        assert (found.before, found.after) == ({"index": Decimal("4.60")}, {"index": Decimal("4.61")})
        assert trail() == entries

    def test_an_official_result_takes_the_lead_from_the_press(self) -> None:
        bandung = place("32.73").id
        [before] = queries.leading_results([2025], [bandung])
        imported(HEADER + "32.73,4.65,Memuaskan,,,,\n")
        after = [each for each in queries.results_of(bandung) if each.year == 2025]
        assert (str(before.index), before.reliability) == ("4.66", Reliability.PRESS)
        assert [(str(each.index), each.is_leading) for each in after] == [("4.65", True), ("4.66", False)]

    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            ("99.98,4.60,Memuaskan,,,,", "line 3: code: no organisation '99.98'"),
            ("32.12,,,,,,", "line 3: index: a row without an index needs at least one domain"),
            ("32.12,4.601,Memuaskan,,,,", "line 3: index: expected at most two decimals"),
            ("32.12,\"4,60\",Memuaskan,,,,", "line 3: index: expected at most two decimals with a point"),
            ("32.12,5.01,Memuaskan,,,,", "line 3: index: 5.01 is outside 0 to 5"),
            ("32.12,4.60,Hebat,,,,", "line 3: predicate: 'Hebat' is unknown; known: Kurang, Cukup, Baik"),
            ("platform,4.60,Memuaskan,,,,", "line 3: code: no organisation 'platform'"),
            ("32.12,NaN,Baik,,,,", "line 3: index: expected at most two decimals"),
            ("32.11,4.60,Memuaskan,,,,", "line 3: 32.11 comes twice for 2025; first in line 2"),
        ],
    )  # fmt: skip
    def test_one_refused_row_is_named_and_nothing_is_stored(
        self, published: list[events.Event], row: str, reason: str
    ) -> None:
        before = state()
        report = imported(HEADER + SUMEDANG + row + "\n")
        assert [str(each).startswith(reason) for each in report.refused] == [True], report.refused
        assert (report.stored, state(), published) == (False, before, [])

    @pytest.mark.parametrize(
        ("text", "options", "reason"),
        [
            ("code,index,D5\n32.11,4.60,4.00\n", {}, "D5: spbe-2020 has D1, D2, D3, D4"),
            ("code,year,index\n32.11,2024,4.60\n", {}, "year: 2024, but this import is for 2025"),
            ("code,index\n32.11,4.60\n", {"year": None}, "year: expected a year such as 2024"),
            ("code,index\n32.11,4.60\n", {"year": 2017}, "year: no instrument was used in 2017"),
            ("code,index\n32.11,4.60\n", {"source": None}, "source: missing"),
            ("code,index,source,reliability\n32.11,4.60,x,rumour\n", {}, "reliability: 'rumour' is unknown"),
            ("code,Index,D1\n32.11,4.60,4.00\n", {}, "unknown column 'Index'; known are year, code,"),
            ("code,index,policy\n32.11,4.60,4.00\n", {}, "unknown column 'policy'; known are year, code,"),
            ("code,index\n", {}, "there is no row below the header"),
        ],
    )
    def test_a_file_that_does_not_fit_is_refused(
        self, text: str, options: dict[str, Any], reason: str
    ) -> None:
        before = state()
        report = imported(text, **options)
        assert report.refused[0].reason.startswith(reason)
        assert (report.stored, state()) == (False, before)

    def test_pemdi_results_bring_aspects(self) -> None:
        imported("code,index,A1,A7\n32.11,3.25,3.00,2.50\n", year=2026)
        [result] = queries.leading_results([2026], [place("32.11").id])
        assert (result.instrument, dict(result.domains)) == (
            "pemdi-2026",
            {"A1": Decimal("3.00"), "A7": Decimal("2.50")},
        )


@pytest.mark.django_db
class TestTheDatabase:
    def test_one_claim_leads_per_organization_and_year(self) -> None:
        other = PublishedResult.objects.get(organization__code="32.11", year=2022, is_leading=False)
        with pytest.raises(IntegrityError, match="one_claim_leads"), transaction.atomic():
            PublishedResult.objects.filter(id=other.id).update(is_leading=True)

    def test_a_claim_says_something(self) -> None:
        one = PublishedResult.objects.filter(domains={}).first()
        assert one is not None
        with (
            pytest.raises(IntegrityError, match="a_result_states_an_index_or_a_domain"),
            transaction.atomic(),
        ):
            PublishedResult.objects.filter(id=one.id).update(index=None)


def workbook(*lines: list[Any]) -> bytes:
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(entries_: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries_.items():
            made.writestr(name, content)
    return buffer.getvalue()


def array_formula() -> bytes:
    return workbook(["code", "note"], ["32.11", ArrayFormula("B2:B2", "=SUM(1)")])


def table_formula() -> bytes:
    return workbook(["code", "note"], ["32.11", DataTableFormula("B2:B2", r1="A1")])


def many_styles() -> bytes:
    """A sound workbook whose styles alone would take minutes to read."""
    with zipfile.ZipFile(io.BytesIO(workbook(["code"], ["32.11"]))) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b"</cellXfs>", b"<xf/>" * 250_000 + b"</cellXfs>")
    return archive(parts)


def test_a_workbook_reads_like_the_same_csv() -> None:
    sheet = workbook(
        ["code", "index", "year", "note"], ["32.11", 4.6, 2025, None], [], ["14.08", 3, 2025, "x"]
    )
    assert [(row.line, dict(row.cells)) for row in read_table(sheet)] == [
        (2, {"code": "32.11", "index": "4.6", "year": "2025", "note": ""}),
        (4, {"code": "14.08", "index": "3", "year": "2025", "note": "x"}),
    ]


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: b"", "line 1: expected a header"),
        (lambda: b"code,code\n1,2\n", "line 1: each column needs a name of its own; doubled: code"),
        (lambda: b"code,\n1,2\n", "line 1: each column needs a name"),
        (lambda: b"code,index\n32.11\n", "line 2: 1 cells under 2 columns"),
        (lambda: b"code,index\n32.11,=1+1\n", "line 2: a cell holds a formula ('=1+1'); write its value"),
        (lambda: b"code,index\n32.11,@SUM(A1)\n", "line 2: a cell holds a formula"),
        (lambda: "code,index\nKota Bénda\n".encode("latin-1"), "line 2: not UTF-8; save the file as CSV UTF-8"),
        (lambda: "code\n1\n".encode("utf-16"), "line 1: not UTF-8"),
        (lambda: b"code\n\0\n", "line 2: holds a null character"),
        (lambda: b'code\n"open\n', "not CSV"),
        (lambda: b"code\n" + b"x" * 3000 + b"\n", "line 2: a cell has more than 2000 characters"),
        (lambda: b"code\n" + b"1\n" * 20_001, "line 20002: more than 20000 rows"),
        (lambda: (",".join(f"c{n}" for n in range(41)) + "\n").encode(), "line 1: more than 40 columns"),
        (lambda: b"a" * 5_000_001, "the file has more than 5000000 bytes"),
        (lambda: workbook(["code", "index"], ["32.11", "=1+1"]), "line 2: a cell holds a formula"),
        (array_formula, "line 2: a cell holds a formula ('=SUM(1)'); write its value"),
        (table_formula, "line 2: a cell holds a formula"),
        (many_styles, "'xl/styles.xml' unpacks to more than 1000000 bytes"),
        (lambda: archive({f"{n}.xml": b"" for n in range(201)}), "more than 200 parts"),
        (lambda: workbook(["code"], ["32.11", "beside"]), "line 2: 2 cells under 1 columns"),
        (lambda: b"PK\x03\x04 broken", "not a readable XLSX workbook"),
        (lambda: archive({"other.txt": b"x"}), "not a readable XLSX workbook"),
        (lambda: archive({"xl/worksheets/sheet1.xml": b"0" * 30_000_000}), "unpacks to more than 20000000 bytes"),
    ],
    ids=range(23),
)  # fmt: skip
def test_a_broken_or_malicious_table_is_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(TableRefused) as caught:
        read_table(make())
    assert message in str(caught.value)


def test_xml_entities_in_a_workbook_are_not_read() -> None:
    assert openpyxl.DEFUSEDXML
    sound = workbook(["code"], ["32.11"])
    bomb = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>'
    with zipfile.ZipFile(io.BytesIO(sound)) as opened:
        parts = {name: opened.read(name) for name in opened.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = bomb + sheet.replace(b"<v>0</v>", b"<v>&b;</v>")
    with pytest.raises(TableRefused, match="not a readable XLSX workbook"):
        read_table(archive(parts))


@given(st.binary(max_size=300))
def test_no_content_breaks_the_table_reader(content: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"code,index\n"):
        try:
            found = read_table(start + content)
        except TableRefused as refusal:
            found = []
            said = str(refusal)
            assert said
        assert all(row.line > 1 for row in found)


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(list(Reliability)))))
def test_the_leading_claim_is_the_best_that_may_lead(claims: list[tuple[bool, Reliability]]) -> None:
    leading = leading_position(claims)
    able = [position for position, (_, reliability) in enumerate(claims) if reliability.may_lead]
    if leading is None:
        assert able == []
        return
    order = list(Reliability)

    def standing(position: int) -> tuple[bool, int, int]:
        has_index, reliability = claims[position]
        return (not has_index, order.index(reliability), position)

    assert leading in able
    assert all(standing(leading) <= standing(position) for position in able)


def test_the_reference_files_hold_every_row_and_name_a_source_in_each() -> None:
    counts = {}
    for name in (*operations.RESULT_FILES, operations.AVERAGES_FILE):
        found = read_table((ROOT / "reference" / name).read_bytes())
        assert all(row.cell("source") and row.cell("reliability") for row in found)
        counts[name] = len(found)
    assert counts == {"results-2023-2024.csv": 1236, "results-other-years.csv": 57, "averages.csv": 50}
