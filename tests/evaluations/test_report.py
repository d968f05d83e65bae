"""The report says in both forms what the levels say, to each reader what they may see."""

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from xml.etree import ElementTree as ET

import docx
import pypdf
import pytest
from django.test import Client
from django.utils.translation import override

from livinglab.accounts.models import User
from livinglab.evaluations.adapters import report_pdf
from livinglab.evaluations.adapters.docx_files import write_docx
from livinglab.evaluations.adapters.report_blocks import Bullets, Grid, Heading, Paper, Paragraph, Picture
from livinglab.evaluations.adapters.report_pdf import write_pdf
from livinglab.evaluations.adapters.report_words import paper_of
from livinglab.evaluations.domain.process import Step
from livinglab.evaluations.domain.report import Report
from livinglab.evaluations.domain.stages import RoundKind, Stage
from livinglab.evaluations.models import Recommendation, ReportJob, ReportState
from livinglab.evaluations.operations import process, reports
from livinglab.evaluations.queries.reports import report_of
from livinglab.kernel.tenancy import tenancy
from tests.evaluations.external import advance, score, sent
from tests.evaluations.kit import AT, SPBE, Region, answer, answer_everything, open_round, send
from tests.organizations.people import trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def siak() -> Region:
    return open_round()


def read(region: Region, user: User, language: str = "id") -> Report:
    place = region.as_(user)
    with tenancy(region.organization.id), override(language):
        return report_of(place, language=language, at=AT)


def words_of(paper: Paper) -> list[str]:
    """This function will return every text of a paper, in order."""
    found: list[str] = []
    for block in paper.blocks:
        match block:
            case Heading() | Paragraph():
                found.append(block.text)
            case Bullets():
                found.extend(block.items)
            case Grid():
                found.extend(cell for row in block.rows for cell in row)
            case _:
                found.append(block.figure.heading)
    return [one for one in found if one]


# --- what it says -------------------------------------------------------------------------------------


def test_a_report_sets_the_index_beside_last_year_and_the_means_of_the_same_instrument(siak: Region) -> None:
    answer(siak, "21", 3)
    report = read(siak, siak.entry)
    assert (report.whole.value, report.predicate, report.answered) == (Decimal("1.03"), "Kurang", 1)
    assert (report.previous_year, report.whole.previous) == (2024, Decimal("3.54"))
    assert (report.means_year, report.whole.nation, report.whole.kind_mean) == (
        2024,
        Decimal("3.12"),
        Decimal("2.97"),
    )
    assert [(part.code, part.previous) for part in report.domains] == [
        ("D1", Decimal("4.90")),
        ("D2", Decimal("2.60")),
        ("D3", Decimal("1.73")),
        ("D4", Decimal("4.32")),
    ]
    assert (report.is_official, report.kind_mean_name) == (False, "Rata-rata kabupaten")


def test_a_new_instrument_breaks_the_comparison_and_the_report_says_so() -> None:
    wanted = replace(
        SPBE,
        instrument="pemdi-2026",
        year=2026,
        self_until=date(2026, 7, 31),
        document_until=date(2026, 9, 30),
        interview_until=date(2026, 10, 31),
        ends_on=date(2026, 12, 31),
    )
    region = open_round(wanted)
    report = read(region, region.entry)
    assert (report.previous_year, report.whole.previous, report.is_broken) == (None, None, True)
    assert len(report.eras) >= 2
    texts = words_of(paper_of(report))
    assert any(text.startswith("Hasil terakhir yang diterbitkan memakai instrumen lain.") for text in texts)


