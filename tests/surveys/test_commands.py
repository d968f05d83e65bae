"""`survey score`: exact output, and bad files refused with their line and column and status 2."""

import json
import tracemalloc
from collections.abc import Iterator
from io import RawIOBase
from pathlib import Path

import pytest
from click.testing import CliRunner

from livinglab.surveys.adapters.answer_files import read_answers
from livinglab.surveys.commands import survey
from livinglab.surveys.domain.scoring import tally

HEADER = "U1,U2,U3,U4,U5,U6,U7,U8,U9"
GOOD = "4,3,4,4,3,4,4,3,3"


def run(tmp_path: Path, content: bytes, *options: str) -> tuple[int, str, str]:
    file = tmp_path / "jawaban.csv"
    file.write_bytes(content)
    result = CliRunner().invoke(survey, ["score", str(file), *options])
    return result.exit_code, result.stdout, result.stderr.replace(str(file), "FILE")


def test_the_answer_is_one_json_document(tmp_path: Path) -> None:
    lines = [HEADER, *["4,4,4,4,4,4,4,4,4"] * 2, "3,3,3,3,3,3,4,4,4", "2,2,2,4,4,4,4,4,4"]
    status, out, err = run(tmp_path, "\n".join(lines).encode(), "--json")
    assert (status, err) == (0, "")
    assert json.loads(out) == {
        "n": 4,
        "means": {
            "U1": "3.25",
            "U2": "3.25",
            "U3": "3.25",
            "U4": "3.75",
            "U5": "3.75",
            "U6": "3.75",
            "U7": "4.00",
            "U8": "4.00",
            "U9": "4.00",
        },
        "index": "91.67",
        "band": "A",
    }


def test_without_json_it_is_told_line_by_line(tmp_path: Path) -> None:
    status, out, _err = run(tmp_path, f"{HEADER}\n{GOOD}\n".encode())
    assert status == 0
    assert out.splitlines()[-3:] == ["index  88.89", "band   A", "n      1"]


@pytest.mark.parametrize(
    "content",
    [
        f"\ufeff{HEADER}\r\n{GOOD}\r\n",
        f"{HEADER.lower()}\n\n {GOOD.replace(',', ' , ')} \n\n",
        '"U1","U2",U3,U4,U5,U6,U7,U8,U9\n"4","3",4,4,3,4,4,3,3',
        "U9,U2,U3,U4,U5,U6,U7,U8,U1\n3,3,4,4,3,4,4,3,4\n",
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, content: str) -> None:
    status, out, _err = run(tmp_path, content.encode(), "--json")
    assert status == 0
    assert json.loads(out)["means"]["U1"] == "4.00"
    assert json.loads(out)["index"] == "88.89"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", f"line 1: nothing is there; expected the header {HEADER}"),
        (b"\n\n", f"line 1: nothing is there; expected the header {HEADER}"),
        (HEADER.encode(), "line 2: no answers under the header"),
        (f"{HEADER}\n\n\n".encode(), "line 2: no answers under the header"),
        (GOOD.encode(), f"line 1, column 1: 4 is none of U1 to U9; expected the header {HEADER}"),
        (
            HEADER[:-3].encode() + b"\n1,1,1,1,1,1,1,1",
            f"line 1: column U9 is missing; expected the header {HEADER}",
        ),
        (
            f"{HEADER},U10\n{GOOD},4".encode(),
            f"line 1, column 10: U10 is none of U1 to U9; expected the header {HEADER}",
        ),
        (
            f"Nama,{HEADER}\nx,{GOOD}".encode(),
            f"line 1, column 1: Nama is none of U1 to U9; expected the header {HEADER}",
        ),
        (
            f"{HEADER},U1\n{GOOD},4".encode(),
            "line 1, column 10: U1 comes twice; leave one of the two out",
        ),
        (
            f"{HEADER}\n{GOOD}".replace(",", ";").encode(),
            "line 1: the columns are separated by semicolons; save the file as CSV with commas",
        ),
        (
            f"{HEADER}\n{GOOD}".replace(",", "\t").encode(),
            "line 1: the columns are separated by tabs; save the file as CSV with commas",
        ),
        (
            f"{HEADER}\n{GOOD.replace(',', ';')}".encode(),
            "line 2: 1 cells under 9 columns; separate columns by commas",
        ),
        (f"{HEADER}\n{GOOD},4".encode(), "line 2: 10 cells under 9 columns"),
        (
            f"{HEADER}\n{GOOD}\n4,3,4,0,3,4,4,3,3".encode(),
            "line 3, column U4: 0 is no answer; answers are 1, 2, 3, 4",
        ),
        (
            f"{HEADER}\n4,3,4,4,3,4,4,3,5".encode(),
            "line 2, column U9: 5 is no answer; answers are 1, 2, 3, 4",
        ),
        (
            f"{HEADER}\n4,3,,4,3,4,4,3,3".encode(),
            "line 2, column U3: nothing is there; answers are 1, 2, 3, 4",
        ),
        (
            f"{HEADER}\n4,3,3.0,4,3,4,4,3,3".encode(),
            "line 2, column U3: 3.0 is no answer; answers are 1, 2, 3, 4",
        ),
        (
            f"{HEADER}\n4,3,٣,4,3,4,4,3,3".encode(),
            "line 2, column U3: ٣ is no answer; answers are 1, 2, 3, 4",
        ),
        (f"{HEADER}\n4,3,\xe9".encode("latin-1"), "line 2: not UTF-8; save the file as CSV UTF-8"),
        (f"{HEADER}\n{GOOD}".encode("utf-16"), "line 1: holds a null character; save the file as CSV UTF-8"),
        (
            f"{HEADER}\n{GOOD}\n{'4,' * 600}".encode(),
            "line 3: longer than 1000 bytes; expected nine answers",
        ),
    ],
)
def test_bad_input_names_its_place_and_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    assert run(tmp_path, content) == (2, "", f"Error: FILE: {said}\n")


def test_an_open_quotation_mark_is_named(tmp_path: Path) -> None:
    status, out, err = run(tmp_path, f'{HEADER}\n"4,3\n{GOOD}'.encode())
    assert (status, out) == (2, "")
    assert err == "Error: FILE: line 3: not CSV: unexpected end of data\n"


def test_an_error_is_json_too(tmp_path: Path) -> None:
    status, out, _err = run(tmp_path, b"", "--json")
    assert status == 2
    assert list(json.loads(out)) == ["error"]


def test_a_file_that_is_not_there_is_named() -> None:
    result = CliRunner().invoke(survey, ["score", "tidak-ada.csv"])
    assert (result.exit_code, result.stderr) == (2, "Error: tidak-ada.csv: No such file or directory\n")


def test_a_dash_reads_standard_input() -> None:
    result = CliRunner().invoke(survey, ["score", "-", "--json"], input=f"{HEADER}\n{GOOD}\n")
    assert json.loads(result.stdout)["n"] == 1


class _Endless(RawIOBase):
    """A file of so many rows that is nowhere as a whole."""

    def __init__(self, rows: int) -> None:
        self._lines = self._made(rows)

    @staticmethod
    def _made(rows: int) -> Iterator[bytes]:
        yield f"{HEADER}\n".encode()
        for _row in range(rows):
            yield f"{GOOD}\n".encode()

    def readline(self, size: int | None = -1, /) -> bytes:
        return next(self._lines, b"")


def test_memory_does_not_grow_with_the_rows() -> None:
    tracemalloc.start()
    found = tally(read_answers(_Endless(40_000)))  # type: ignore[arg-type]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.n == 40_000
    assert peak < 2_000_000  # a batch
