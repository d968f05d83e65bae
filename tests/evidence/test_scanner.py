"""The scanner's words are understood, and its silence is not taken for a clean file."""

from pathlib import Path

import pytest

from livinglab.evidence.adapters.scanner import ClamAv, ScannerSilent, Verdict
from tests.evidence.clamd import clamd
from tests.evidence.files import EICAR


@pytest.mark.parametrize("by_file", [False, True])
def test_a_whole_file_is_sent_and_judged(tmp_path: Path, by_file: bool) -> None:
    clean, infected = tmp_path / "clean", tmp_path / "infected"
    clean.write_bytes(b"x" * 200_000)
    infected.write_bytes(b"y" * 100_000 + EICAR)
    with clamd(tmp_path / "clamd.ctl" if by_file else None) as (server, address):
        assert ClamAv(address).scan(clean) is Verdict.CLEAN
        assert ClamAv(address).scan(infected) is Verdict.INFECTED
    assert server.streams == [clean.read_bytes(), infected.read_bytes()]


@pytest.mark.parametrize(
    "said", [b"", b"INSTREAM size limit exceeded. ERROR", b"stream: ERROR", b"OK", b"stream: OK, perhaps"]
)
def test_anything_but_a_clear_word_is_silence(tmp_path: Path, said: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    with clamd() as (server, address):
        server.says = said
        with pytest.raises(ScannerSilent, match="answered"):
            ClamAv(address).scan(path)


def test_a_scanner_that_is_not_there_is_silent(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"x")
    with clamd() as (_server, address):
        pass
    for gone in (address, f"unix://{tmp_path}/none.ctl"):
        with pytest.raises(ScannerSilent):
            ClamAv(gone).scan(path)