def test_each_stage_stands_in_the_report_with_what_it_inherits() -> None:
    siak = sent(level=3, i21=4)
    score(siak, 2)
    advance(siak, Step.INTERVIEW)
    report = read(siak, siak.external)
    one = next(each for each in report.indicators if each.key == "21")
    assert [(entry.stage, entry.level, entry.inherited_from) for entry in one.stages] == [
        (Stage.SELF, Decimal(4), None),
        (Stage.DOCUMENT, Decimal(2), None),
        (Stage.INTERVIEW, Decimal(2), Stage.DOCUMENT),
    ]
    assert one.stages[1].justification == "Justifikasi uji."
    words = words_of(paper_of(report))
    assert "Justifikasi uji." in words
    lines = ("Penilaian mandiri: tingkat 4, daerah", "Penilaian dokumen: tingkat 2, asesor")
    inherited = "Interviu: tingkat 2, diambil dari: Penilaian dokumen"
    assert [words.count(line) for line in (*lines, inherited)] == [1, 1, 1]
    weak = {each.key for aspect in report.aspects for each in aspect.weaknesses}
    assert weak == {"21"}


def test_the_region_does_not_read_what_an_assessor_is_still_writing() -> None:
    siak = sent(level=3)
    score(siak, 1)
    region, external = read(siak, siak.responsible), read(siak, siak.external)
    assert [one.standing for one in region.indicators if one.key == "21"] == [Decimal(3)]
    assert [one.standing for one in external.indicators if one.key == "21"] == [Decimal(1)]
    assert "Justifikasi uji." not in words_of(paper_of(region))


def test_monitoring_ends_without_recommendations() -> None:
    wanted = replace(SPBE, kind=RoundKind.MONITORING, interview_until=None)
    region = open_round(wanted)
    paper = paper_of(read(region, region.entry))
    headings = [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    assert "Rekomendasi" not in headings
    assert paper.title == "Laporan pemantauan Kabupaten Siak, 2025"


def test_recommendations_are_the_assessors_until_the_scores_are_consolidated() -> None:
    siak = sent(level=3)
    with tenancy(siak.organization.id):
        Recommendation.objects.create(
            organization_id=siak.organization.id,
            evaluation_id=siak.participation.id,
            summary="Ringkasan uji.",
            written_at=AT,
            written_by=siak.external.id,
        )
    assert read(siak, siak.responsible).advice is None
    assert read(siak, siak.external).advice is not None
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    assert "Ringkasan uji." in words_of(paper_of(read(siak, siak.responsible)))


def test_a_decision_makes_the_report_official() -> None:
    siak = sent(level=3)
    advance(siak, Step.INTERVIEW, Step.CONSOLIDATE)
    process.decide(place=siak.as_(siak.ministry), number="Kepmen 1/2025", day=date(2025, 6, 1), at=AT)
    paper = paper_of(read(siak, siak.entry, "en"))
    assert paper.mark == "Official result by decision Kepmen 1/2025 of 1 June 2025."


def test_a_report_names_no_exempt_piece(siak: Region) -> None:
    report = read(sent(level=2, code="32.11"), siak.ministry)  # evidence of the kit is open
    one = report.indicators[0]
    named = replace(one.evidence[0], title="", classification="dikecualikan")
    paper = paper_of(replace(report, indicators=(replace(one, evidence=(named,)),)))
    (grid,) = [block for block in paper.blocks if isinstance(block, Grid) and "huruf" in block.caption]
    assert grid.rows == (("1.a", "judul tidak ditampilkan", "pasal 2 halaman 3", "2", "dikecualikan"),)


# --- both forms ---------------------------------------------------------------------------------------

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def paper(siak: Region) -> Paper:
    answer(siak, "21", 3)
    return paper_of(replace(read(siak, siak.entry), is_synthetic=True))


def test_the_pdf_is_tagged_and_says_on_every_page_what_it_is_not(paper: Paper) -> None:
    found = pypdf.PdfReader(io.BytesIO(write_pdf(paper)))
    root: Any = found.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "id")
    assert found.metadata is not None
    assert found.metadata.title == "Laporan evaluasi Kabupaten Siak, 2025"
    mark = "Pra-penilaian, bukan hasil resmi. · Dibuat untuk peragaan; bukan hasil sebenarnya."
    for page in found.pages:
        assert mark in " ".join(page.extract_text().split())
    tags = list(_tags(root["/StructTreeRoot"]))
    kinds = {str(tag["/S"]) for tag in tags}
    assert {"/H1", "/H2", "/H3", "/Table", "/TH", "/Caption", "/Figure", "/L", "/LI", "/P", "/TOCI"} <= kinds
    assert {str(page["/Tabs"]) for page in found.pages} == {"/S"}
    assert all(str(tag["/Alt"]).strip() for tag in tags if tag["/S"] == "/Figure")
    pictures = [block for block in paper.blocks if isinstance(block, Picture)]
    assert sum(tag["/S"] == "/Figure" for tag in tags) == len(pictures) == 3


