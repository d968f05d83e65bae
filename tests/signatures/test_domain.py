"""Codes and verdicts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livinglab.signatures.domain.codes import code_of, printed, read
from livinglab.signatures.domain.verdicts import Examination, Verdict


@given(st.binary(min_size=12, max_size=40))
def test_a_code_is_read_as_it_is_printed_and_as_people_misread_it(random: bytes) -> None:
    code = code_of(random)
    assert read(printed(code)) == code
    assert read(f" {printed(code).lower()} ") == code
    assert read(code.replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize(
    "typed", ["", "7K2M", "7K2M-9QXD-4HT", "7K2M-9QXD-4HTWX", "7K2M-9QXD-4HTU", "7K2M/9QXD/4HTW"]
)
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read(typed) is None


def test_a_code_needs_enough_chance() -> None:
    with pytest.raises(ValueError, match="12 random bytes"):
        code_of(bytes(11))


def test_a_file_without_signatures_is_unsigned() -> None:
    found = Examination("0" * 64, ())
    assert (found.verdict, found.shown) == (Verdict.UNSIGNED, None)
