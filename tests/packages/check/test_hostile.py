"""Bad input: each refused with file, line and reason, in time, and nothing half-done."""

import json
import os
import re
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livinglab.packages.adapters.zips import read_zip, write_zip
from livinglab.packages.domain.checks import BY_ID
from livinglab.packages.domain.contents import MOST_BYTES_OF_A_FILE
from livinglab.packages.domain.faults import PackageRefused
from livinglab.packages.queries.check import check_files, check_path
from livinglab.packages.queries.reading import read_files
from tests.packages.check.kit import FILES, edited

IN_TIME = 20_000  # milliseconds, on a machine with busy neighbours


def codes(path: Path) -> set[tuple[str, str]]:
    """The files and codes for which a package on disk is refused."""
    with pytest.raises(PackageRefused) as refused:
        read_files(path)
    return {(one.path, one.code) for one in refused.value.faults}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    target = tmp_path / "package"
    for name, content in FILES.items():
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_bytes(content)
    return target


def zipped(tmp_path: Path) -> tuple[Path, zipfile.ZipFile]:
    """A sound package as an open zip file, to which something is added."""
    path = tmp_path / "package.zip"
    archive = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED)
    for name, content in FILES.items():
        archive.writestr(name, content)
    return path, archive


def test_a_folder_a_zip_and_our_own_zip_read_the_same(folder: Path, tmp_path: Path) -> None:
    path, archive = zipped(tmp_path)
    archive.close()
    assert read_files(folder) == read_files(path) == read_zip(write_zip(FILES)) == FILES


def test_a_zip_of_the_same_files_is_the_same_to_the_byte() -> None:
    assert write_zip(FILES) == write_zip(dict(reversed(FILES.items())))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("/etc/passwd", "P003"),
        ("C:\\windows", "P003"),
        ("../../outside.yaml", "P004"),
        ("rules/../../outside.json", "P004"),
        ("rules\\fee.json", "P004"),
        ("rules//fee.json", "P004"),
        ("script.py", "P005"),
        ("rules/deep/fee.json", "P005"),
        ("rules/FEE.json", "P005"),
        ("package.zip", "P005"),
    ],
)
def test_a_name_that_leaves_the_package_is_refused(tmp_path: Path, name: str, code: str) -> None:
    path, archive = zipped(tmp_path)
    archive.writestr(zipfile.ZipInfo(name), "{}")
    archive.close()
    assert codes(path) == {(name, code)}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "names",
    [
        ("package.yaml", "package.yaml"),
        ("package.yaml", "PACKAGE.yaml"),
        ("rules/\u00e9.json", "rules/e\u0301.json"),
    ],
)
def test_the_same_name_twice_is_refused_also_by_case_and_by_letters(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, "{}")
    assert (names[1], "P006") in codes(path)


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    path, archive = zipped(tmp_path)
    link = zipfile.ZipInfo("publiccode.yml")
    link.create_system = 3
    link.external_attr = 0o120777 << 16
    archive.writestr(link, "/etc/passwd")
    archive.close()
    assert codes(path) == {("publiccode.yml", "P029")}


def test_a_link_a_pipe_and_an_empty_folder_in_a_folder_are_refused(folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "README.md").symlink_to("/etc/passwd")
    os.mkfifo(folder / "publiccode.yml")
    (folder / "rules" / "empty").mkdir()
    assert codes(folder) == {("README.md", "P029"), ("publiccode.yml", "P029"), ("rules/empty/", "P010")}


def test_a_link_to_a_folder_is_refused(folder: Path) -> None:
    (folder / "documents").rename(folder.parent / "elsewhere")
    (folder / "documents").symlink_to(folder.parent / "elsewhere")
    assert ("documents", "P029") in codes(folder)


def test_a_file_of_a_gigabyte_is_refused_without_being_read(folder: Path) -> None:
    with (folder / "README.md").open("wb") as opened:
        opened.truncate(1 << 30)
    assert codes(folder) == {("README.md", "P008"), ("", "P009")}
    (folder / "README.md").rename(folder.parent / "big.zip")
    assert codes(folder.parent / "big.zip") == {("", "P044")}


