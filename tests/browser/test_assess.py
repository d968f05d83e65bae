"""Assess, as everybody who takes part does: a round of Siak from its opening to the decision, with one objection.

The story follows indicator 21. The other 46 are filled as if they had gone through the same hands.
"""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect
from weasyprint import HTML

from tests.browser.conftest import Site, axe_violations, databases
from tests.browser.story import Desk, at, press

pytestmark = pytest.mark.browser

HERE = "/regions/14.08/evaluations/2025/"
AGENCY = "Dinas Komunikasi dan Informatika (demo)"


def index_now(page: Page) -> str:
    """This function will return the index as the heading of the assessors' page says it."""
    found = re.search(r"\d,\d\d", at(page, f"{HERE}score/").get_by_role("heading", level=1).inner_text())
    assert found is not None
    return found.group()


def test_a_round_of_siak_from_its_opening_to_the_decision(desk: Desk, site: Site) -> None:
    _the_ministry_opens_a_round_and_assigns_an_assessor(desk("kementerian"))
    _the_secretary_gives_indicator_21_to_an_agency(desk("sekda.siak"))
    _the_agency_answers_too_high_and_hands_in(desk("opd.siak"))
    _the_internal_assessor_returns_it(desk("asesor.siak"))
    _the_agency_attaches_evidence_and_hands_in_again(desk("opd.siak"))
    _it_is_accepted_and_validated(desk("asesor.siak"), desk("pj.siak"))
    _the_other_answers_are_there(site)
    _it_is_approved_signed_and_sent(desk("pj.siak"), desk("sekda.siak"))
    assessor, secretary = desk("asesor.eksternal"), desk("sekda.siak")
    assert index_now(assessor) == "3,02"  # 46 indicators at 3, one of 1.5 % at 4
    _the_assessor_finds_two_levels_less(assessor)
    assert index_now(assessor) == "2,99"  # the one at 2
    _the_region_objects(secretary)
    _the_assessor_upholds_it_in_part(assessor)
    assert index_now(assessor) == "3,00"  # the one at 3
    _it_is_consolidated_and_decided(assessor, desk("kementerian"))
    _the_report_and_the_portrait_say_so(secretary)


def _the_ministry_opens_a_round_and_assigns_an_assessor(ministry: Page) -> None:
    at(ministry, "/evaluations/rounds/new/")
    ministry.get_by_label("Instrumen").select_option(label="SPBE 2020 (2021–2025)")
    ministry.get_by_label("Tahun").fill("2025")
    ministry.get_by_label("Nama putaran").fill("Evaluasi SPBE 2025 (peragaan)")
    for label, day in (
        ("Hari terakhir penilaian mandiri", "2030-07-31"),
        ("Hari terakhir penilaian dokumen", "2030-09-30"),
        ("Hari terakhir interviu", "2030-10-31"),
        ("Hari terakhir putaran", "2030-12-31"),
    ):
        ministry.get_by_label(label).fill(day)
    ministry.get_by_label("Peserta").select_option(label="Yang kodenya saya tulis")
    ministry.get_by_label("Kode-kode").fill("14.08")
    press(ministry, "Lihat siapa yang akan ikut")
    press(ministry, "Buka putaran untuk 1 peserta")
    expect(ministry.locator("main")).to_contain_text("Putaran dibuka: 1 peserta.")
    assert axe_violations(ministry) == []
    at(ministry, "/evaluations/assessors/")
    ministry.get_by_role("link", name="Asesor eksternal (demo)").click()
    expect(ministry.locator("main")).to_contain_text("Daerah asal asesor belum diisi.")
    ministry.get_by_label("Kode daerah asal").fill("61.71")
    press(ministry, "Simpan")
    ministry.get_by_label("Kabupaten Siak").check()
    press(ministry, "Tugaskan ke daerah yang dicentang")
    expect(ministry.get_by_role("heading", level=1)).to_contain_text("menilai 1 daerah")


