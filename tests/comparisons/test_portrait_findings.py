"""Every heading of a portrait is true with its figures and another with others, in both languages."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation

from livinglab.comparisons.domain.difference import difference
from livinglab.comparisons.domain.history import Reading, newest_run
from livinglab.comparisons.domain.next_band import Printed, next_band
from livinglab.comparisons.domain.portrait import assess, compare_domains
from livinglab.comparisons.domain.standings import Position
from livinglab.comparisons.web import portrait_findings as findings
from livinglab.comparisons.web.portrait_findings import Words
from tests.comparisons.portrait_values import CITY, DOMAINS, REGENCY, UNROUNDED, exact, values

INDONESIAN = Words(
    region="Sumedang",
    everybody="kabupaten dan kota",
    kind="kabupaten",
    bands=("Kurang", "Cukup", "Baik", "Sangat Baik", "Memuaskan"),
    domains={"D1": "kebijakan", "D2": "tata kelola", "D3": "manajemen", "D4": "layanan"},
)
ENGLISH = Words(
    region="Sumedang",
    everybody="regencies and cities",
    kind="regencies",
    bands=("Poor", "Fair", "Good", "Very good", "Excellent"),
    domains={"D1": "policy", "D2": "governance", "D3": "management", "D4": "services"},
)
SUMEDANG = values("5.00", "4.30", "3.91", "4.69")
SIAK = values("4.90", "2.60", "1.73", "4.32")
LUWU = values("1.20", "2.10", "1.27", "3.75")
PUNCAK_JAYA = values("1.00", "1.00", "1.00", "3.04")


@pytest.fixture(autouse=True, params=["id", "en"])
def words(request: pytest.FixtureRequest) -> Iterator[Words]:
    """This fixture will run each test once in either language."""
    with translation.override(request.param):
        yield INDONESIAN if request.param == "id" else ENGLISH


def _is(said: str, words: Words, indonesian: str, english: str) -> None:
    assert said == (indonesian if words is INDONESIAN else english)


def test_the_opening_says_place_movement_and_room(words: Words) -> None:
    judged = assess(DOMAINS, SUMEDANG, REGENCY)
    said = findings.standfirst(Position(6, 485, 479), Decimal("0.37"), 4, 3, judged, words)
    _is(
        said,
        words,
        "Peringkat ke-6 dari 485 kabupaten dan kota. Naik 0,37 dalam setahun dan kini Memuaskan. "
        "Ruang naik terbesar ada di manajemen dan tata kelola.",
        "6th of 485 regencies and cities. Up 0.37 in a year, and now Excellent. "
        "Most of what can still be gained lies in management and governance.",
    )


def test_the_opening_of_a_region_that_shares_its_place_and_fell(words: Words) -> None:
    judged = assess(DOMAINS, SIAK, REGENCY)
    said = findings.standfirst(Position(136, 485, 348), Decimal("-0.79"), 1, 2, judged, words)
    _is(
        said,
        words,
        "Peringkat ke-136 bersama dari 485 kabupaten dan kota. Turun 0,79 dalam setahun menjadi Cukup. "
        "Ruang naik terbesar ada di tata kelola dan manajemen.",
        "Joint 136th of 485 regencies and cities. Down 0.79 in a year, to Fair. "
        "Most of what can still be gained lies in governance and management.",
    )


def test_the_opening_of_an_unchanged_region_that_is_full_everywhere(words: Words) -> None:
    judged = assess(DOMAINS, values("5.00", "5.00", "5.00", "5.00"), REGENCY)
    said = findings.standfirst(None, Decimal("0.00"), 4, 4, judged, words)
    _is(
        said,
        words,
        "Tetap dalam setahun, Memuaskan. Hanya sedikit yang masih dapat ditambah di domain mana pun.",
        "Unchanged in a year, Excellent. Little is left to gain in any domain.",
    )


def _history(words: Words, **years: str) -> str:
    readings = [
        Reading(int(y[1:]), Decimal(v), "old" if int(y[1:]) < 2021 else "new", is_official=True)
        for y, v in years.items()
    ]
    return findings.history(newest_run(readings, first_year=2021), "SPBE 2020")


def test_the_history_of_four_data_sets(words: Words) -> None:
    _is(
        _history(words, y2020="3.81", y2021="3.52", y2022="3.84", y2023="4.14", y2024="4.51"),
        words,
        "Naik setiap tahun sejak instrumen SPBE 2020 dipakai pada 2021",
        "Up every year since SPBE 2020 came into use in 2021",
    )
    _is(
        _history(words, y2022="3.84", y2023="4.14", y2024="4.51"),
        words,
        "Naik setiap tahun sejak 2022, seluruhnya 0,67",
        "Up every year since 2022, by 0.67 in all",
    )
    _is(
        _history(words, y2023="3.79", y2024="3.00"),
        words,
        "Turun 0,79 dari 2023 ke 2024",
        "Down 0.79 from 2023 to 2024",
    )
    _is(
        _history(words, y2020="3.81", y2021="3.52"),
        words,
        "3,52 pada 2021, tanpa tahun sebelumnya yang sebanding",
        "3.52 in 2021, with no comparable year before it",
    )
    _is(
        _history(words),
        words,
        "Belum ada hasil yang diumumkan untuk tahun mana pun",
        "No result has been published in any year",
    )


def test_the_domains_of_three_data_sets(words: Words) -> None:
    _is(
        findings.domains(compare_domains(SUMEDANG, REGENCY), words),
        words,
        "Di atas rata-rata kabupaten pada seluruh empat domain, terjauh di manajemen",
        "Above the mean of regencies in all four domains, most of all in management",
    )
    _is(
        findings.domains(compare_domains(LUWU, REGENCY), words),
        words,
        "Di atas rata-rata kabupaten pada satu dari empat domain; tertinggal terjauh di kebijakan",
        "Above the mean of regencies in one of four domains; furthest behind in policy",
    )
    _is(
        findings.domains(compare_domains(PUNCAK_JAYA, REGENCY), words),
        words,
        "Di bawah rata-rata kabupaten pada seluruh empat domain, terjauh di kebijakan",
        "Below the mean of regencies in all four domains, most of all in policy",
    )


def test_the_rank_moves_up_down_or_not_at_all(words: Words) -> None:
    place = Position(6, 485, 479)
    _is(
        findings.rank(place, 11, words),
        words,
        "Peringkat ke-6 dari 485 kabupaten dan kota, naik 11 tingkat",
        "6th of 485 regencies and cities, up 11 places",
    )
    _is(
        findings.rank(place, -1, words),
        words,
        "Peringkat ke-6 dari 485 kabupaten dan kota, turun 1 tingkat",
        "6th of 485 regencies and cities, down 1 place",
    )
    _is(
        findings.rank(place, 0, words),
        words,
        "Peringkat ke-6 dari 485 kabupaten dan kota, sama seperti setahun sebelumnya",
        "6th of 485 regencies and cities, as a year before",
    )
    _is(
        findings.rank(None, None, words),
        words,
        "Tanpa peringkat: belum ada hasil yang diumumkan untuk tahun ini",
        "Not ranked: no result has been published for this year",
    )


def test_strengths_of_four_data_sets(words: Words) -> None:
    def said(domains: dict[str, Decimal], means: dict[str, Fraction] = REGENCY) -> str:
        return findings.strengths(assess(DOMAINS, domains, means), words)

    _is(
        said(SUMEDANG),
        words,
        "Kebijakan sudah penuh; manajemen dan tata kelola masih bisa menaikkan indeks",
        "Full marks in policy; management and governance can still lift the index",
    )
    _is(
        said(SIAK),
        words,
        "Kuat di kebijakan dan layanan, lemah di manajemen",
        "Strong in policy and services, weak in management",
    )
    _is(
        said(LUWU),
        words,
        "Lemah di kebijakan dan manajemen; tata kelola dan manajemen paling banyak dapat menaikkan indeks",
        "Weak in policy and management; governance and management can lift the index most",
    )
    _is(
        said(values("4.10", "3.90", "3.27", "4.20"), CITY),
        words,
        "Kuat di layanan dan tata kelola; layanan dan manajemen masih bisa menaikkan indeks",
        "Strong in services and governance; services and management can still lift the index",
    )


def _next(index: str, band: int, domains: dict[str, Decimal], words: Words) -> str:
    found = next_band(Printed(Decimal(index), band, domains), DOMAINS, UNROUNDED, exact())
    return findings.next_band(found, words)


def test_the_next_predicate_of_five_data_sets(words: Words) -> None:
    _is(
        _next("4.51", 4, SUMEDANG, words),
        words,
        "Memuaskan adalah predikat tertinggi; dari sisa 0,49, terbanyak ada di manajemen",
        "Excellent is the highest predicate; of the 0.49 left, most lies in management",
    )
    _is(
        _next("3.54", 3, SIAK, words),
        words,
        "0,66 poin lagi menuju Memuaskan: tidak cukup satu domain, tetapi tata kelola dan manajemen "
        "bersama-sama cukup",
        "0.66 points to Excellent: no domain can bring it alone, governance and management together can",
    )
    _is(
        _next("3.96", 3, values("4.10", "3.90", "3.27", "4.20"), words),
        words,
        "0,24 poin lagi menuju Memuaskan: cukup 9 tingkat indikator di layanan saja",
        "0.24 points to Excellent: 9 indicator levels in services alone would do",
    )
    _is(
        _next("2.60", 1, LUWU, words),
        words,
        "Kurang dari seperseratus poin lagi menuju Baik: cukup 1 tingkat indikator di kebijakan saja",
        "Less than a hundredth of a point to Good: 1 indicator level in policy alone would do",
    )
    _is(
        _next("3.84", 3, {}, words),
        words,
        "0,36 poin lagi menuju Memuaskan; domain mana yang dapat membawanya tidak diketahui",
        "0.36 points to Excellent; which domain could bring it is not known",
    )


def test_peers_ahead_behind_and_without_a_result(words: Words) -> None:
    others = {"Tuban": Decimal("4.24"), "Pati": Decimal("3.75"), "Blitar": Decimal("3.77")}
    _is(
        findings.peers(Decimal("4.51"), others, words),
        words,
        "Tidak satu pun dari tiga daerah serupa lebih tinggi",
        "None of three similar regions is ahead",
    )
    _is(
        findings.peers(Decimal("3.76"), others, words),
        words,
        "Dua dari tiga daerah serupa lebih tinggi; tertinggi Tuban dengan 4,24",
        "Two of three similar regions are ahead; Tuban leads with 4.24",
    )
    _is(
        findings.peers(Decimal("1.00"), others, words),
        words,
        "Semua tiga daerah serupa lebih tinggi; tertinggi Tuban dengan 4,24",
        "All three similar regions are ahead; Tuban leads with 4.24",
    )
    _is(
        findings.peers(None, others, words),
        words,
        "Dari tiga daerah serupa yang memiliki hasil, Tuban tertinggi dengan 4,24",
        "Of three similar regions with a result, Tuban leads with 4.24",
    )


def test_the_difference_seen_from_either_side_and_a_draw(words: Words) -> None:
    high, low = (Decimal("4.51"), SUMEDANG), (Decimal("3.54"), SIAK)
    _is(
        findings.difference(difference(DOMAINS, high, low), "Sumedang", "Siak", words),
        words,
        "Sumedang 0,97 di atas Siak, sebagian besar karena tata kelola dan manajemen",
        "Sumedang is 0.97 ahead of Siak, most of it in governance and management",
    )
    _is(
        findings.difference(difference(DOMAINS, low, high), "Siak", "Sumedang", words),
        words,
        "Siak 0,97 di bawah Sumedang, sebagian besar karena tata kelola dan manajemen",
        "Siak is 0.97 behind Sumedang, most of it in governance and management",
    )
    _is(
        findings.difference(difference(DOMAINS, high, high), "Sumedang", "Sumedang", words),
        words,
        "Sumedang dan Sumedang sama tinggi",
        "Sumedang and Sumedang are level",
    )


def test_sources_official_press_and_none(words: Words) -> None:
    _is(
        findings.sources([2023, 2024], [2022]),
        words,
        "Angka resmi untuk 2023 dan 2024; 2022 hanya diketahui dari pers",
        "Official figures for 2023 and 2024; 2022 known from the press only",
    )
    _is(findings.sources([], []), words, "Belum ada angka yang diumumkan", "No figure has been published")
