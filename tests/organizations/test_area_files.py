"""A file of districts and villages is taken whole or not at all, and every bad line is named."""

import csv
import io
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from livinglab.audit.operations import PLATFORM
from livinglab.audit.queries import latest_entries
from livinglab.kernel.tenancy import tenancy
from livinglab.organizations import operations
from livinglab.organizations.adapters.area_files import LARGEST_FILE, read_areas
from livinglab.organizations.commands import areas as areas_command
from livinglab.organizations.domain.areas import AreaRow, Problem, parse_area
from livinglab.organizations.domain.kinds import AreaKind
from livinglab.organizations.models import Area
from tests.organizations.people import AT

PACKAGE = "idn-area-data"
VERSION = "4.0.1"
GOOD = "code,name\n32.11.01,Wado\n32.11.01.2001,Wado\n32.11.01.1002,Cikareo\n32.11.01.3003,Desa Adat Uji\n"


def _import(text: str | bytes, *, dry_run: bool = False) -> operations.AreasImported:
    content = text if isinstance(text, bytes) else text.encode()
    return operations.import_areas(stream=io.BytesIO(content), by=None, at=AT, dry_run=dry_run)


def _refused(text: str | bytes) -> list[str]:
    with pytest.raises(operations.AreasRefused) as caught:
        _import(text)
    assert Area.objects.count() == 0
    return [str(one) for one in caught.value.problems]


@pytest.mark.django_db
def test_districts_and_villages_of_every_kind_are_stored_and_noted() -> None:
    assert _import(GOOD) == operations.AreasImported(districts=1, villages=3, added=4, changed=0)
    assert list(Area.objects.values_list("code", "name", "kind", "parent_code", "region_code")) == [
        ("32.11.01", "Wado", "district", "32.11", "32.11"),
        ("32.11.01.1002", "Cikareo", "urban_village", "32.11.01", "32.11"),
        ("32.11.01.2001", "Wado", "village", "32.11.01", "32.11"),
        ("32.11.01.3003", "Desa Adat Uji", "customary_village", "32.11.01", "32.11"),
    ]
    with tenancy(PLATFORM):
        entry = latest_entries(PLATFORM)[0]
    assert entry.action == "organizations.areas_imported"
    assert entry.facts == {"districts": 1, "villages": 3, "added": 4, "changed": 0}


@pytest.mark.django_db
def test_a_second_import_renames_and_adds_and_keeps_identifiers() -> None:
    _import(GOOD)
    before = Area.objects.get(code="32.11.01.2001").id
    again = "code,name\n32.11.01.2001,Wado Baru\n32.11.01.1002,Cikareo\n32.11.01.2009,Sukapura\n"
    assert _import(again) == operations.AreasImported(districts=0, villages=3, added=1, changed=1)
    renamed = Area.objects.get(code="32.11.01.2001")
    assert (renamed.id, renamed.name, Area.objects.count()) == (before, "Wado Baru", 5)


