"""Names, formats and details: pure rules, held for whatever strangers send."""

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.evidence.domain.classes import Exemption
from livinglab.evidence.domain.details import Details, Flaw, Problem, problems, url_problem
from livinglab.evidence.domain.formats import (
    CONTENT_TYPES,
    ENDINGS,
    Fault,
    Format,
    Found,
    format_of,
    recognised,
)
from livinglab.evidence.domain.names import LONGEST, clean_file_name, ending_of
from tests.evidence import files

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("20.c.Reviu-Kolaborasi_SPBE.pdf", "20.c.Reviu-Kolaborasi_SPBE.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\rina\\Perbup 12.pdf", "Perbup 12.pdf"),
        ("/var/www/x.pdf", "x.pdf"),
        ("nul\x00byte.pdf", "nulbyte.pdf"),
        ("bukti\u202efdp.exe", "buktifdp.exe"),
        ("line\r\nSet-Cookie: a.pdf", "lineSet-Cookie- a.pdf"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        (".pdf", "pdf"),
        ('a"b<c>.pdf', "a-b-c-.pdf"),
        ("é\u0301.pdf", "é\u0301.pdf"),
        ("x" * 300 + ".pdf", "x" * (LONGEST - 4) + ".pdf"),
    ],
)
def test_a_name_is_kept_without_what_could_lead_or_mislead(given: str, kept: str) -> None:
    assert clean_file_name(given) == kept


@given(st.text(max_size=400))
def test_a_cleaned_name_is_short_visible_without_folders_and_stays_as_it_is(name: str) -> None:
    cleaned = clean_file_name(name)
    assert 0 < len(cleaned) <= LONGEST
    assert not set(cleaned) & set('/\\\0<>:"|?*%\r\n')
    assert not cleaned.startswith(".")
    assert not any(unicodedata.category(one) in {"Cc", "Cf", "Cs"} for one in cleaned)
    assert clean_file_name(cleaned) == cleaned


@given(st.sampled_from(sorted(ENDINGS)), st.text("abc.-_ ", min_size=1, max_size=20))
def test_cleaning_keeps_the_ending_that_tells_the_format(ending: str, stem: str) -> None:
    assert ending_of(clean_file_name(f"{stem}x.{ending.upper()}")) == ending


WHOLE = {
    "a.pdf": (files.pdf(), Format.PDF),
    "a.PNG": (files.picture(), Format.PNG),
    "a.jpg": (files.picture("JPEG"), Format.JPEG),
    "a.jpeg": (files.picture("JPEG"), Format.JPEG),
    "a.webp": (files.picture("WEBP"), Format.WEBP),
    "a.docx": (files.office("docx"), Format.DOCX),
    "a.xlsx": (files.office("xlsx"), Format.XLSX),
    "a.pptx": (files.office("pptx"), Format.PPTX),
    "a.odt": (files.open_document("text"), Format.ODT),
    "a.ods": (files.open_document("spreadsheet"), Format.ODS),
    "a.mp4": (files.film(), Format.MP4),
    "a.csv": (b"kode,nama\n14.08,Siak\n", Format.CSV),
    "a.txt": (b"Catatan rapat: 5 < 7", Format.TXT),
}


def test_every_format_is_in_the_table_of_whole_files() -> None:
    assert {one for _content, one in WHOLE.values()} == set(Format)
    assert set(CONTENT_TYPES) == set(Format)
    assert all(format_of(kind) is one for one, kind in CONTENT_TYPES.items())


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_whole_file_is_recognised_by_its_content(name: str) -> None:
    content, kind = WHOLE[name]
    for declared in ("", "application/octet-stream", CONTENT_TYPES[kind]):
        assert recognised(content, name=name, declared_type=declared) == Found(kind)