def _the_secretary_gives_indicator_21_to_an_agency(secretary: Page) -> None:
    at(secretary, HERE)
    expect(secretary.locator("main")).to_contain_text("Pra-penilaian, bukan hasil resmi")
    at(secretary, f"{HERE}assign/")
    secretary.get_by_label("21 Manajemen Risiko SPBE").check()
    secretary.get_by_label("Perangkat daerah").select_option(label=AGENCY)
    with secretary.expect_navigation():
        secretary.locator("main form button[type=submit]").last.click()
    expect(secretary.locator("main")).to_contain_text("1 indikator diubah")


def _the_agency_answers_too_high_and_hands_in(agency: Page) -> None:
    at(agency, f"{HERE}21/")
    # levels are cumulative: 4 cannot be chosen before 2, 3 and 4 are ticked
    expect(agency.locator("[name=level][value='4']")).to_be_disabled()
    for level in "234":
        agency.locator(f"[name=met][value='{level}']").check()
    expect(agency.locator("[name=level][value='4']")).to_be_enabled()
    agency.locator("[name=level][value='4']").check()
    agency.get_by_label("Fakta", exact=True).fill("Manajemen risiko sudah diterapkan.")
    agency.get_by_label("Analisis", exact=True).fill("Semua kriteria terpenuhi.")
    press(agency, "Simpan dan serahkan")
    expect(agency.locator("main")).to_contain_text("Indikator 21 diserahkan.")


def _the_internal_assessor_returns_it(internal: Page) -> None:
    at(internal, f"{HERE}21/")
    internal.get_by_label("Alasan pengembalian").fill("Bukti reviu belum ada.")
    press(internal, "Kembalikan")


def _the_agency_attaches_evidence_and_hands_in_again(agency: Page) -> None:
    expect(at(agency, f"{HERE}21/").locator("main")).to_contain_text("Dikembalikan: Bukti reviu belum ada.")
    for title, kind, level in (
        ("Perbup Manajemen Risiko", "policy", "2"),
        ("Laporan penerapan manajemen risiko", "report", "3"),
        ("Laporan reviu manajemen risiko", "review", "4"),
    ):
        _add_to_the_library(agency, title, kind)
        at(agency, f"{HERE}21/evidence/")
        agency.get_by_label(title).check()
        agency.locator("[name=level]").select_option(level)
        agency.locator("[name=reference]").fill("halaman 3")
        press(agency, "Lampirkan")
    at(agency, f"{HERE}21/")
    agency.get_by_label("Fakta", exact=True).fill(
        "Manajemen risiko tercantum dalam Perbup Siak Nomor 12 Tahun 2026 pasal 2 (21.a), laporan 21.b, reviu 21.c."
    )
    agency.get_by_label("Analisis", exact=True).fill(
        "Berdasarkan bukti itu pedoman berlaku di semua perangkat daerah dan sudah direviu."
    )
    press(agency, "Simpan dan serahkan")


def _add_to_the_library(agency: Page, title: str, kind: str) -> None:
    at(agency, "/regions/14.08/evidence/new/")
    paper = HTML(string=f"<h1>{title}</h1><p>Peragaan.</p>").write_pdf()
    agency.locator("[name=file]").set_input_files(
        [{"name": f"{title}.pdf", "mimeType": "application/pdf", "buffer": paper}]
    )
    agency.locator("[name=title]").fill(title)
    agency.locator("[name=type]").select_option(kind)
    agency.locator("[name=document_number]").fill("12/2026")
    agency.locator("[name=issued_on]").fill("2026-03-02")
    agency.locator("[name=classification][value=open]").check()
    with agency.expect_navigation():
        agency.locator("main form button[type=submit]").last.click()
    expect(agency.get_by_role("heading", level=1)).to_contain_text(title)
    assert axe_violations(agency) == []


def _it_is_accepted_and_validated(internal: Page, responsible: Page) -> None:
    at(internal, f"{HERE}21/")
    press(internal, "Terima")
    at(responsible, f"{HERE}21/")
    press(responsible, "Validasi")
    expect(responsible.locator("main")).to_contain_text("Divalidasi")


def _the_other_answers_are_there(site: Site) -> None:
    environment = {**os.environ, **databases(), "LIVINGLAB_MODE": "demo", "LIVINGLAB_VAR": str(site.var)}
    subprocess.run(
        [sys.executable, "-m", "tests.browser.siak_round", "2025"],
        env=environment,
        cwd=settings.ROOT,
        check=True,
        capture_output=True,
    )