def test_a_bomb_is_refused_by_what_it_says_and_by_what_it_is(tmp_path: Path) -> None:
    path, archive = zipped(tmp_path)
    archive.writestr("publiccode.yml", b"\0" * (64 << 20))
    archive.close()
    assert path.stat().st_size < 200_000
    assert codes(path) == {("publiccode.yml", "P008"), ("", "P009")}
    content = bytearray(path.read_bytes())
    for mark, size_at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.rindex(mark)
        struct.pack_into("<L", content, at + size_at, MOST_BYTES_OF_A_FILE)
    path.write_bytes(content)
    assert codes(path) == {("publiccode.yml", "P043")}


def test_entries_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path, archive = zipped(tmp_path)
    archive.close()
    content = bytearray(path.read_bytes())
    first = content.index(b"PK\x01\x02")
    second = content.index(b"PK\x01\x02", first + 4)
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    path.write_bytes(content)
    assert {code for _, code in codes(path)} <= {"P042", "P043"}
    assert codes(path)


def test_bytes_before_after_and_between_are_refused(tmp_path: Path) -> None:
    sound = write_zip(FILES)
    for wrong in (b"MZ" + sound, sound + b"tail", sound[:-22], b"", b"PK\x05\x06" + b"\0" * 18):
        with pytest.raises(PackageRefused):
            read_zip(wrong)


def test_an_encrypted_or_oddly_packed_entry_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in FILES.items():
            archive.writestr(name, content)
    assert {code for _, code in codes(path)} == {"P041"}


def test_an_entry_whose_bytes_were_changed_is_refused() -> None:
    content = write_zip(FILES)
    changed = content.replace(b"CC-BY-4.0", b"CC-BY-3.0", 1)
    with pytest.raises(PackageRefused) as refused:
        read_zip(changed)
    assert [(one.path, one.code) for one in refused.value.faults] == [("package.yaml", "P043")]


def test_too_many_and_missing_files_are_refused() -> None:
    many = {**FILES, **{f"scenarios/s{number}.yaml": b"" for number in range(300)}}
    assert {"P002", "P007"} <= {one.code for one in check_files(many).faults}
    assert [(one.path, one.code) for one in check_files({"README.md": b""}).faults] == [
        ("CHANGELOG.md", "P001"),
        ("form.schema.json", "P001"),
        ("package.yaml", "P001"),
        ("process.bpmn", "P001"),
        ("scenarios/*.yaml", "P001"),
    ]


def test_what_is_not_text_is_refused_with_its_line() -> None:
    found = check_files({**FILES, "CHANGELOG.md": b"# Riwayat\n\n\xff\n"}).faults
    assert [(one.path, one.line, one.code) for one in found] == [("CHANGELOG.md", 3, "P030")]


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert [one.code for one in check_path(tmp_path / "ghost").faults] == ["P046"]


LAUGHS = "".join(
    f"a{number}: &a{number} [{', '.join(f'*a{number - 1}' for _ in range(9))}]\n" for number in range(1, 9)
)
XML_LAUGHS = '<!DOCTYPE d [<!ENTITY a0 "ha">' + "".join(
    f'<!ENTITY a{number} "{f"&a{number - 1};" * 9}">' for number in range(1, 9)
)


