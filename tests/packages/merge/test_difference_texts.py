"""A change whose texts are too long for its sentence shows both, and marks the words that differ."""

from __future__ import annotations

from livinglab.packages.queries.difference_texts import Line, Piece, Side, lines
from livinglab.packages.queries.differences import compare
from tests.packages.merge.cases import base, edited

FORM, LOG = "form.schema.json", "CHANGELOG.md"
OLD = '"x-title": {"id": "Nomor telepon"}'
HINT = "Nomor yang dapat dihubungi petugas pada jam kerja, termasuk nomor yang hanya menerima pesan singkat."
LETTER = "Surat ini berlaku tiga bulan sejak tanggal diterbitkan dan dapat diperpanjang satu kali."


def shown(*edits: dict[str, str], start: dict[str, str] | None = None) -> tuple[Line, ...]:
    files = base() if start is None else start
    return lines(compare(files, edited(files, edits)).differences, "en")


def read(side: Side) -> str:
    return " ".join(piece.text for piece in side)


def hinted(words: str) -> dict[str, str]:
    return {"in": FORM, "find": OLD, "put": f'{OLD}, "x-hint": {{"id": "{words}"}}'}


def test_a_long_text_that_changed_is_shown_before_and_after_with_its_words_marked() -> None:
    before = edited(base(), [hinted(HINT)])
    edit = {"in": FORM, "find": "pada jam kerja", "put": "setiap hari kerja"}
    (line,) = shown(edit, start=before)
    assert line.text == "Form field “Nomor telepon”: hint (Indonesian) changed"
    assert read(line.before) == HINT
    assert [piece.text for piece in line.before if piece.differs] == ["pada jam"]
    assert [piece.text for piece in line.after if piece.differs] == ["setiap hari"]


def test_a_long_text_that_came_is_shown_whole() -> None:
    (line,) = shown(hinted(HINT))
    assert (line.before, line.after) == ((), (Piece(HINT, differs=False),))


def test_what_the_sentence_says_is_not_said_twice() -> None:
    edit = {"in": "rules/fees.json", "find": '"fee": "25000"', "put": '"fee": "20000"'}
    (line,) = shown(edit)
    assert line.text == "Row “small”: outcome fee changed from “25000” to “20000”"
    assert (line.before, line.after) == ((), ())


def test_a_text_without_end_is_cut_and_its_words_are_not_compared() -> None:
    before = edited(base(), [hinted("kata " * 400 + "awal")])
    edit = {"in": FORM, "find": "awal", "put": "akhir"}
    (line,) = shown(edit, start=before)
    assert len(read(line.before)) == 1201
    assert not any(piece.differs for piece in (*line.before, *line.after))


def test_markup_of_a_document_is_not_shown() -> None:
    letter = next(path for path in base() if path.startswith("documents/"))
    text = base()[letter]
    before = {**base(), letter: f"{text}<p>{LETTER.replace('berlaku', '<strong>berlaku</strong>')}</p>\n"}
    edit = {"in": letter, "find": "tiga bulan", "put": "enam bulan"}
    assert [(read(one.before), read(one.after)) for one in shown(edit, start=before)] == [
        (LETTER, LETTER.replace("tiga", "enam"))
    ]