def test_the_pdf_says_that_it_is_pdf_ua_and_shows_its_title(paper: Paper) -> None:
    found = pypdf.PdfReader(io.BytesIO(write_pdf(paper)))
    root: Any = found.trailer["/Root"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True


def test_bookmarks_lead_to_every_heading_and_the_contents_to_the_page_of_every_part(paper: Paper) -> None:
    found = pypdf.PdfReader(io.BytesIO(write_pdf(paper)))
    bookmarks = list(_bookmarks(found.outline))
    written = [block.text for block in paper.blocks if isinstance(block, Heading)]
    drawn = [block.figure.heading for block in paper.blocks if isinstance(block, Picture)]
    assert sorted(one.title for one in bookmarks) == sorted([paper.title, "Isi", *written, *drawn])
    pages = {one.title: (found.get_destination_page_number(one) or 0) + 1 for one in bookmarks}
    parts = [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]
    contents = found.pages[0].extract_text().splitlines()
    assert [f"{part} {pages[part]}" in contents for part in parts] == [True] * len(parts)
    links: Any = found.pages[0]["/Annots"]
    assert len(links) == len(parts)


def test_the_first_cell_of_each_row_heads_it(paper: Paper) -> None:
    root: Any = pypdf.PdfReader(io.BytesIO(write_pdf(paper))).trailer["/Root"]
    tags = list(_tags(root["/StructTreeRoot"]))
    rows = [list(_tags(tag, deep=False)) for tag in tags if tag["/S"] == "/TR"]
    grids = [block for block in paper.blocks if isinstance(block, Grid)]
    assert len(rows) == len(paper.cover.facts) + sum(1 + len(grid.rows) for grid in grids)
    scopes = [[_scope(cell) for cell in row] for row in rows]
    assert scopes.count(["/Row", None]) == len(paper.cover.facts)
    for grid in grids:
        width = len(grid.heads)
        assert ["/Column"] * width in scopes
        assert scopes.count(["/Row"] + [None] * (width - 1)) >= len(grid.rows)


def _scope(cell: Any) -> str | None:
    found = [str(one["/Scope"]) for one in cell.get("/A", []) if "/Scope" in one]
    assert len(found) == (cell["/S"] == "/TH")
    return found[0] if found else None


def _bookmarks(outline: list[Any]) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _bookmarks(one)
        else:
            yield one


def _tags(node: Any, *, deep: bool = True) -> Iterator[Any]:
    """Yield the elements below a node of a structure tree, in reading order; `deep`: also those below them."""
    inside = node.get("/K", [])
    inside = inside.get_object() if hasattr(inside, "get_object") else inside
    for one in inside if isinstance(inside, list) else [inside]:
        found = one.get_object()
        if hasattr(found, "get") and "/S" in found:
            yield found
            if deep:
                yield from _tags(found)


def test_word_has_real_headings_header_rows_alternative_texts_and_its_language(paper: Paper) -> None:
    content = write_docx(paper, report_pdf.draw_pictures(paper), at=AT)
    document = docx.Document(io.BytesIO(content))
    styles = [one.style.name for one in document.paragraphs if one.style is not None]
    assert {"Title", "Heading 1", "Heading 2", "List Bullet", "Caption"} <= set(styles)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        roots = {
            name: ET.fromstring(archive.read(name)) for name in archive.namelist() if name.endswith(".xml")
        }
    body = roots["word/document.xml"]
    tables = [one for one in body.iter(f"{_W}tbl") if one.find(f".//{_W}tblStyle") is not None]
    headed = [one for one in tables if one.find(f".//{_W}tblHeader") is not None]
    assert len(headed) == sum(isinstance(block, Grid) for block in paper.blocks) + 3
    drawings = [one for one in body.iter() if one.tag.endswith("}docPr")]
    assert len(drawings) == 3
    assert all(one.get("descr") for one in drawings)
    languages = {one.get(f"{_W}val") for one in roots["word/styles.xml"].iter(f"{_W}lang")}
    assert languages == {"id-ID"}
    assert document.core_properties.language == "id-ID"
    assert paper.mark in document.sections[0].footer.paragraphs[0].text


def test_both_forms_say_the_same(paper: Paper) -> None:
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(write_pdf(paper))).pages)
    document = docx.Document(io.BytesIO(write_docx(paper, {}, at=AT)))
    in_tables = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    word = "\n".join([*(one.text for one in document.paragraphs), *in_tables])
    for text in words_of(paper):
        for line in text.splitlines():
            assert line in word
            assert "".join(line.split()) in "".join(pdf.split())


