"""What the signatures of a file prove, and the command that says it."""

import io
import json
import random
import socket
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.serialization import Encoding

from livinglab.signatures.adapters.examining import NotReadable, examine
from livinglab.signatures.commands import verify
from livinglab.signatures.domain.verdicts import Examination, Integrity, Level, Verdict

from .kit import (
    OFFICIAL,
    SIGNED_AT,
    authority,
    official,
    other_authority,
    signed,
    signed_plainly,
    small_pdf,
    with_answer,
)


def _examined(pdf: bytes, *, after: timedelta = timedelta(days=1)) -> Examination:
    return examine(pdf, trusted=[authority().root.certificate], at=SIGNED_AT + after)


@pytest.mark.parametrize("days", [1, 600, 5000])
def test_an_archived_signature_stays_valid_when_its_certificate_and_its_answers_are_long_past(
    days: int,
) -> None:
    found = _examined(signed(), after=timedelta(days=days))

    assert found.verdict is Verdict.VALID
    (one,) = found.signatures
    assert (one.signer, one.position, one.organization) == (
        OFFICIAL.name,
        OFFICIAL.position,
        OFFICIAL.organization,
    )
    assert (one.time, one.is_time_proven) == (SIGNED_AT, True)
    assert (one.integrity, one.level, one.reason) == (Integrity.INTACT, Level.B_LTA, "")


def test_any_byte_that_changes_is_seen() -> None:
    pdf = signed()
    places = random.Random(20260101).sample(range(len(pdf)), 30)
    for place in places:
        changed = bytearray(pdf)
        changed[place] ^= 1
        found = _examined(bytes(changed)) if b"%PDF-" in changed[:1024] else None
        assert found is None or found.verdict is Verdict.CHANGED, place
        assert found is None or found.signatures[0].integrity is Integrity.CHANGED, place


def test_what_is_added_after_the_signature_counts_as_a_change_unless_it_is_a_proof() -> None:
    holder = official()
    plain = signed_plainly(holder, is_stamped=True)
    writer = pypdf.PdfWriter(io.BytesIO(plain), incremental=True)
    writer.add_blank_page(100, 100)
    longer = io.BytesIO()
    writer.write(longer)

    assert _examined(with_answer(plain, holder, revoked_at=None)).verdict is Verdict.VALID
    assert longer.getvalue().startswith(plain)
    assert _examined(longer.getvalue()).verdict is Verdict.CHANGED
    assert _examined(plain + b"\n1 0 obj\n<</Type /Catalog>>\nendobj\n").verdict is Verdict.CHANGED


@pytest.mark.parametrize(("is_stamped", "level"), [(False, Level.B_B), (True, Level.B_T)], ids=["B-B", "B-T"])
def test_a_plain_signature_says_its_level(is_stamped: bool, level: Level) -> None:
    found = _examined(signed_plainly(official(), is_stamped=is_stamped))

    assert found.verdict is Verdict.VALID
    assert found.signatures[0].level is level
    assert found.signatures[0].is_time_proven is is_stamped


def test_a_certificate_that_was_revoked_before_signing_makes_the_signature_worthless() -> None:
    holder = official()
    pdf = signed_plainly(holder, is_stamped=True)

    good = _examined(with_answer(pdf, holder, revoked_at=None))
    revoked = _examined(with_answer(pdf, holder, revoked_at=SIGNED_AT - timedelta(days=1)))

    assert (good.verdict, good.signatures[0].level) == (Verdict.VALID, Level.B_LT)
    assert (revoked.verdict, revoked.signatures[0].integrity) == (Verdict.REVOKED, Integrity.INTACT)


def test_a_certificate_that_had_expired_at_signing_makes_the_signature_worthless() -> None:
    late = official(since=timedelta(days=-20), until=timedelta(days=-10))

    found = _examined(signed_plainly(late, is_stamped=True))

    assert (found.verdict, found.signatures[0].integrity) == (Verdict.EXPIRED, Integrity.INTACT)


def test_another_root_makes_the_signer_unknown_but_not_the_document_changed() -> None:
    found = examine(signed(), trusted=[other_authority().root.certificate], at=SIGNED_AT + timedelta(days=1))

    assert (found.verdict, found.signatures[0].integrity) == (Verdict.UNTRUSTED, Integrity.INTACT)
    assert examine(signed(), trusted=[], at=SIGNED_AT).verdict is Verdict.UNTRUSTED


def test_a_page_without_signature_says_so() -> None:
    assert _examined(small_pdf()) == Examination(_examined(small_pdf()).sha256, ())
    assert _examined(small_pdf()).verdict is Verdict.UNSIGNED


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>%PDF", b"%PDF-1.7 and nothing else"])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(NotReadable):
        _examined(content)


def test_nothing_named_in_a_file_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _self, address: asked.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address, **_: asked.append(address))

    assert b"ocsp.livinglab.invalid" in bytes(official().certificate.public_bytes(Encoding.DER))
    _examined(signed_plainly(official(), is_stamped=True))  # answers are missing: who fetches would fetch now
    _examined(signed(), after=timedelta(days=600))
    examine(signed(), trusted=[], at=SIGNED_AT)

    assert asked == []


def test_the_command_says_it_as_json(tmp_path: Path) -> None:
    file, root, wrong = tmp_path / "signed.pdf", tmp_path / "root.pem", tmp_path / "wrong.pem"
    file.write_bytes(signed())
    root.write_bytes(authority().root_pem())
    wrong.write_bytes(other_authority().root_pem())

    trusted = CliRunner().invoke(verify, [str(file), "--trust", str(root), "--json"])
    distrusted = CliRunner().invoke(verify, [str(file), "--trust", str(wrong), "--json"])

    assert trusted.exit_code == 0, trusted.output
    said = json.loads(trusted.stdout)
    assert {key: said[key] for key in ("signer", "time", "integrity", "level", "verdict")} == {
        "signer": OFFICIAL.name,
        "time": SIGNED_AT.isoformat(),
        "integrity": "intact",
        "level": "B-LTA",
        "verdict": "valid",
    }
    assert distrusted.exit_code == 1
    assert json.loads(distrusted.stdout)["verdict"] == "untrusted"


def test_the_command_says_it_in_words(tmp_path: Path) -> None:
    file, root = tmp_path / "signed.pdf", tmp_path / "root.pem"
    changed = bytearray(signed())
    changed[900] ^= 1
    file.write_bytes(bytes(changed))
    root.write_bytes(authority().root_pem())

    said = CliRunner().invoke(verify, [str(file), "--trust", str(root)])

    assert said.exit_code == 1
    assert said.stdout.startswith("The document was changed after it was signed. Do not rely on it.\n")


def test_the_command_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    file, root = tmp_path / "file.pdf", tmp_path / "root.pem"
    file.write_bytes(b"no PDF")
    root.write_bytes(b"no certificate")

    assert CliRunner().invoke(verify, [str(file), "--trust", str(root)]).exit_code == 2
    assert "holds no certificate" in CliRunner().invoke(verify, [str(file), "--trust", str(root)]).output
    root.write_bytes(authority().root_pem())
    assert "is no PDF" in CliRunner().invoke(verify, [str(file), "--trust", str(root)]).output