@pytest.mark.django_db
def test_a_dry_run_tells_the_same_and_stores_nothing() -> None:
    assert _import(GOOD, dry_run=True) == operations.AreasImported(
        districts=1, villages=3, added=4, changed=0
    )
    assert Area.objects.count() == 0
    with tenancy(PLATFORM):
        assert "organizations.areas_imported" not in [one.action for one in latest_entries(PLATFORM)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("name,code\n", "line 1: the header is 'name,code'; it must be 'code,name'"),
        ("", "line 1: the header is ''; it must be 'code,name'"),
        ("code,name\n", "line 1: the file has no rows"),
        (
            "code,name\n32.11.1,Wado\n",
            "line 2: code '32.11.1' is neither PP.KK.CC (district) nor PP.KK.CC.DDDD (village)",
        ),
        (
            GOOD + "32.11.01.4004,Lain\n",
            "line 6: village 32.11.01.4004 begins with 4; it is 1 (kelurahan), 2 (desa) or 3 (desa adat)",
        ),
        (GOOD + "32.11.01.2005, \n", "line 6: the name is empty"),
        (
            GOOD + "32.11.01.2005,=HYPERLINK(1)\n",
            "line 6: the name '=HYPERLINK(1)' begins like a spreadsheet formula",
        ),
        (GOOD + "32.11.01.2005,@SUM\n", "line 6: the name '@SUM' begins like a spreadsheet formula"),
        (GOOD + "32.11.01.2005,A\x07B\n", "line 6: the name 'A\\x07B' holds a control character"),
        (GOOD + "32.11.01.2005,Wado,lebih\n", "line 6: the line has 3 cells instead of 2"),
        (GOOD + "32.11.01.2001,Wado\n", "line 6: code 32.11.01.2001 is on line 3 already"),
        (
            GOOD + "32.11.02.2001,Lain\n",
            "line 6: 32.11.02.2001 belongs to district 32.11.02, which is not known",
        ),
        (
            "code,name\n32.99.01,Wado\n",
            "line 2: 32.99.01 belongs to regency or city 32.99, which is not known",
        ),
        (GOOD + '32.11.01.2005,"Wado\n', "line 6: this line is not CSV: unexpected end of data"),
        (
            GOOD.encode() + b"32.11.01.2005,Wad\xf3\n",
            "line 6: this is not UTF-8 text; save the file as CSV UTF-8",
        ),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_stored(text: str | bytes, problem: str) -> None:
    assert _refused(text) == [problem]


@pytest.mark.django_db
def test_all_problems_are_listed_in_the_order_of_lines() -> None:
    text = "code,name\nx,A\n32.11.01.2001,Wado\n32.11.01,\n32.11.02,Jati\n32.11.02,Jati\n"
    assert [one.split(":")[0] for one in _refused(text)] == ["line 2", "line 3", "line 4", "line 6"]


@pytest.mark.django_db
def test_a_file_that_is_far_too_large_is_not_read() -> None:
    assert _refused(b"code,name\n" + b"x" * LARGEST_FILE) == ["line 1: the file is larger than 20 MB"]


def test_lines_are_counted_in_the_file_also_after_a_name_with_a_line_break() -> None:
    found = read_areas(io.BytesIO(b'code,name\n32.11.01,"Wa\ndo"\n\nx,y\n'))
    assert [one.line for one in found.problems] == [2, 5]


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    found = read_areas(io.BytesIO(b"\xef\xbb\xbfcode,name\r\n32.11.01,Wado\r\n"))
    assert [(one.line, one.name) for one in found.rows] == [(2, "Wado")]
    assert found.problems == ()


@given(st.integers(1, 9), st.text(max_size=16), st.text(max_size=130))
def test_any_line_is_an_area_or_a_problem_with_that_line(line: int, code: str, name: str) -> None:
    found = parse_area(line, code, name)
    assert isinstance(found, AreaRow | Problem)
    assert found.line == line


@given(st.binary(max_size=400))
def test_no_content_makes_the_reader_fail(content: bytes) -> None:
    found = read_areas(io.BytesIO(content))
    assert found.rows or found.problems


@given(
    st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.sampled_from("123"), st.integers(0, 999)
)
def test_a_village_belongs_to_the_district_in_its_code(
    p: int, k: int, c: int, first: str, number: int
) -> None:
    district = f"{p:02}.{k:02}.{c:02}"
    found = parse_area(2, f"{district}.{first}{number:03}", "Nama")
    assert isinstance(found, AreaRow)
    kinds = {"1": AreaKind.URBAN_VILLAGE, "2": AreaKind.VILLAGE, "3": AreaKind.CUSTOMARY_VILLAGE}
    assert (found.parent_code, found.region_code, found.kind) == (district, district[:5], kinds[first])


@pytest.mark.django_db
def test_the_command_ends_with_status_2_and_names_the_lines(tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text("code,name\n" + "x,y\n" * 60, encoding="utf-8")
    done = CliRunner().invoke(areas_command, ["import", str(file)])
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert lines[0].startswith("line 2: code 'x'")
    assert lines[50:] == ["and 10 more", "Nothing was stored."]
    assert done.stdout == ""


@pytest.mark.django_db
def test_the_command_speaks_json_on_stdout_alone(tmp_path: Path) -> None:
    file = tmp_path / "areas.csv"
    file.write_text(GOOD, encoding="utf-8")
    done = CliRunner().invoke(areas_command, ["import", "--json", "--dry-run", str(file)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == '{"districts": 1, "villages": 3, "added": 4, "changed": 0, "dry_run": true}\n'
    assert Area.objects.count() == 0


def _package() -> Path:
    """The real tables, fetched once into var/; ODbL-1.0, so they are not part of this repository."""
    folder = settings.ROOT / "var" / "cache" / f"{PACKAGE}-{VERSION}"
    if not (folder / "package" / "data" / "villages.csv").exists():
        npm = shutil.which("npm")
        if npm is None:
            pytest.fail(f"npm is needed to fetch {PACKAGE} {VERSION}, the real table of villages")
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, "pack", f"{PACKAGE}@{VERSION}", "--silent"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            pytest.fail(f"{PACKAGE} {VERSION} could not be fetched: {done.stderr[-500:]}")
        with tarfile.open(folder / f"{PACKAGE}-{VERSION}.tgz") as archive:
            archive.extractall(folder, filter="data")
    return folder / "package" / "data"


def _code_and_name(path: Path) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name"])
    with path.open(encoding="utf-8", newline="") as file:
        writer.writerows((row["code"], row["name"]) for row in csv.DictReader(file))
    return out.getvalue().encode()


@pytest.mark.django_db
def test_the_real_tables_of_the_country_are_stored_in_under_20_seconds() -> None:
    data = _package()
    assert _import(_code_and_name(data / "districts.csv")).districts == 7_285
    villages = _code_and_name(data / "villages.csv")
    started = time.perf_counter()
    done = _import(villages)
    seconds = time.perf_counter() - started
    assert done == operations.AreasImported(districts=0, villages=83_762, added=83_762, changed=0)
    assert Area.objects.filter(region_code="32.11").count() == 26 + 277
    assert seconds < 20


@pytest.mark.django_db
def test_a_file_that_cannot_be_read_is_bad_input() -> None:
    done = CliRunner().invoke(areas_command, ["import", "/proc/self/mem"])  # opens, and fails to read
    assert done.exit_code == 2
    assert "/proc/self/mem: Input/output error" in done.stderr
