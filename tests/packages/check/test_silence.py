"""Silence decides only where a law says so, after no money, and tells the applicant."""

import pytest

from tests.casework.silences import ATTRIBUTES, ENGLISH, LAW, MESSAGE
from tests.packages.check.kit import FILES, edited, faults

BPMN, MANIFEST = "process.bpmn", "package.yaml"
WAITS = 'll:waits-for="answer"'


def silent(attributes: str = ATTRIBUTES, law: str = LAW) -> dict[str, bytes]:
    files = edited(MANIFEST, "standard:\n", f"{law}standard:\n")
    files = edited(BPMN, 'isExecutable="true"', f'isExecutable="true" {attributes}', files)
    files = edited("scenarios/late.yaml", "for: P5D", "for: P2D", files)  # later silence has decided
    return {
        **files,
        "messages/silent.id.md": MESSAGE.encode(),
        "messages/silent.en.md": ENGLISH.encode(),
    }


def codes(files: dict[str, bytes]) -> list[str]:
    return sorted({one.code for one in faults(files)})


def test_silence_with_law_message_and_document_is_sound() -> None:
    assert codes(silent()) == []


@pytest.mark.parametrize(
    ("attributes", "law", "found"),
    [
        (ATTRIBUTES.replace("uu-30-2014", "uu-1"), LAW, ["P347"]),
        (ATTRIBUTES.replace('ll:silence-law="uu-30-2014" ', ""), LAW, ["P347"]),
        (ATTRIBUTES, LAW.replace("scope: national", "scope: local"), ["P347"]),
        (ATTRIBUTES, LAW.replace('"53"', '""'), ["P347"]),
        (ATTRIBUTES.replace("granted", "refused", 1), LAW, ["P350"]),
        (ATTRIBUTES.replace(' ll:silence-message="silent"', ""), LAW, ["P351", "P615"]),
        (ATTRIBUTES.replace('document="letter"', 'document="map"'), LAW, ["P616"]),
        (ATTRIBUTES.replace('message="silent"', 'message="loud"'), LAW, ["P615", "P616"]),
        (ATTRIBUTES.replace('ll:silence="granted" ', ""), LAW, ["P303"]),
        (ATTRIBUTES.replace('"granted"', '"lapsed"'), LAW, ["P304"]),
    ],
)
def test_what_is_wrong_with_it_is_said(attributes: str, law: str, found: list[str]) -> None:
    assert codes(silent(attributes, law)) == found


def test_who_has_not_paid_is_never_granted_by_time() -> None:
    files = edited(BPMN, WAITS, 'll:waits-for="payment"', silent())
    assert "P348" in codes(files)
    assert "P348" not in codes({**FILES, BPMN: files[BPMN].replace(ATTRIBUTES.encode(), b"")})