@pytest.mark.parametrize(
    ("path", "content", "line", "code"),
    [
        ("package.yaml", f"a0: &a0 ha\n{LAUGHS}", 1, "P014"),
        ("process.bpmn", f"{XML_LAUGHS}]><d>&a8;</d>", 1, "P019"),
        ("process.bpmn", '<!DOCTYPE d SYSTEM "file:///etc/passwd"><d/>', 1, "P019"),
        ("process.bpmn", "<a>" * 80_000, 1, "P016"),
        ("package.yaml", "[" * 200_000, 1, "P016"),
        ("form.schema.json", "[" * 200_000, 1, "P016"),
        ("form.schema.json", f'{{"a": {"9" * 200_000}}}', 1, "P017"),
        ("package.yaml", f"a: {'9' * 200_000}", 1, "P017"),
        ("documents/letter.html", "{{ " + "(" * 200_000, 1, "P601"),
        ("documents/letter.html", "{% if form.x %}" * 15_000, 1, "P601"),
        ("documents/letter.html", "<a" * 120_000, 1, "P609"),
        ("documents/letter.html", "<p " + " " * 250_000, 1, "P609"),
        ("messages/granted.id.md", "# a\n" + "*a **a " * 30_000, 0, "P621"),
    ],
)
def test_what_grows_without_end_is_refused_in_time(path: str, content: str, line: int, code: str) -> None:
    found = check_files({**FILES, path: content.encode()}).faults
    assert (path, line, code) in {(one.path, one.line, one.code) for one in found}


@settings(max_examples=60, deadline=IN_TIME, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(FILES)), st.binary(max_size=400))
def test_any_bytes_as_any_file_give_a_report(path: str, content: bytes) -> None:
    report = check_files({**FILES, path: content})
    assert {one.code for one in report.faults} <= BY_ID.keys()


@settings(max_examples=120, deadline=IN_TIME, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_file_with_any_edit_gives_a_report(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(sorted(FILES)))
    content = FILES[path]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 60)))
    put = data.draw(
        st.one_of(st.binary(max_size=8), st.sampled_from([b"{", b"}", b'"', b"\n", b"{{", b"<", b" and "]))
    )
    report = check_files({**FILES, path: content[:start] + put + content[end:]})
    assert {one.code for one in report.faults} <= BY_ID.keys()


WORDS = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*|[0-9]+")
BUILT = sorted(path for path in FILES if not path.endswith(".md"))


@settings(max_examples=80, deadline=IN_TIME, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_word_in_the_place_of_any_other_gives_a_report(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(BUILT))
    text = FILES[path].decode()
    words = sorted({found[0] for found in WORDS.finditer(text)})
    for _ in range(data.draw(st.integers(1, 3))):
        text = text.replace(data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words)))
    report = check_files({**FILES, path: text.encode()})
    assert {one.code for one in report.faults} <= BY_ID.keys()


@settings(max_examples=150, deadline=IN_TIME)
@given(st.data())
def test_any_damaged_zip_is_read_as_it_was_or_refused(data: st.DataObject) -> None:
    content = bytearray(write_zip(FILES))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = read_zip(bytes(content))
    except PackageRefused:
        return
    assert found == FILES


@settings(max_examples=100, deadline=IN_TIME)
@given(st.binary(max_size=600))
def test_any_bytes_are_no_zip(content: bytes) -> None:
    with pytest.raises(PackageRefused):
        read_zip(content)


def test_a_stream_that_goes_on_after_its_end_is_refused() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"# Riwayat\n") + packer.flush()
    whole = BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("CHANGELOG.md", "# Riwayat\n")
        archive.writestr("package.yaml", "a: 1\n")
    content = whole.getvalue()
    assert packed in content
    with pytest.raises(PackageRefused):
        read_zip(content.replace(packed, packed[:-1] + b"\x07", 1))


def test_a_process_of_thousands_of_nodes_is_refused_before_its_courses_are_walked() -> None:
    many = "".join(f'<parallelGateway id="g{number}"/>' for number in range(5_000))
    files = edited("process.bpmn", '<startEvent id="start"', f'{many}<startEvent id="start"')
    assert "P309" in {one.code for one in check_files(files).faults}


def test_tables_of_a_hundred_thousand_cells_are_refused_before_they_are_tried() -> None:
    table = json.loads(FILES["rules/eligibility.json"])
    table["rows"] = [{**table["rows"][0], "id": f"r{number}"} for number in range(199)] + table["rows"][-1:]
    many = {}
    for number in range(30):
        many[f"rules/r{number}.json"] = json.dumps({**table, "id": f"r{number}"}).encode()
    assert [(one.path, one.code) for one in check_files({**FILES, **many}).faults] == [("rules", "P511")]