def test_characters_that_no_document_can_hold_do_not_break_it(paper: Paper) -> None:
    strange = replace(paper, blocks=(Heading(1, "a\x0bb\x00\ufffe"), Paragraph("<b>&\x1b")))
    document = docx.Document(io.BytesIO(write_docx(strange, {}, at=AT)))
    assert [one.text for one in document.paragraphs[-2:]] == ["ab", "<b>&"]
    pdf = write_pdf(strange)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert ("ab" in text, "<b>&" in text) == (True, True)
    assert b"pdfuaid" in pdf


def test_what_people_wrote_is_never_markup(paper: Paper) -> None:
    written = "#sys.version = *tebal* _miring_ $x^2$ @rujukan <label> `kode` \\ // https://siak.go.id/a_b"
    grid = Grid(caption=written, heads=("#a", written), rows=((written, "[b]"),))
    blocks = (Heading(1, written), Paragraph(written, label="*x*"), Bullets((written,)), grid)
    read = pypdf.PdfReader(io.BytesIO(write_pdf(replace(paper, title=written, mark=written, blocks=blocks))))
    text = "".join("".join(page.extract_text() for page in read.pages).split())
    assert text.count("".join(written.split())) == 7 + len(read.pages)
    assert read.metadata is not None
    assert read.metadata.title == written


def test_a_letter_without_a_font_is_drawn_as_a_box_and_the_pdf_claims_no_standard(paper: Paper) -> None:
    pdf = write_pdf(replace(paper, blocks=(Paragraph("sebelum \uf0b7 sesudah"),)))
    read = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = read.trailer["/Root"]
    assert b"pdfuaid" not in pdf
    assert root["/MarkInfo"]["/Marked"]
    text = "".join(page.extract_text() for page in read.pages)
    assert ("sebelum" in text, "sesudah" in text) == (True, True)


def test_the_same_paper_gives_the_same_bytes(paper: Paper) -> None:
    assert write_pdf(paper) == write_pdf(paper)
    assert write_pdf(paper) != write_pdf(replace(paper, title="Lain"))


# --- asked for, made, downloaded ----------------------------------------------------------------------

PLACE = "/regions/14.08/evaluations/2025/report/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def job_of(region: Region) -> ReportJob:
    with tenancy(region.organization.id):
        return ReportJob.objects.latest("requested_at")


def make(region: Region, job: ReportJob) -> ReportJob:
    reports.make(organization_id=region.organization.id, job_id=job.id, at=AT)
    return job_of(region)


