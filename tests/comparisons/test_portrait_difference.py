"""Weight × difference explains a gap; what rounding leaves over is printed, so that it always adds up."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from livinglab.comparisons.domain.difference import difference
from tests.comparisons.portrait_values import CODES, DOMAINS, values

SUMEDANG = (Decimal("4.51"), values("5.00", "4.30", "3.91", "4.69"))
SIAK = (Decimal("3.54"), values("4.90", "2.60", "1.73", "4.32"))


def test_sumedang_and_siak_are_told_apart_by_governance_and_management() -> None:
    found = difference(DOMAINS, SUMEDANG, SIAK)
    assert [share.points for share in found.shares] == [Decimal(p) for p in ("0.01", "0.43", "0.36", "0.17")]
    assert (found.total, found.remainder) == (Decimal("0.97"), Decimal("0.00"))
    assert [share.code for share in found.drivers] == ["D2", "D3"]
    assert found.counterweights == ()


def test_seen_from_the_lower_one_the_drivers_are_the_same() -> None:
    found = difference(DOMAINS, SIAK, SUMEDANG)
    assert found.total == Decimal("-0.97")
    assert [share.code for share in found.drivers] == ["D2", "D3"]


def test_a_domain_that_works_against_the_difference_is_named() -> None:
    # Kota Denpasar and Kota Balikpapan, both 3.96 in 2024: no drivers of no difference
    denpasar = (Decimal("3.96"), values("4.10", "3.90", "3.27", "4.20"))
    balikpapan = (Decimal("3.96"), values("4.50", "3.90", "2.64", "4.32"))
    assert difference(DOMAINS, denpasar, balikpapan).drivers == ()
    kota_bandung = (Decimal("4.59"), values("5.00", "4.80", "4.18", "4.51"))
    ahead = difference(DOMAINS, SUMEDANG, kota_bandung)
    assert [share.code for share in ahead.drivers] == ["D2"]  # 0.13 of the 0.17 that point this way
    assert [share.code for share in ahead.counterweights] == ["D4"]
    assert ahead.remainder == ahead.total - sum(share.points for share in ahead.shares) == Decimal("0.01")


def test_without_all_domain_values_nothing_is_explained() -> None:
    found = difference(DOMAINS, SUMEDANG, (Decimal("3.84"), {}))
    assert (found.total, found.shares, found.drivers) == (Decimal("0.67"), (), ())


_hundredths = st.integers(100, 500).map(lambda n: Decimal(n).scaleb(-2))
_result = st.tuples(_hundredths, st.fixed_dictionaries(dict.fromkeys(CODES, _hundredths)))


@given(_result, _result)
def test_the_parts_and_the_remainder_always_add_up(
    first: tuple[Decimal, dict[str, Decimal]], second: tuple[Decimal, dict[str, Decimal]]
) -> None:
    found = difference(DOMAINS, first, second)
    assert sum((share.points for share in found.shares), found.remainder) == found.total
    mirrored = difference(DOMAINS, second, first)
    assert [share.points for share in mirrored.shares] == [-share.points for share in found.shares]