def _it_is_approved_signed_and_sent(responsible: Page, secretary: Page) -> None:
    at(responsible, f"{HERE}minutes/")
    press(responsible, "Setujui penilaian mandiri")
    at(secretary, f"{HERE}minutes/")
    secretary.get_by_label("Nomor Berita Acara").fill("BA/700/2025")
    secretary.get_by_label("Tanggal Berita Acara").fill("2026-03-30")
    secretary.locator("[name=consent]").check()
    with secretary.expect_navigation():
        secretary.locator("button[value=sign]").click()
    with secretary.expect_navigation():
        secretary.locator("button[value=send]").click()
    expect(secretary.locator("main")).to_contain_text("Penilaian mandiri dikirim.")


def _the_assessor_finds_two_levels_less(assessor: Page) -> None:
    expect(at(assessor, "/evaluations/assigned/").locator("main")).to_contain_text("Kabupaten Siak")
    at(assessor, f"{HERE}21/score/")
    assessor.locator("#met-2").check()
    assessor.locator("[name=level][value='2']").check()
    assessor.get_by_label("Fakta", exact=True).fill("Laporan reviu tidak menyebut perangkat daerah.")
    assessor.get_by_label("Analisis", exact=True).fill("Kriteria tingkat 3 belum terpenuhi seluruhnya.")
    assessor.get_by_label("Justifikasi", exact=True).fill("Penerapan baru pada sebagian perangkat daerah.")
    expect(assessor.locator("#live")).to_contain_text("berbeda dari milik daerah pada 2 tingkat")
    press(assessor, "Tetapkan nilai")
    expect(assessor.get_by_role("heading", level=1)).to_contain_text("daerah menjawab 4, asesor menemukan 2")
    at(assessor, f"{HERE}score/")
    press(assessor, "Perlihatkan tingkat ini kepada daerah")


def _the_region_objects(secretary: Page) -> None:
    at(secretary, f"{HERE}21/objection/")
    secretary.locator("main form [type=radio][value='4']").check()
    secretary.get_by_label("Alasan").fill("Laporan reviu halaman 3 menyebut semua perangkat daerah (21.c).")
    press(secretary, "Ajukan keberatan")
    expect(secretary.get_by_role("heading", level=1)).to_contain_text("1 keberatan belum diputuskan")
    assert axe_violations(secretary) == []


def _the_assessor_upholds_it_in_part(assessor: Page) -> None:
    at(assessor, f"{HERE}objections/")
    assessor.get_by_role("link", name="Putuskan keberatan ini").click()
    assessor.locator("[name=outcome][value=partly]").check()
    assessor.locator("[name=level]").fill("3")
    assessor.get_by_label("Alasan").fill(
        "Halaman 3 menyebut semua perangkat daerah; hasil reviunya belum ada."
    )
    press(assessor, "Putuskan keberatan")


def _it_is_consolidated_and_decided(assessor: Page, ministry: Page) -> None:
    for stage in ("interview", "consolidate"):
        at(assessor, f"{HERE}score/")
        with assessor.expect_navigation():
            assessor.locator(f"button[value={stage}]").click()
    assert index_now(assessor) == "3,00"  # consolidated: the level of the interview stands
    at(ministry, f"{HERE}decide/")
    ministry.get_by_label("Nomor keputusan").fill("Keputusan peragaan 1/2026")
    ministry.get_by_label("Tanggal keputusan").fill("2026-04-30")
    with ministry.expect_navigation():
        ministry.locator("main form[method=post] button[type=submit]").click()
    expect(ministry.locator("main")).to_contain_text("Keputusan peragaan 1/2026")
    assert index_now(ministry) == "3,00"  # and is the official one now


def _the_report_and_the_portrait_say_so(secretary: Page) -> None:
    at(secretary, f"{HERE}report/")
    with secretary.expect_navigation():
        secretary.locator("main form[method=post] button[type=submit]").first.click()
    link = secretary.locator("main a[download]").first
    expect(link).to_be_visible(timeout=60_000)
    with secretary.expect_download() as download:
        link.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    at(secretary, "/regions/14.08/")
    expect(secretary.locator("main")).to_contain_text("indikator berada di tingkat 4 atau 5 pada 2025")