def test_a_report_is_asked_for_followed_and_downloaded(siak: Region) -> None:
    client = signed_in(siak.entry)
    assert "Belum ada laporan" in client.get(PLACE).content.decode()
    assert client.post(PLACE, {"language": "id", "form": "docx"})["Location"] == PLACE
    page = client.get(PLACE).content.decode()
    assert "sedang dibuat, 0 persen" in page
    assert "Lihat lagi" in page
    done = make(siak, job_of(siak))
    assert (done.state, done.percent) == (ReportState.DONE, 100)
    answer = client.get(f"{PLACE}{done.id}/file")
    assert answer["Content-Disposition"] == 'attachment; filename="laporan-14.08-2025-id.docx"'
    assert answer.content.startswith(b"PK")
    assert f"{PLACE}{done.id}/file" in client.get(PLACE).content.decode()
    assert trail("14.08")[0].action == "evaluations.report_asked"


def test_a_report_says_on_its_way_how_far_it_is(siak: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def set_(paper: Paper) -> bytes:
        seen.append(job_of(siak).percent)
        return write_pdf(paper)

    def written(paper: Paper, pictures: Mapping[str, bytes], *, at: datetime) -> bytes:
        seen.append(job_of(siak).percent)
        return write_docx(paper, pictures, at=at)

    monkeypatch.setattr(reports, "write_pdf", set_)
    monkeypatch.setattr(reports, "write_docx", written)
    place = siak.as_(siak.entry)
    pdf = make(siak, reports.ask(place=place, language="id", form="pdf", at=AT))
    word = make(siak, reports.ask(place=place, language="id", form="docx", at=AT + timedelta(seconds=1)))
    assert (seen, pdf.percent, word.percent) == ([40, 70], 100, 100)
    assert bytes(pdf.content or b"").startswith(b"%PDF")


def test_asking_twice_while_it_is_made_gives_one_job(siak: Region) -> None:
    place = siak.as_(siak.entry)
    first = reports.ask(place=place, language="id", form="pdf", at=AT)
    assert reports.ask(place=place, language="id", form="pdf", at=AT) == first
    assert reports.ask(place=place, language="en", form="pdf", at=AT) != first


def test_a_job_whose_process_died_can_be_asked_for_again(siak: Region) -> None:
    place = siak.as_(siak.entry)
    first = reports.ask(place=place, language="id", form="pdf", at=AT)
    second = reports.ask(place=place, language="id", form="pdf", at=AT + timedelta(minutes=5))
    assert second != first
    with tenancy(siak.organization.id):
        assert ReportJob.objects.get(id=first.id).problem == "lost"


def test_a_job_that_runs_twice_makes_the_report_once(siak: Region) -> None:
    done = make(siak, reports.ask(place=siak.as_(siak.entry), language="id", form="docx", at=AT))
    assert bytes(make(siak, done).content or b"") == bytes(done.content or b"")


def test_the_assessors_report_is_not_the_regions(siak: Region) -> None:
    answer_everything(siak)
    send(siak)
    done = make(siak, reports.ask(place=siak.as_(siak.external), language="id", form="docx", at=AT))
    assert signed_in(siak.external).get(f"{PLACE}{done.id}/file").status_code == 200
    assert signed_in(siak.entry).get(f"{PLACE}{done.id}/file").status_code == 404


def test_a_report_in_no_language_is_refused(siak: Region) -> None:
    answer = signed_in(siak.entry).post(PLACE, {"language": "xx", "form": "pdf"})
    assert answer.status_code == 422
    with tenancy(siak.organization.id):
        assert not ReportJob.objects.exists()


def test_reports_are_forgotten_after_a_week(siak: Region) -> None:
    place = siak.as_(siak.entry)
    reports.ask(place=place, language="id", form="pdf", at=AT)
    reports.ask(place=place, language="en", form="pdf", at=AT + timedelta(days=7))
    with tenancy(siak.organization.id):
        assert [one.language for one in ReportJob.objects.all()] == ["en"]