@pytest.mark.parametrize("name", sorted(WHOLE))
@pytest.mark.parametrize("claim", sorted(ENDINGS))
def test_a_file_under_anothers_ending_is_refused(name: str, claim: str) -> None:
    content, kind = WHOLE[name]
    if ENDINGS[claim] is kind:
        return
    found = recognised(content, name=f"a.{claim}")
    both_zip = found.format is not None and content.startswith(b"PK")  # told apart when it is looked into
    both_text = kind in (Format.CSV, Format.TXT) and claim in ("csv", "txt")  # a list is a text
    assert found.fault is Fault.NAME_LIES or both_zip or both_text


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (b"", "a.pdf", Fault.EMPTY),
        (b"<!DOCTYPE html><script>alert(1)</script>", "a.pdf", Fault.WEB_PAGE),
        (b"\xef\xbb\xbf  <html>", "a.txt", Fault.WEB_PAGE),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "a.png", Fault.WEB_PAGE),
        (b'<?xml version="1.0"?><svg/>', "a.svg", Fault.WEB_PAGE),
        (b"<?php system('id');", "a.csv", Fault.WEB_PAGE),
        (b"MZ\x90\x00", "a.pdf", Fault.PROGRAM),
        (b"\x7fELF\x02", "a.docx", Fault.PROGRAM),
        (b"#!/bin/sh\nrm -rf /", "a.txt", Fault.PROGRAM),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", Fault.OLD_OFFICE),
        (b"{\\rtf1}", "a.rtf", Fault.OLD_OFFICE),
        (files.packed({"a.pdf": b"x"}), "a.zip", Fault.ARCHIVE),
        (files.packed({"a.pdf": b"x"}), "a.pdf", Fault.NAME_LIES),
        (files.office(), "a.docm", Fault.ARCHIVE),
        (b"Rar!\x1a\x07\x00", "a.rar", Fault.ARCHIVE),
        (b"\x1f\x8b\x08", "a.pdf", Fault.ARCHIVE),
        (b"GIF89a" + files.pdf(), "a.pdf", Fault.NAME_LIES),
        (b" " + files.pdf(), "a.pdf", Fault.NAME_LIES),
        (b"\x00\x01\x02", "a.bin", Fault.UNKNOWN),
        (b"a,b\x00c", "a.csv", Fault.NAME_LIES),
        (files.pdf(), "a", Fault.NAME_LIES),
        (files.pdf(), "a.pdf.exe", Fault.NAME_LIES),
        (b"\0\0\0\x18ftypheic", "a.mp4", Fault.NAME_LIES),
    ],
)
def test_what_is_not_taken_is_refused_for_what_it_is(content: bytes, name: str, fault: Fault) -> None:
    assert recognised(content, name=name) == Found(fault=fault)


@pytest.mark.parametrize("declared", ["text/html", "image/svg+xml", "image/png", "TEXT/HTML; charset=utf-8"])
def test_a_sender_who_declares_something_else_is_refused(declared: str) -> None:
    assert recognised(files.pdf(), name="a.pdf", declared_type=declared) == Found(fault=Fault.SENDER_LIES)


def test_windows_calls_a_list_a_spreadsheet_and_that_is_no_lie() -> None:
    found = recognised(b"a,b", name="a.csv", declared_type="application/vnd.ms-excel")
    assert found == Found(Format.CSV)


@given(st.binary(max_size=300), st.sampled_from(["a.pdf", "a.png", "a.docx", "a.txt", "a", "a.exe"]))
def test_whatever_is_sent_is_either_a_format_or_a_fault(content: bytes, name: str) -> None:
    found = recognised(content, name=name)
    assert (found.format is None) != (found.fault is None)


