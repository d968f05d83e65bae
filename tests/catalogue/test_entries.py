"""What a region types about its services is checked field by field."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.catalogue.adapters.reference_files import FUNCTIONS, read_taxonomy
from livinglab.catalogue.domain.entries import LONGEST, Entry, Fault, kept_agency, problems

TAXONOMY = read_taxonomy(Path(__file__).parents[2] / "reference" / FUNCTIONS)
GOOD = {"function": "complaints", "name": "Lapor Siak", "status": "active"}


def faults(**changes: str) -> list[tuple[str, Fault]]:
    entry = Entry(**(GOOD | changes)).trimmed()
    return [(one.field, one.fault) for one in problems(entry, taxonomy=TAXONOMY, this_year=2026)]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        (
            {
                "year": "2026",
                "url": "https://siak.go.id/lapor",
                "agency": "Diskominfo",
                "note": "Aktif 24 jam.",
            },
            [],
        ),
        ({"status": "none", "name": ""}, []),
        ({"function": ""}, [("function", Fault.FUNCTION_UNKNOWN)]),
        ({"function": "cooking"}, [("function", Fault.FUNCTION_UNKNOWN)]),
        ({"status": ""}, [("status", Fault.STATUS_UNKNOWN)]),
        ({"name": "   "}, [("name", Fault.NAME_MISSING)]),
        ({"status": "none"}, [("name", Fault.NAME_WITHOUT_SERVICE)]),
        ({"year": "20"}, [("year", Fault.YEAR_NOT_A_YEAR)]),
        ({"year": "２０２０"}, [("year", Fault.YEAR_NOT_A_YEAR)]),
        ({"year": "2027"}, [("year", Fault.YEAR_OUT_OF_RANGE)]),
        ({"year": "1989"}, [("year", Fault.YEAR_OUT_OF_RANGE)]),
        ({"url": "javascript:alert(1)"}, [("url", Fault.URL_NOT_WEB)]),
        ({"url": "https://"}, [("url", Fault.URL_NOT_WEB)]),
        ({"url": "https://a:b@siak.go.id"}, [("url", Fault.URL_NOT_WEB)]),
        ({"url": "http://[::1"}, [("url", Fault.URL_NOT_WEB)]),
        ({"url": "http://siak.go.id:99999/"}, [("url", Fault.URL_NOT_WEB)]),
        ({"name": "n" * 161}, [("name", Fault.TOO_LONG)]),
        ({"note": "a\x00b"}, [("note", Fault.NOT_PLAIN_TEXT)]),
        ({"name": "\u202egnal"}, [("name", Fault.NOT_PLAIN_TEXT)]),
    ],
)
def test_each_fault_is_named_with_its_field(changes: dict[str, str], found: list[tuple[str, Fault]]) -> None:
    assert faults(**changes) == found


@given(
    st.fixed_dictionaries({key: st.text(max_size=320) for key in ("name", "agency", "url", "note", "year")})
)
def test_what_passes_fits_its_column(typed: dict[str, str]) -> None:
    entry = Entry(**(GOOD | typed)).trimmed()
    if not problems(entry, taxonomy=TAXONOMY, this_year=2026):
        assert all(len(getattr(entry, key)) <= most for key, most in LONGEST.items())
        assert "\x00" not in "".join(getattr(entry, key) for key in LONGEST)
        assert entry.year == "" or 1990 <= int(entry.year) <= 2026


AGENCIES = [
    (1, "Dinas Komunikasi dan Informatika", "Diskominfo"),
    (2, "Dinas Sosial", "Dinsos"),
    (3, "Dinsos", ""),
    (4, "Bagian Umum", "BU"),
    (5, "Badan Uji", "BU"),
]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dinas Sosial", (2, "Dinas Sosial")),
        ("dinas SOSIAL", (2, "Dinas Sosial")),
        ("diskominfo", (1, "Dinas Komunikasi dan Informatika")),
        ("Dinsos", (3, "Dinsos")),
        ("BU", None),
        ("Dinas Sosia", None),
        ("", None),
    ],
)
def test_a_text_names_an_agency_that_is_kept_only_without_doubt(
    text: str, found: tuple[int, str] | None
) -> None:
    assert kept_agency(text, AGENCIES) == found