def detailed(**more: object) -> Details:
    return Details(**{"title": "Reviu", "type": "review", **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("details", "expected"),
    [
        (detailed(), ()),
        (detailed(title=""), (Problem("title", Flaw.TITLE_MISSING),)),
        (detailed(title="x" * 201), (Problem("title", Flaw.TITLE_LONG),)),
        (detailed(type="song"), (Problem("type", Flaw.TYPE_UNKNOWN),)),
        (detailed(document_number="1" * 101), (Problem("document_number", Flaw.NUMBER_LONG),)),
        (detailed(issued_on=TODAY), ()),
        (detailed(issued_on=TODAY + timedelta(1)), (Problem("issued_on", Flaw.ISSUED_IN_FUTURE),)),
        (detailed(issued_on=date(1945, 8, 17)), ()),
        (detailed(issued_on=date(1945, 8, 16)), (Problem("issued_on", Flaw.ISSUED_TOO_EARLY),)),
        (detailed(issued_on=TODAY, expires_on=TODAY), ()),
        (
            detailed(issued_on=TODAY, expires_on=TODAY - timedelta(1)),
            (Problem("expires_on", Flaw.EXPIRES_BEFORE_ISSUE),),
        ),
        (detailed(classification="secret"), (Problem("classification", Flaw.CLASS_UNKNOWN),)),
        (detailed(classification="limited"), (Problem("class_reason", Flaw.REASON_MISSING),)),
        (detailed(classification="limited", class_reason="SK 1/2026"), ()),
        (
            detailed(classification="exempt"),
            (Problem("exemption", Flaw.EXEMPTION_MISSING), Problem("class_reason", Flaw.REASON_MISSING)),
        ),
        (
            detailed(classification="exempt", exemption="k", class_reason="x"),
            (Problem("exemption", Flaw.EXEMPTION_MISSING),),
        ),
        (detailed(classification="exempt", exemption="j", class_reason="x"), ()),
        (detailed(exemption="a"), (Problem("exemption", Flaw.EXEMPTION_UNNEEDED),)),
        (
            detailed(classification="limited", class_reason="x" * 501),
            (Problem("class_reason", Flaw.REASON_LONG),),
        ),
    ],
)
def test_details_are_told_every_problem(details: Details, expected: tuple[Problem, ...]) -> None:
    assert problems(details, today=TODAY) == expected


def test_article_17_has_ten_letters() -> None:
    assert [str(one) for one in Exemption] == list("abcdefghij")


def test_texts_are_kept_without_what_cannot_be_seen() -> None:
    trimmed = detailed(title="  Per\u202ebup\n\t12\x00 ", class_reason="\u200b").trimmed()
    assert (trimmed.title, trimmed.class_reason) == ("Perbup 12", "")


@pytest.mark.parametrize(
    ("url", "flaw"),
    [
        ("https://siakkab.go.id/layanan?a=1#b", None),
        ("http://10.1.2.3:8080/", None),
        ("", Flaw.URL_MISSING),
        ("https://" + "a" * 500 + ".id", Flaw.URL_LONG),
        ("javascript:alert(1)", Flaw.URL_WRONG),
        ("data:text/html,x", Flaw.URL_WRONG),
        ("file:///etc/passwd", Flaw.URL_WRONG),
        ("//siakkab.go.id", Flaw.URL_WRONG),
        ("siakkab.go.id", Flaw.URL_WRONG),
        ("https://", Flaw.URL_WRONG),
        ("https://localhost/", Flaw.URL_WRONG),
        ("https://a.id:port/", Flaw.URL_WRONG),
        ("https://a.id/\x00", Flaw.URL_WRONG),
        ("https://a.id/ b", Flaw.URL_WRONG),
        ("https://a.id\\@b.id/", Flaw.URL_WRONG),
        ("https://[a.id/", Flaw.URL_WRONG),
        ("https://rina:rahasia@a.id/", Flaw.URL_WITH_PASSWORD),
    ],
)
def test_a_link_leads_to_the_web_and_carries_no_password(url: str, flaw: Flaw | None) -> None:
    assert url_problem(url) == flaw


@given(st.text(max_size=80))
def test_any_text_is_judged_as_an_address_without_breaking(text: str) -> None:
    assert url_problem(text) in {None, *Flaw}
